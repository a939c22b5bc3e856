import {
  areSameFields,
  compileLens,
  isSameValue,
  ruleFor,
  shapes,
  validateMapping,
  type AttributeId,
  type CustomerKind,
  type Fields,
  type Lens,
  type MappingDocument,
  type Model,
  type Rule,
  type RuleDocument,
  type Value,
} from '@cinch/canonical-model';
import { remembering } from './remembering.ts';

/** The two systems, by their place in the pair. */
export type Side = 0 | 1;
export const sides = [0, 1] as const satisfies readonly Side[];

export function other(side: Side): Side {
  return side === 0 ? 1 : 0;
}

/** *identical*: both systems have the first one's model; *misaligned*: each has its own. */
export type Models = 'identical' | 'misaligned';

/** Two systems that are to hold the same customers, with the rules that say who masters what. */
export interface Pair {
  codes: readonly [string, string];
  lenses: readonly [Lens, Lens];
  documents: readonly [MappingDocument, MappingDocument];
  rules: RuleDocument;
  model: Model;
  /** The attributes that are played, of each system. */
  attributes: readonly [readonly AttributeId[], readonly AttributeId[]];
  /** Attributes that either system has and that the lab does not play, each with the reason. */
  leftOut: readonly { attribute: AttributeId; why: string }[];
}

export interface PairInput {
  /** Mapping documents as published, the first one that of the system which stands first. */
  documents: readonly [unknown, unknown];
  models: Models;
  rules: RuleDocument;
  model: Model;
}

/** Throws where a document is not valid under the model: what a hub has published always is. */
export function pairOf({ documents, models, rules, model }: PairInput): Pair {
  const [first, second] = documents.map((document) => validated(document, model)) as [MappingDocument, MappingDocument];
  const codes = [first.system, second.system] as const;
  // The second system keeps its name, since the rules say by name who masters what.
  const played =
    models === 'identical' ? ([first, { ...first, system: second.system }] as const) : ([first, second] as const);
  const lenses = played.map((document) => remembering(compileLens(document, 1, model))) as [Lens, Lens];
  const pair = { codes, lenses, documents: played, rules, model };
  const all = [...new Set(lenses.flatMap((lens) => lens.attributes))];
  const leftOut = all.flatMap((attribute) => {
    const why = whyLeftOut(attribute, pair);
    return why ? [{ attribute, why }] : [];
  });
  for (const list of new Set(lenses.flatMap((lens) => lens.lists)))
    leftOut.push({ attribute: list, why: 'it is a list' });
  const out = new Set(leftOut.map((one) => one.attribute));
  const attributesOf = (lens: Lens) => lens.attributes.filter((attribute) => !out.has(attribute));
  return { ...pair, attributes: [attributesOf(lenses[0]), attributesOf(lenses[1])], leftOut };
}

function validated(document: unknown, model: Model): MappingDocument {
  const validation = validateMapping(document, model);
  if (validation.ok) return validation.mapping;
  throw new Error(`This mapping is not valid: ${validation.problems.map((one) => one.detail).join(' ')}`);
}

/** Who masters an attribute: one system, or all who can say it. */
export function ownerOf(pair: Pick<Pair, 'rules' | 'model'>, attribute: AttributeId): string | null {
  const rule = ruleFor(pair.rules, attribute, pair.model);
  if (rule.strategy === 'owner') return rule.system;
  return 'owner' in rule ? (rule.owner ?? null) : null;
}

/** The rules by which the lab's oracle, which shares no code with the product's, knows what should survive. */
const judged: ReadonlySet<Rule['strategy']> = new Set([
  'owner',
  'most-recent',
  'consent',
  'transition',
  'sum',
  'maximum',
  'minimum',
]);

function whyLeftOut(attribute: AttributeId, pair: Pick<Pair, 'rules' | 'model' | 'codes'>): string | null {
  const rule = ruleFor(pair.rules, attribute, pair.model);
  const owner = ownerOf(pair, attribute);
  if (!judged.has(rule.strategy)) return `the oracle does not judge the rule “${rule.strategy}”`;
  if (owner !== null && !pair.codes.includes(owner)) return `${owner} masters it, and is not played`;
  const isAggregate = rule.strategy === 'sum' || rule.strategy === 'maximum' || rule.strategy === 'minimum';
  if (isAggregate && owner === null) return 'each system’s records keep their own';
  return null;
}

/** The shape of an attribute's values, by its name in the canonical model. */
export function shapeOf(model: Model, attribute: AttributeId): keyof typeof shapes {
  const declared = model.document.attributes.find(({ id }) => id === attribute);
  if (!declared) throw new Error(`The canonical model declares no attribute ${attribute}.`);
  return declared.shape;
}

/** The value as the system writes it; null where it has no words for it. */
export function writtenBy(lens: Lens, attribute: AttributeId, kind: CustomerKind, value: Value | null): Fields | null {
  const written = lens.write(attribute, kind, value);
  return written.kind === 'written' ? written.fields : null;
}

/** Whether the two are the same, to the spelling. Most are the very object that the lens gave for one value. */
export function areSame(one: Fields | undefined, two: Fields | undefined): boolean {
  return one === two || (one !== undefined && two !== undefined && areSameFields(one, two));
}

/** Whether the two say the same: as they stand, or as the mapping reads them. */
export function saysTheSame(lens: Lens, attribute: AttributeId, kind: CustomerKind, one: Fields, two: Fields): boolean {
  if (areSame(one, two)) return true;
  const [a, b] = [lens.meaning(attribute, kind, one), lens.meaning(attribute, kind, two)];
  if (a === undefined || b === undefined || a === null || b === null) return false;
  return isSameValue(lens.model.attributeOf(attribute).shape, a, b);
}
