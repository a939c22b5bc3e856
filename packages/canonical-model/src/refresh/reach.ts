import { itemListOf, type AttributeId } from '../customer/attributes.ts';
import { canonicalJson, type Json } from '../json.ts';
import type { Survived } from '../survivorship/golden.ts';
import type { FieldChange } from './view.ts';

/** A row of a customer in a system, with what a delivery to it would change as things stand, and after the act. */
export interface ReachedRow {
  system: string;
  before: readonly FieldChange[];
  after: readonly FieldChange[];
}

/** What an act would change, counted before it acts. */
export interface Reach {
  customers: number;
  /** Customers with another golden value, or with a row that would be written otherwise. */
  changed: number;
  /** By attribute, or list: customers with another golden value. */
  golden: Record<string, number>;
  /** By system, and within it by attribute, list or place: rows that would be written otherwise. */
  rows: Record<string, { rows: number; attributes: Record<string, number> }>;
  /** Some of the changed customers. */
  examples: number[];
}

const mostExamples = 5;

/** Adds up, customer by customer, what an act would change. */
export class ReachCount {
  private readonly reach: Reach = { customers: 0, changed: 0, golden: {}, rows: {}, examples: [] };

  add(customerId: number, before: Survived | null, after: Survived | null, rows: readonly ReachedRow[]): void {
    const { reach } = this;
    reach.customers += 1;
    const golden = goldenMoves(before, after);
    for (const name of golden) reach.golden[name] = (reach.golden[name] ?? 0) + 1;
    const moved = rows.map((row) => ({ ...row, places: placesMoved(row) })).filter(({ places }) => places.size > 0);
    for (const { system, places } of moved) {
      const own = (reach.rows[system] ??= { rows: 0, attributes: {} });
      own.rows += 1;
      for (const place of places) own.attributes[place] = (own.attributes[place] ?? 0) + 1;
    }
    if (golden.size === 0 && moved.length === 0) return;
    reach.changed += 1;
    if (reach.examples.length < mostExamples) reach.examples.push(customerId);
  }

  result(): Reach {
    return structuredClone(this.reach);
  }
}

function goldenMoves(before: Survived | null, after: Survived | null): Set<string> {
  const sides = [before?.attributes ?? {}, after?.attributes ?? {}] as const;
  const ids = new Set(sides.flatMap((side) => Object.keys(side) as AttributeId[]));
  const moved = [...ids].filter((id) => textOf(sides[0][id]) !== textOf(sides[1][id]));
  return new Set(moved.map((id) => itemListOf(id) ?? id));
}

/** Nothing known is another answer than *cleared*. */
function textOf(golden: { value: unknown } | undefined): string {
  return golden ? canonicalJson(golden.value as Json) : '';
}

function placesMoved({ before, after }: ReachedRow): Set<string> {
  const [was, becomes] = [before, after].map((changes) => new Map(changes.map((one) => [one.path, one])));
  const paths = new Set([...was!.keys(), ...becomes!.keys()]);
  const moved = [...paths].filter((path) => toOf(was!.get(path)) !== toOf(becomes!.get(path)));
  return new Set(
    moved.map((path) => {
      const attribute = (becomes!.get(path) ?? was!.get(path))!.attribute;
      return attribute === null ? path : (itemListOf(attribute) ?? attribute);
    }),
  );
}

function toOf(change: FieldChange | undefined): string {
  return change ? canonicalJson(change.to) : '';
}
