import { customerKinds, itemListOf } from '../customer/attributes.ts';
import type { Lens } from '../mapping/lens.ts';
import type { FieldChange } from './view.ts';

/** What brakes count of rows that are written; values of an attribute, of a list, or of a place that no attribute names. */
export type Measure = 'written' | 'created' | 'kind' | `${'emptied' | 'values'} ${string}`;
export type Tally = Partial<Record<Measure, number>>;

interface Written {
  kind: string;
  fields: readonly FieldChange[];
}

/** Counts what these rows would write. A row that is made changes and empties nothing. */
export function tallyOf(items: readonly Written[], lens: Pick<Lens, 'turnInto'>): Tally {
  const kindPaths = new Set(customerKinds.flatMap((kind) => Object.keys(lens.turnInto(kind))));
  const measured = items.flatMap((item) => [...measuresOf(item, kindPaths)]);
  return counted(measured);
}

export function added(one: Tally, other: Tally): Tally {
  const sum: Tally = { ...one };
  for (const [measure, count] of measuresIn(other)) sum[measure] = (sum[measure] ?? 0) + count;
  return sum;
}

export function measuresIn(tally: Tally): [Measure, number][] {
  return Object.entries(tally) as [Measure, number][];
}

function measuresOf({ kind, fields }: Written, kindPaths: ReadonlySet<string>): Set<Measure> {
  if (kind === 'create') return new Set(['written', 'created']);
  const measures = new Set<Measure>(['written']);
  for (const [place, own] of Map.groupBy(fields, placeOf)) {
    if (own.every(({ attribute, path }) => attribute === null && kindPaths.has(path))) {
      measures.add('kind');
      continue;
    }
    const isEmptied = own.every(({ to }) => to === null);
    // What comes with a new element of a list is no value of its own.
    if (!isEmptied && own[0]!.attribute === null) continue;
    measures.add(`values ${place}`);
    if (isEmptied) measures.add(`emptied ${place}`);
  }
  return measures;
}

function placeOf({ attribute, path }: FieldChange): string {
  return attribute === null ? path : (itemListOf(attribute) ?? attribute);
}

function counted(measures: readonly Measure[]): Tally {
  const tally: Tally = {};
  for (const measure of measures) tally[measure] = (tally[measure] ?? 0) + 1;
  return tally;
}
