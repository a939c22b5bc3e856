import { itemListOf } from '../customer/attributes.ts';
import { byText } from '../facts/by-text.ts';
import { undatedAt } from '../facts/entry.ts';
import { canonicalJson } from '../json.ts';
import type { LosingReason, Strategy } from './golden.ts';
import { extent } from './extent.ts';
import type { Rule } from './rules.ts';
import { trustAt, trustCurve } from './trust.ts';
import { lost, type Lost, type Vote } from './vote.ts';

/** The votes for one value. */
export interface Group {
  text: string;
  /** The latest of the votes’ times and of those that copies lend. */
  at: number;
  /** Records that say it, those that hold a copy of it included. */
  voices: number;
  score: number;
  /** The latest first. */
  votes: Vote[];
}

/** What the strategies look at beside the votes. */
interface RankingContext {
  asOf: number;
  /** The record whose value won the attribute that this one follows. */
  followed: number | null;
}

/**
 * The candidates, best first. One ladder for all strategies: the rule's own score, then the more recent, then the one with more
 * voices, then the greater canonical text.
 */
export function rank(
  votes: readonly Vote[],
  lent: ReadonlyMap<string, { at: number; voices: number }>,
  rule: Rule,
  context: RankingContext,
): Group[] {
  const groups = new Map<string, Group>();
  for (const vote of votes) {
    const support = lent.get(vote.text) ?? { at: -Infinity, voices: 0 };
    const group = groups.get(vote.text) ?? { text: vote.text, ...support, score: 0, votes: [] };
    group.at = Math.max(group.at, vote.at);
    group.voices += 1;
    group.votes.push(vote);
    groups.set(vote.text, group);
  }
  for (const group of groups.values()) {
    const lentAt = lent.get(group.text)?.at ?? -Infinity;
    group.score = Math.max(...group.votes.map((vote) => score(rule, vote, group, lentAt, context)));
  }
  return [...groups.values()].sort(
    (a, b) => b.score - a.score || b.at - a.at || b.voices - a.voices || byText(b.text, a.text),
  );
}

/** What the rule itself thinks of a vote: the higher wins. Zero where time alone decides. */
function score(rule: Rule, vote: Vote, group: Group, lentAt: number, { asOf, followed }: RankingContext): number {
  switch (rule.strategy) {
    case 'source-priority':
      return -placeIn(rule.order, vote.system);
    case 'value-ranking':
      return -placeIn(rule.order.map(canonicalJson), vote.text);
    case 'most-frequent':
      return group.voices;
    case 'longest':
      return extent(vote.value).characters;
    case 'most-complete': {
      const { parts, characters } = extent(vote.value);
      return parts * 1e6 + characters;
    }
    case 'minimum':
      return vote.value === null ? 0 : -magnitudeOf(vote);
    case 'maximum':
      return vote.value === null ? 0 : magnitudeOf(vote);
    case 'follow':
      return vote.recordId === followed ? 1 : 0;
    case 'trust':
      return trustAt(trustCurve(rule, vote.system, Math.max(vote.at, lentAt)), asOf);
    default:
      return onTime(vote, group.at);
  }
}

/**
 * The later wins; at one instant a *no* goes before a *yes*, and an item that is there before its removal. A *no* of which nobody knows
 * when it was said may be the latest of all.
 */
function onTime(vote: Vote, at: number): number {
  const isAnswer = vote.of.shape.emptyIsNoAnswer;
  if (isAnswer && vote.value === 'no' && vote.at === undatedAt) return Infinity;
  const isFirst = isAnswer ? vote.value === 'no' : vote.value !== null;
  const prefers = itemListOf(vote.attribute) !== null || isAnswer;
  return prefers ? at * 2 + (isFirst ? 1 : 0) : at;
}

/** Where it stands among its like; all alike where they have no order. */
function magnitudeOf({ of, value }: Vote): number {
  return of.shape.order?.(value!) ?? 0;
}

function placeIn<T>(order: readonly T[], wanted: T | null): number {
  const place = order.findIndex((one) => one === wanted);
  return place < 0 ? order.length : place;
}

const timed: ReadonlySet<Strategy> = new Set([
  'owner',
  'owner-by-phase',
  'most-recent',
  'valid-first',
  'union',
  'consent',
] satisfies Strategy[]);

/** Why each of the others lost to the first. */
export function outranked([winner, ...others]: readonly Group[], { strategy }: Rule): Lost[] {
  return others.flatMap((group) => lost(group.votes, whyOutranked(group, winner!, strategy)));
}

function whyOutranked(group: Group, winner: Group, strategy: Strategy): LosingReason {
  if (group.score < winner.score && !timed.has(strategy)) return 'outranked';
  return group.at < winner.at ? 'older' : 'tie';
}

/** Strategies that look for the best text or number: an empty value is none of them, however late it was said. */
const neverCleared: ReadonlySet<Strategy> = new Set([
  'most-frequent',
  'most-complete',
  'longest',
  'minimum',
  'maximum',
  'value-ranking',
] satisfies Strategy[]);

/** Consent that is not known is no answer, whoever does not know it. */
export function withoutUnknown(votes: readonly Vote[]): Sifted {
  const isUnknown = ({ of, value }: Vote) => value === null && of.shape.emptyIsNoAnswer;
  return sift(votes, isUnknown);
}

/** The votes whose values can win under the rule; an empty one can where nothing else was said. */
export function eligible(votes: readonly Vote[], { strategy }: Rule): Sifted {
  const isAllCleared = votes.every((vote) => vote.value === null);
  return sift(votes, ({ value }) => value === null && neverCleared.has(strategy) && !isAllCleared);
}

interface Sifted {
  votes: readonly Vote[];
  lost: Lost[];
}

function sift(votes: readonly Vote[], isOut: (vote: Vote) => boolean): Sifted {
  return { votes: votes.filter((vote) => !isOut(vote)), lost: lost(votes.filter(isOut), 'outranked') };
}
