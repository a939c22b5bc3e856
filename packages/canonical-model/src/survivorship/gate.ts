import type { Gate } from './rules.ts';
import { dayMs } from './trust.ts';
import { lost, type Lost, type Vote } from './vote.ts';

/** A longer text is not looked at: the time that a pattern takes grows with the text. */
const longestText = 200;

interface Gated {
  votes: readonly Vote[];
  lost: Lost[];
  /** When a vote that passes now grows too old. */
  recheckAt: number | null;
}

/** Only values that pass are candidates, unless none does. An empty value has no text that could be wrong. */
export function passGate(votes: readonly Vote[], gate: Gate | null, asOf: number): Gated {
  if (gate === null) return { votes, lost: [], recheckAt: null };
  const pattern = gate.pattern === undefined ? null : new RegExp(gate.pattern, 'u');
  const maxAgeMs = (gate.maxAgeDays ?? Infinity) * dayMs;
  const passes = ({ value, at }: Vote) => asOf - at <= maxAgeMs && (value === null || matches(pattern, String(value)));
  const passing = votes.filter(passes);
  if (passing.length === 0) return { votes, lost: [], recheckAt: null };
  const ends = passing.map((vote) => vote.at + maxAgeMs + 1);
  const soonest = Math.min(...ends);
  return {
    votes: passing,
    lost: lost(
      votes.filter((vote) => !passes(vote)),
      'not-valid',
    ),
    recheckAt: votes.length > 1 && soonest < Infinity ? soonest : null,
  };
}

function matches(pattern: RegExp | null, text: string): boolean {
  return pattern === null || (text.length <= longestText && pattern.test(text));
}

// Atoms without groups or alternatives, each repeated at most once: what this describes is tried in no more than the third power
// of the text's length when at most three of the repetitions vary.
const atom = String.raw`(?:\\[dDwWsS.^$|?*+()[\]{}/\\-]|\[\^?(?:[^\]\\[]|\\[dDwWsS.^$|?*+()[\]{}/\\-])+\]|[^\\^$|?*+()[\]{}])`;
const shape = new RegExp(String.raw`^\^(?:${atom}(?:[?*+]|\{\d{1,3}(?:,\d{0,3})?\})?)*\$$`, 'u');
const varying = /[?*+]|\{\d+,\d*\}/gu;

/** Whether a pattern is whole, understood, and cannot keep the hub busy. */
export function isSafePattern(pattern: string): boolean {
  if (!shape.test(pattern)) return false;
  const outsideClasses = pattern.replaceAll(/\\./gu, 'a').replaceAll(/\[[^\]]*\]/gu, 'a');
  if ([...outsideClasses.matchAll(varying)].length > 3) return false;
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
