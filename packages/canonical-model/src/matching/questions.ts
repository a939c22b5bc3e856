import { leastThatCounts, type Judge } from './cluster.ts';
import { Linkage } from './linkage.ts';
import type { MatchModel } from './model.ts';
import { perBit } from './rarity.ts';
import type { Comparison } from './score.ts';

/** From so many bits on a person is asked about two records that nothing carries but the house or the name; from so many where they differ in nothing. */
const [bareBits, namesakeBits] = [4, 2.5];

/** What counts for customers, though nobody is asked about it, and what is asked about. */
export function leastThatIsKept(model: MatchModel): number {
  return Math.min(leastThatCounts(model), leastThatAsks(model));
}

function leastThatAsks({ thresholds }: MatchModel): number {
  return Math.round(thresholds.review * perBit);
}

/**
 * What two records that were compared are good for: to ask a person about them where they stand apart, or only to hold a customer together
 * with others; null for neither.
 */
export function useOf(comparison: Comparison, judge: Judge): 'asks' | 'holds' | null {
  const pair = new Linkage(comparison.kind, comparison.levels.length);
  pair.addPair(comparison);
  const { isBarred, isCarried } = pair.judge(judge.scorer, judge.model);
  if (isBarred || !(isCarried || (comparison.veto === null && isOneName(comparison)))) return null;
  return isWorthAsking(comparison, isCarried, judge.model) ? 'asks' : 'holds';
}

/**
 * People of one house are like one another in much, and many have one name: nobody wants to be asked about these. A question needs evidence
 * that could link, or so much that chance hardly explains it; sister companies say themselves that they are two.
 */
function isWorthAsking({ kind, weight, veto, stranger }: Comparison, isCarried: boolean, model: MatchModel): boolean {
  if (weight < leastThatAsks(model)) return false;
  if (kind === 'organization' && veto !== null && veto !== 'nearIdentifier') return false;
  const differsInNothing = stranger.every((bits) => bits >= 0);
  return isCarried || weight >= (differsInNothing ? namesakeBits : bareBits) * perBit;
}

function isOneName({ kind, stranger: [first, last] }: Comparison): boolean {
  return first! > perBit && (kind === 'organization' || last! >= 0);
}
