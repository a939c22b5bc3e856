import type { CustomerKind } from '../../customer/attributes.ts';
import type { Features } from '../features.ts';
import { levelsOf } from '../ladders.ts';
import type { MatchModel } from '../model.ts';
import { perBit } from '../rarity.ts';
import { comparedFields, type Scorer } from '../score.ts';
import type { ComparedPairs } from './compared-pairs.ts';
import { drawsOf } from './draws.ts';
import { isWorse } from './harm.ts';
import { matchesBySurePairs } from './matches.ts';
import { learn, tablesOf, type Belief, type Labels, type Session } from './session.ts';
import { levelsIn, sharesOf, weightsOf, type FieldShares } from './shares.ts';
import { strangersAmong } from './strangers.ts';

/** What a training looks at, of one kind. */
export interface TrainingSample {
  kind: CustomerKind;
  /** Of whom pairs of strangers are drawn, in one order whatever arrived when. */
  records: readonly Features[];
  /** Pairs that are compared, in one order. */
  pairs: ComparedPairs;
  labels: Labels;
  /** How many further records of its customer a record has, for each pair of one customer in `pairs`. */
  matchesPerPair: number;
}

/** Why a kind keeps the weights that it had. */
type ReasonToKeep = 'fewRecords' | 'fewMatches' | 'worse';

interface TrainingWarning {
  /**
   * `sessionsDisagree`: pairs that agree by one field make full likeness of `field` a much greater share than pairs that agree by another.
   * `sessionRefused`: what pairs that agree by `field` taught was absurd, and was left out. `matchesUnsure`: the pairs that surely are one
   * customer tell of another number of duplicates than all pairs do; the smaller counts.
   */
  code: 'sessionsDisagree' | 'sessionRefused' | 'matchesUnsure';
  field: string | null;
  /** Shares, or numbers of pairs. */
  least: number;
  most: number;
}

interface TrainedWeight {
  field: string;
  level: string;
  /** Bits against a stranger, and against a housemate. */
  before: readonly [number, number];
  after: readonly [number, number];
}

export interface TrainedKind {
  kind: CustomerKind;
  /** Null where the weights are new. */
  kept: ReasonToKeep | null;
  records: number;
  pairs: number;
  /** Pairs of one customer among them, as far as it learned. */
  expected: number;
  /** Pairs of which a steward has said what they are. */
  labels: number;
  matchesPerRecord: number;
  housemate: number;
  warnings: TrainingWarning[];
  weights: TrainedWeight[];
}

const fewestRecords = 500;
const fewestMatches = 200;
/** A session, or a field, of fewer pairs of one customer says nothing. */
const fewestOfSession = 100;
/** Nearly nobody, or everybody, who agrees by a field is one customer: then it learned of nothing but itself. */
const absurd = { low: 0.002, high: 0.998 } as const;
/** Two sessions disagree where the shares that they find differ by so much. */
const disagreement = 0.3;
/** A factor between two estimates of how many duplicates there are. */
const unsure = 3;
/** In bits: who lives with whom was not learned, so weights against a housemate follow only so far. */
const mostAgainstHousemate = 2;

/**
 * Weights learned of pairs without a label, or the ones that were there where that would be worse. The same for the same seed. It gives
 * the thread away by yielding every few milliseconds.
 */
export function* trainKind(
  model: MatchModel,
  scorer: Scorer,
  sample: TrainingSample,
  seed: number,
): Generator<void, TrainedKind> {
  const { kind, records, pairs, labels } = sample;
  const base: TrainedKind = {
    kind,
    kept: null,
    records: records.length,
    pairs: pairs.size,
    expected: 0,
    labels: labels.size,
    matchesPerRecord: model.matchesPerRecord,
    housemate: model[kind].housemate,
    warnings: [],
    weights: weightsIn(model, kind),
  };
  if (records.length < fewestRecords) return { ...base, kept: 'fewRecords' };
  const strangers = yield* strangersAmong(records, sharesOf(model, kind), { model, scorer }, drawsOf(seed));
  const belief = beliefOf(model, scorer, kind, strangers);
  const all = yield* learn(pairs, belief, labels, null);
  const expected = Math.round(all.expected);
  if (expected < fewestMatches) return { ...base, expected, kept: 'fewMatches' };
  const same = all.same.map((one, at) => (all.told[at]! < fewestOfSession ? belief.shares[at]!.same : one!));
  const warnings = yield* warningsOf(pairs, belief, labels);
  const sure = matchesBySurePairs(pairs, belief, all) ?? all.expected;
  const [least, most] = [Math.min(sure, all.expected), Math.max(sure, all.expected)].map(Math.round) as [number, number]; // prettier-ignore
  const isUnsure = most > unsure * least;
  if (isUnsure) warnings.push({ code: 'matchesUnsure', field: null, least, most });
  const weights = learnedWeights(base.weights, belief, kind, all, tablesOf(belief, same));
  const trained: TrainedKind = {
    ...base,
    expected,
    warnings,
    weights,
    matchesPerRecord: matchesPerRecord(isUnsure ? least : all.expected, sample),
    housemate: rounded(all.housemate),
  };
  const tables = { before: tablesIn(base, 'before'), after: tablesIn(trained, 'after') };
  const isHarmful = isWorse(pairs, belief, labels, model.thresholds.link, tables);
  return isHarmful ? { ...base, expected, warnings, kept: 'worse' } : trained;
}

/** The model with the weights that were learned. */
export function withTrained(model: MatchModel, kinds: readonly TrainedKind[]): MatchModel {
  const next = structuredClone(model);
  for (const { kind, kept, weights, matchesPerRecord: matches, housemate } of kinds) {
    if (kept !== null) continue;
    for (const { field, level, after } of weights) levelsIn(next, kind, field)[level] = [after[0], after[1]];
    next[kind].housemate = housemate;
    if (kind === 'person') next.matchesPerRecord = matches;
  }
  return next;
}

function weightsIn(model: MatchModel, kind: CustomerKind): TrainedWeight[] {
  return comparedFields(model, kind).flatMap((field) => {
    const weights = weightsOf(model, kind, field);
    return levelsOf(kind, field).map((level, at) => ({ field, level, before: weights[at]!, after: weights[at]! }));
  });
}

function beliefOf(model: MatchModel, scorer: Scorer, kind: CustomerKind, shares: FieldShares[]): Belief {
  const { stranger, housemate } = scorer.priorsOf(kind);
  const against = comparedFields(model, kind).map((field) => weightsOf(model, kind, field).map(([, weight]) => weight));
  return { priors: { stranger: stranger / perBit, housemate: housemate / perBit }, shares, housemate: against };
}

/** What nobody told of stays as it was. */
function learnedWeights(
  weights: readonly TrainedWeight[],
  { shares }: Belief,
  kind: CustomerKind,
  { told }: Session,
  { stranger, housemate }: ReturnType<typeof tablesOf>,
): TrainedWeight[] {
  return weights.map((one) => {
    const [field, level] = [
      shares.findIndex(({ field }) => field === one.field),
      levelsOf(kind, one.field).indexOf(one.level),
    ];
    if (told[field]! < fewestOfSession) return one;
    const near = Math.max(-mostAgainstHousemate, Math.min(mostAgainstHousemate, housemate[field]![level]! - one.before[1])); // prettier-ignore
    return { ...one, after: [rounded(stranger[field]![level]!), rounded(one.before[1] + near)] };
  });
}

function tablesIn({ weights, housemate }: TrainedKind, of: 'before' | 'after') {
  const fields = [...Map.groupBy(weights, ({ field }) => field).values()];
  const column = (rival: 0 | 1) => fields.map((own) => own.map((one) => one[of][rival]));
  return { stranger: column(0), housemate: column(1), prior: housemate };
}

/** Each field by which enough pairs agree fully learns by itself: how far the others differ then is what the training is unsure of. */
function* warningsOf(pairs: ComparedPairs, belief: Belief, labels: Labels): Generator<void, TrainingWarning[]> {
  const warnings: TrainingWarning[] = [];
  const sessions: Session[] = [];
  for (const [by, { field }] of belief.shares.entries()) {
    const session = yield* learn(pairs, belief, labels, by);
    const { expected, pairs: agreeing } = session;
    if (expected < fewestOfSession) continue;
    const share = expected / agreeing;
    if (share > absurd.low && share < absurd.high) sessions.push(session);
    else warnings.push({ code: 'sessionRefused', field, least: Math.round(expected), most: agreeing });
  }
  for (const [at, { field }] of belief.shares.entries()) {
    const found = sessions.flatMap(({ same, told }) =>
      same[at] && told[at]! >= fewestOfSession ? same[at].at(-1)! : [],
    );
    const [least, most] = [Math.min(...found), Math.max(...found)];
    if (found.length > 1 && most - least > disagreement)
      warnings.push({ code: 'sessionsDisagree', field, least, most });
  }
  return warnings;
}

function matchesPerRecord(matches: number, { matchesPerPair, records }: TrainingSample): number {
  return Math.min(100, Math.max(0.001, rounded((matches * matchesPerPair) / records.length)));
}

function rounded(bits: number): number {
  return Math.round(Math.min(20, Math.max(-20, bits)) * 100) / 100;
}
