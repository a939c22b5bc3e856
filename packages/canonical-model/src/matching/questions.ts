import type { Features } from './features.ts';
import { leastThatCounts, type Judge } from './cluster.ts';
import { Linkage } from './linkage.ts';
import type { MatchModel } from './model.ts';
import { perBit } from './rarity.ts';
import type { Comparison } from './score.ts';

/** From so many bits on a person is asked about two records that nothing carries but the house or the name. */
const bareBits = 4;

/** What counts for customers, though nobody is asked about it, and what is asked about. */
export function leastThatIsKept(model: MatchModel): number {
  return Math.min(leastThatCounts(model), leastThatAsks(model));
}

function leastThatAsks({ thresholds }: MatchModel): number {
  return Math.round(thresholds.review * perBit);
}

/**
 * What two records are good for: to ask a person about them where they stand apart, or only to hold a customer together with others; null
 * for neither.
 */
export function useOf(a: Features, b: Features, judge: Judge): 'asks' | 'holds' | null {
  const comparison = judge.scorer.compare(a, b);
  if (comparison === null) return null;
  const pair = new Linkage(comparison.kind, comparison.levels.length);
  pair.addPair(comparison);
  const { isBarred, isCarried } = pair.judge(judge.scorer, judge.model);
  if (isBarred || !(isCarried || (comparison.veto === null && isOneName(comparison)))) return null;
  const isEnough = isCarried || comparison.weight >= bareBits * perBit || isNameAlone(a) || isNameAlone(b);
  return isEnough && isWorthAsking(comparison, judge.model) ? 'asks' : 'holds';
}

/**
 * People of one house are like one another in much, and many have one name: nobody wants to be asked about these. A question needs evidence
 * that could link, or so much that chance hardly explains it, or one of whom nothing but the name is said; sister companies say themselves that
 * they are two.
 */
function isWorthAsking({ kind, weight, veto }: Comparison, model: MatchModel): boolean {
  if (weight < leastThatAsks(model)) return false;
  return kind === 'person' || veto === null || veto === 'nearIdentifier';
}

function isNameAlone({ dates, emails, phones, identifiers, places, traits }: Features): boolean {
  return [dates, emails, phones, identifiers, places, ...traits].every(({ length }) => length === 0);
}

function isOneName({ kind, stranger: [first, last] }: Comparison): boolean {
  return first! > perBit && (kind === 'organization' || last! >= 0);
}
