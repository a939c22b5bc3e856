import { longest } from '../limits.ts';
import { Pattern } from './pattern.ts';
import type { Gate, Rule } from './rules.ts';
import { dayMs } from './trust.ts';
import { lost, type Lost, type Vote } from './vote.ts';

interface Gated {
  votes: readonly Vote[];
  lost: Lost[];
  /** When a vote that passes now grows too old. */
  recheckAt: number | null;
}

/** Only values that pass are candidates, unless none does. An empty value has no text that could be wrong. */
export function passGate(votes: readonly Vote[], gate: Gate | null, asOf: number): Gated {
  if (gate === null) return { votes, lost: [], recheckAt: null };
  const pattern = gate.pattern === undefined ? null : patternOf(gate.pattern);
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

/** Where the rule is *valid first*, what fails a check of its shape loses to what passes; where nothing passes it is shown. */
export function passChecks(votes: readonly Vote[], { strategy }: Rule): Pick<Gated, 'votes' | 'lost'> {
  if (strategy !== 'valid-first' || votes.length < 2) return { votes, lost: [] };
  const [sound, doubted] = [true, false].map((passes) =>
    votes.filter(({ of, value }) => (value === null || of.shape.doubt(value) === null) === passes),
  ) as [Vote[], Vote[]];
  const isAnySound = sound.some(({ value }) => value !== null);
  return isAnySound ? { votes: sound, lost: lost(doubted, 'not-valid') } : { votes, lost: [] };
}

/**
 * Nobody is born tomorrow: such a date is a slip or a filler, and loses to any that has come. Where there is no other it is shown, for
 * somebody to mend. A day has begun somewhere up to fourteen hours before it does by UTC.
 */
export function passBirths(votes: readonly Vote[], asOf: number): Gated {
  const ahead = votes.filter((vote) => bornAt(vote) > asOf);
  if (ahead.length === 0 || ahead.length === votes.length) return { votes, lost: [], recheckAt: null };
  return {
    votes: votes.filter((vote) => !ahead.includes(vote)),
    lost: lost(ahead, 'not-valid'),
    recheckAt: Math.min(...ahead.map(bornAt)),
  };
}

/** When the day has come that a date of birth names; long ago for all else. */
function bornAt({ of, value }: Vote): number {
  if (of.matching !== 'date' || typeof value !== 'string') return -Infinity;
  return Date.parse(value) - earliestDawnMs;
}

const earliestDawnMs = 14 * 60 * 60 * 1000;

/** The rules in force have few patterns, and every customer is asked about. */
let lastPattern = { text: '', pattern: new Pattern('^$') };

function patternOf(text: string): Pattern {
  if (lastPattern.text !== text) lastPattern = { text, pattern: new Pattern(text) };
  return lastPattern.pattern;
}

/** A longer text than a pattern is matched against does not match. */
function matches(pattern: Pattern | null, text: string): boolean {
  return pattern === null || (text.length <= longest.pattern && pattern.test(text));
}
