export * from './json.ts';
export { document as documentLimits, longest, most, mostVersion, versionJump } from './limits.ts';
export * from './customer/attributes.ts';
export { Model, modelAsShipped, type Attribute, type ItemList } from './customer/model/model.ts';
export { shippedCodeSet, shippedCodeSetIds } from './customer/code-sets/shipped-code-sets.ts';
export { offeredRoles, offeredShapes } from './customer/model/offered-shapes.ts';
export * from './customer/by-attribute.ts';
export { isSameValue } from './customer/same-value.ts';
export { itemIdOf, itemKeyOf } from './customer/item-id.ts';
export * from './mapping/lens.ts';
export * from './mapping/parse-path.ts';
export * from './mapping/path.ts';
export * from './facts/entry.ts';
export * from './facts/record-state.ts';
export * from './facts/packed-state.ts';
export * from './survivorship/golden.ts';
export * from './facts/timeline.ts';
export { foldTimeline } from './facts/fold.ts';
export { Folding } from './facts/folding.ts';
export type { Folded } from './facts/folded.ts';
export { redated, redatingOf, type MappingReading, type Redating } from './facts/redating.ts';
export {
  suspicionCodes,
  suspicionOf,
  versionToldBefore,
  type Pushed,
  type Suspicion,
  type SuspicionCode,
} from './facts/suspicion.ts';
export * from './loads/load.ts';
export * from './survivorship/survive.ts';
export { Survival } from './survivorship/survival.ts';
export {
  ruleDocument,
  ruleFor,
  shippedRules,
  shippedRulesFor,
  type Rule,
  type RuleDocument,
} from './survivorship/rules.ts';
export { fittingStrategies, subjectsOf } from './survivorship/fit.ts';
export * from './survivorship/validate-rules.ts';
export { keptByDelivery } from './survivorship/kept-by-delivery.ts';
export * from './refresh/view.ts';
export * from './refresh/listing.ts';
export * from './refresh/comparison.ts';
export * from './refresh/projection.ts';
export { projectionOf, type Projection } from './mapping/projection-of.ts';
export type { RecordPair, SaidOfPairs } from './matching/pairs.ts';
export * from './matching/cluster.ts';
export * from './matching/shared-values.ts';
export * from './matching/evidence.ts';
export { tellsOtherwise } from './matching/tellers.ts';
export * from './matching/explain.ts';
export * from './matching/grade.ts';
export { fieldsOf, labelOfLevel, levelsOf } from './matching/ladders.ts';
export * from './matching/link-all.ts';
export { Linkage } from './matching/linkage.ts';
export * from './matching/match-keys.ts';
export type { CountedField, MatchModel } from './matching/model.ts';
export { countedFields } from './matching/model.ts';
export { validateMatchModel } from './matching/validate-model.ts';
export * from './matching/population-count.ts';
export { perBit } from './matching/rarity.ts';
export * from './matching/score.ts';
export { traitsOf } from './matching/traits.ts';
export * from './matching/shift.ts';
export * from './matching/shipped-model.ts';
export * from './matching/training/train-all.ts';
export * from './matching/training/training.ts';
export type { TrainedKind } from './matching/training/train.ts';
export type { Features } from './matching/features.ts';
export * from './matching/name-clusters.ts';
export { changeOfPerson, tellingWho, type Words } from './matching/change-of-person.ts';
export { wordsNow } from './facts/spoken.ts';
export * from './decisions/decision.ts';
export * from './decisions/contradictions.ts';
export * from './decisions/merge-and-split.ts';
export * from './decisions/tombstone.ts';
export { scopeDocument, type Predicate, type ScopeDocument, type ScopedCustomer } from './refresh/scope.ts';
export * from './refresh/standing.ts';
export * from './refresh/brake.ts';
export {
  ReachCount,
  reachSide,
  standingsOf,
  type AttributeReach,
  type Reach,
  type Reached,
  type ReachSide,
} from './refresh/reach.ts';
export {
  inboundUsualMs,
  inboundWindowMs,
  alwaysPassing,
  inwardAllowance,
  isOfSubjects,
  isRespelled,
  subjectsChanged,
  usualOf,
  type NewsSubject,
} from './refresh/inward-brake.ts';
export { alwaysPass, defaultLimits, limitsOf, type Limits, type OwnLimits } from './refresh/limits.ts';
export { added, measuresIn, tallyOf, type Measure, type Tally } from './refresh/tally.ts';
export * from './refresh/validate-scope.ts';
export { nextDue, type Schedule } from './schedule/schedule.ts';
export * from './customer/fold-text.ts';
export { mappingDocument, type MappingDocument } from './mapping/document.ts';
export * from './mapping/validate-mapping.ts';
export type { MappingProblem } from './mapping/problems.ts';
export { compileLens } from './mapping/compile-lens.ts';
export { compileTable, type Table, type TableColumns } from './mapping/table.ts';
export * from './mapping/check-mapping.ts';
export { Standards } from './mapping/standards.ts';
export { codePlaceOf, type CodePlace } from './mapping/tie-codes.ts';
export { suggestMapping, type Suggestion } from './mapping/suggest-mapping.ts';
export * from './customer/specificity.ts';
export { shapes } from './customer/shapes/shapes.ts';
export type { Shape } from './customer/shapes/shape.ts';
export {
  canonicalModelDocument,
  sensitivities,
  type CanonicalModel,
  type Sensitivity,
} from './customer/model/canonical-model.ts';
export { validateCanonicalModel } from './customer/model/validate-canonical-model.ts';
