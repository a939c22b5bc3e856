import { shapeOf, type Pair } from './pair.ts';
import { usualRates, type Setting } from './setting.ts';

/** What a hub has seen of its systems, as it tells it. */
export interface Seen {
  days: number;
  customers: number;
  created: number;
  concurrent: number;
  systems: readonly {
    system: string;
    changes: readonly { attribute: string; changes: number }[];
    unheard: number;
    ended: number;
    drifted: number;
  }[];
}

type Measured = Required<Pick<Setting, 'rates' | 'weights' | 'untold'>>;

/** So much of a year is needed before a day more or less tells nothing else. */
const leastDays = 1;
const daysOfYear = 365;

/**
 * The workload of the hub’s own last days, of the two systems that are played: rates per customer and year, which attributes are changed,
 * and what share of changes nobody told of, heard by a refresh or found drifted, which are told of to nobody here either. Who merges whom is not known by system, and is as usual.
 * Null where the hub has no history, or nothing changed.
 */
export function measuredFrom(seen: Seen, { codes, model }: Pick<Pair, 'codes' | 'model'>): Measured | null {
  const own = seen.systems.filter(({ system }) => codes.includes(system));
  const changes = own.flatMap((one) => one.changes).filter(({ attribute }) => model.declares(attribute));
  const all = sum(changes.map((one) => one.changes));
  if (seen.days < leastDays || seen.customers === 0 || all === 0) return null;
  const drifted = sum(own.map((one) => one.drifted));
  const aYear = (count: number) => (count * daysOfYear) / seen.days / seen.customers;
  const isPlain = (attribute: string) => model.isInForce(attribute) && !model.listOf(attribute);
  const isCount = (attribute: string) => isPlain(attribute) && shapeOf(model, attribute) === 'count';
  const counted = sum(changes.filter(({ attribute }) => isCount(attribute)).map((one) => one.changes));
  const weights: Record<string, number> = {};
  for (const { attribute, changes: count } of changes)
    if (isPlain(attribute) && !isCount(attribute)) weights[attribute] = (weights[attribute] ?? 0) + count;
  const edits = sum(Object.values(weights));
  return {
    rates: {
      edits: aYear(edits),
      increments: aYear(counted),
      creates: aYear(seen.created),
      deletes: aYear(sum(own.map(({ ended }) => ended))),
      merges: usualRates.merges,
      simultaneous: edits === 0 ? 0 : Math.min(1, seen.concurrent / edits),
    },
    weights,
    untold: Math.min(1, (sum(own.map(({ unheard }) => unheard)) + drifted) / (all + drifted)),
  };
}

function sum(figures: readonly number[]): number {
  return figures.reduce((total, one) => total + one, 0);
}
