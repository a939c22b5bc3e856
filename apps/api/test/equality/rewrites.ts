import { readPath, writePath, type Json } from '@cinch/canonical-model';
import type { Random } from '../histories/random.ts';

export type Row = Record<string, Json>;
/** A row rewritten, or null where this row gives no occasion for it. Never touches what tells key, version and time. */
export type Rewrite = (row: Row, random: Random, others: readonly Row[]) => Row | null;
export type Rewrites = Record<string, Rewrite>;

/** One of the places gets what `change` makes of its value; null of `change` leaves it. */
export function at(places: readonly string[], change: (value: Json, random: Random) => Json | undefined): Rewrite {
  return (row, random) => {
    for (const place of random.shuffled(places)) {
      // Nothing is made under an object that the row has not: that would be a row of another kind.
      const [holder, member] = place.split('.');
      if (member !== undefined && !holder!.includes('[') && !row[holder!]) continue;
      const before = readPath(row, place);
      const after = change(before, random);
      if (after !== undefined && after !== before) return writePath(row, place, after) as Row;
    }
    return null;
  };
}

const ofText = (change: (text: string, random: Random) => string) => (value: Json, random: Random) => {
  return typeof value === 'string' && value !== '' ? change(value, random) : undefined;
};

export const spaced = ofText((text, random) => (random.chance(0.5) ? ` ${text}` : `${text}  `));
export const lowered = ofText((text) => text.toLowerCase());
export const otherCase = ofText((text) => (text === text.toUpperCase() ? text.toLowerCase() : text.toUpperCase()));
export const innerSpace = ofText((text) => `${text} x`);
/** The same letters for the eye, or for a collation that is not exact. */
export const alike = ofText((text) => {
  const [composed, decomposed] = [text.normalize('NFC'), text.normalize('NFD')];
  return composed === decomposed ? text.replace(/[aeo]/i, (letter) => `${letter}\u0301`) : decomposed;
});
export const emptied = (value: Json) => (value === null ? undefined : null);
export const emptyText = (value: Json) => (value === null ? '' : undefined);
export const asNumber = (value: Json) => (typeof value === 'string' && value !== '' ? 4_711 : undefined);
export const filledWith = (filling: Json) => (value: Json) => (value === null ? filling : undefined);
export const otherThan = (one: Json, other: Json) => (value: Json) =>
  value === null ? undefined : JSON.stringify(value) === JSON.stringify(one) ? other : one;
export const added = (by: number) => (value: Json) => (typeof value === 'number' ? value + by : undefined);
/** As a clock of another zone would show it. */
export const nextDay = ofText((day) => {
  const moved = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000);
  return Number.isNaN(moved.getTime()) ? day : moved.toISOString().slice(0, 10);
});

/** Another row's content under the key, version and time of this one. */
export function swapped(own: readonly string[]): Rewrite {
  return (row, random, others) => {
    const other = random.pick(others);
    if (other === row) return null;
    return { ...other, ...Object.fromEntries(own.map((name) => [name, row[name] ?? null])) };
  };
}

/** The members of every object in another order. */
export const membersReordered: Rewrite = (row, random) => reordered(row, random) as Row;

function reordered(value: Json, random: Random): Json {
  if (Array.isArray(value)) return value.map((element) => reordered(element, random));
  if (value === null || typeof value !== 'object') return value;
  const members = random.shuffled(Object.entries(value));
  return Object.fromEntries(members.map(([name, held]) => [name, reordered(held, random)]));
}

/** A list of at least so many elements is changed. */
export function inList(
  lists: readonly string[],
  least: number,
  change: (list: Row[], random: Random) => Json[],
): Rewrite {
  return (row, random) => {
    const list = random
      .shuffled(lists)
      .find((name) => Array.isArray(row[name]) && (row[name] as Json[]).length >= least);
    return list === undefined ? null : { ...row, [list]: change(structuredClone(row[list]) as Row[], random) };
  };
}

/** Members of elements that hold nothing are left out. */
export const nothingLeftOut: Rewrite = (row) => withoutNulls(row) as Row;

function withoutNulls(value: Json): Json {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (value === null || typeof value !== 'object') return value;
  const there = Object.entries(value).filter(([, held]) => held !== null);
  return Object.fromEntries(there.map(([name, held]) => [name, withoutNulls(held)]));
}

/** Both at once. */
export function both(one: Rewrite, other: Rewrite): Rewrite {
  return (row, random, others) => {
    const first = one(row, random, others);
    return first && other(first, random, others);
  };
}
