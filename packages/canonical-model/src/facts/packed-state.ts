import type { AttributeId, Value } from '../customer/attributes.ts';
import { entriesOf, type ByAttribute } from '../customer/by-attribute.ts';
import { canonicalJson } from '../json.ts';
import { undatedAt, type Supplier } from './entry.ts';
import type { Assertion, Held, RecordState } from './record-state.ts';

/** What is kept of a record beside its head: the parts of its state that are read whole or not at all. */
export type KnownOfRecord = Pick<RecordState, 'held' | 'asserted' | 'delivered' | 'parked' | 'moves' | 'takenBack'>;

/**
 * An assertion as it is stored. Most say what the record holds, at the time of a row that said more: what is the same as there is
 * left out, and a position is told by its place in the list of positions.
 */
interface PackedAssertion {
  position: number | string;
  at?: number;
  value?: Value | null;
  native?: string;
  change?: boolean;
  over?: string[];
  superseded?: Supplier | null;
  request?: number | null;
}

interface Packed {
  positions?: string[];
  /** What the first so many of these entries say has no time, unless an assertion tells its own. */
  undated?: number;
  held: ByAttribute<Held>;
  asserted: ByAttribute<PackedAssertion>;
  delivered?: RecordState['delivered'];
  parked?: RecordState['parked'];
  moves?: ByAttribute<PackedAssertion[]>;
  takenBack?: string[];
}

/** The text that `unpackKnown` reads. */
export function packKnown({ held, asserted, delivered, parked, moves, takenBack }: KnownOfRecord): string {
  const said = [...entriesOf(asserted).map(([, one]) => one), ...entriesOf(moves).flatMap(([, list]) => list)];
  // First, so that their places are known before any assertion is packed.
  const positions = [...new Set(said.flatMap(({ at, position }) => (at === undatedAt ? [position] : [])))];
  const undated = positions.length;
  const pack = (attribute: AttributeId, assertion: Assertion) => packed(assertion, held[attribute], positions, undated);
  const result: Packed = {
    held,
    asserted: mapped(asserted, (attribute, assertion) => pack(attribute, assertion)),
    moves: nonEmpty(mapped(moves, (attribute, list) => list.map((assertion) => pack(attribute, assertion)))),
    delivered: nonEmpty(delivered),
    parked: nonEmpty(parked),
    ...(takenBack.length > 0 && { takenBack }),
    positions,
    ...(undated > 0 && { undated }),
  };
  return JSON.stringify(result);
}

export function unpackKnown(text: string): KnownOfRecord {
  const {
    positions = [],
    undated = 0,
    held,
    asserted,
    delivered = {},
    parked = {},
    moves = {},
    takenBack = [],
  } = JSON.parse(text) as Packed;
  const unpack = (attribute: AttributeId, one: PackedAssertion) => unpacked(one, held[attribute], positions, undated);
  return {
    held,
    asserted: mapped(asserted, unpack),
    moves: mapped(moves, (attribute, list) => list.map((one) => unpack(attribute, one))),
    delivered,
    parked,
    takenBack,
  };
}

function packed(assertion: Assertion, held: Held | undefined, positions: string[], undated: number): PackedAssertion {
  const { position, at, value, native, change, over, superseded, request } = assertion;
  let place = positions.indexOf(position);
  if (place < 0) place = positions.push(position) - 1;
  const isHeld = held !== undefined && canonicalJson(held.fields) === native;
  const isValue = isHeld && held.value !== undefined && isSame(held.value, value);
  const result: PackedAssertion = { position: place };
  if (at !== (place < undated ? undatedAt : instantOf(position))) result.at = at;
  if (!isHeld) result.native = native;
  if (!isValue) result.value = value;
  if (change) result.change = change;
  if (over.length > 0) result.over = over;
  if (superseded) result.superseded = superseded;
  if (request !== null) result.request = request;
  return result;
}

function unpacked(
  one: PackedAssertion,
  held: Held | undefined,
  positions: readonly string[],
  undated: number,
): Assertion {
  const position = typeof one.position === 'number' ? positions[one.position]! : one.position;
  const isUndated = typeof one.position === 'number' && one.position < undated;
  return {
    position,
    value: one.value === undefined ? held!.value! : one.value,
    native: one.native ?? canonicalJson(held!.fields),
    at: one.at ?? (isUndated ? undatedAt : instantOf(position)),
    change: one.change ?? false,
    over: one.over ?? [],
    superseded: one.superseded ?? null,
    request: one.request ?? null,
  };
}

function isSame(a: Value | null, b: Value | null): boolean {
  return a === b || canonicalJson(a) === canonicalJson(b);
}

/** The business time that a position names: it stands between its two dots. */
function instantOf(position: string): number {
  const begin = position.indexOf('.') + 1;
  return Number(position.slice(begin, position.indexOf('.', begin)));
}

function mapped<From, To>(from: ByAttribute<From>, to: (attribute: AttributeId, one: From) => To): ByAttribute<To> {
  const result: ByAttribute<To> = {};
  for (const [attribute, one] of entriesOf(from)) result[attribute] = to(attribute, one);
  return result;
}

function nonEmpty<Part extends object>(part: Part): Part | undefined {
  for (const _ in part) return part;
  return undefined;
}
