import { itemListOf, type AttributeId, type CustomerKind, type Value } from '../customer/attributes.ts';
import { entriesOf, type ByAttribute } from '../customer/by-attribute.ts';
import type { Shape } from '../customer/shapes/shape.ts';
import { isSameValue } from '../customer/same-value.ts';
import { isSameJson } from '../json.ts';
import type { Fields, Lens, ReadAttribute, Reading } from '../mapping/lens.ts';
import type { Supplier } from './entry.ts';

/** What the system is known to hold for one attribute. `value` undefined: it holds something that cannot be read. */
export interface Held {
  fields: Fields;
  value?: Value | null | undefined;
  /** Of an item: how many further elements of its list are known by the same. */
  repeats?: number;
}

/** The latest thing that a source record itself said about one attribute. */
export interface Assertion {
  /** Position of the entry that said it: names the assertion within its record and attribute. */
  position: string;
  value: Value | null;
  /** Canonical text of the fields as the system wrote them. */
  native: string;
  /** Business time, in milliseconds since 1970, UTC. */
  at: number;
  /** False for a value that the record came with: it goes by the rule and opens no conflict by concurrency. */
  change: boolean;
  /** Canonical texts of what the record held for this attribute before: what the assertion was made over. */
  over: string[];
  /** The acknowledged delivery that replaced it; it stays so while the supplier is still with the customer. */
  superseded: Supplier | null;
  /** The accepted change request by which the value came here; null for the system's own word. */
  request: number | null;
}

/** The copy that an acknowledged delivery left: the holder's own assertion once the supplier is tombstoned. */
export interface Delivered {
  /** Position of the entry that acknowledged it. */
  position: string;
  /** As the system holds it, read back. */
  value: Value | null;
  native: string;
  /** When it was acknowledged, in milliseconds since 1970, UTC. */
  at: number;
  supplier: Supplier;
}

/** A delivered value that the target changed or refused: not sent again until it is another value or the mapping changes. */
export interface Parked {
  /** Canonical text of the fields as they were sent. */
  sent: string;
  code: string;
}

/** A value that stood and was told to be another one. */
export interface ValueChange {
  /** Position of the entry that told it. */
  position: string;
  attribute: AttributeId;
  from: Value;
  to: Value | null;
}

/** Everything that one source record's timeline amounts to. */
export interface RecordState {
  kind: CustomerKind;
  /** How often it began again, after its delete or as somebody else. Ids and decisions belong to one life of a record. */
  life: number;
  /** Position of the entry with which that life began; null in the first. */
  lifeSince: string | null;
  /** The last version that the hub knows of, null where the system counts none; lower than before where the system was set back. */
  headVersion: number | null;
  /** The last version whose whole row the hub knows: a patch or an increment tells of a later one in part. */
  wholeVersion: number | null;
  headAt: number | null;
  /** Position of the last entry that told what the system holds. */
  headPosition: string | null;
  /** The system deleted the row and has not told of it again. */
  deleted: { position: string; at: number } | null;
  held: ByAttribute<Held>;
  asserted: ByAttribute<Assertion>;
  /** Copies that deliveries left and that the system has not changed since. */
  delivered: ByAttribute<Delivered>;
  parked: ByAttribute<Parked>;
  /** All assertions, in the order of the timeline, of attributes whose value moves from state to state. */
  moves: ByAttribute<Assertion[]>;
  /** Positions of the entries that were taken back: what they told says nothing any more, wherever it was delivered. */
  takenBack: string[];
}

/** What a system that answers this holds. */
export function heldOf({ fields, value, repeats }: ReadAttribute): Held {
  return { fields, value, ...(repeats !== undefined && { repeats }) };
}

/**
 * Whether a row that holds the one is equal to one that holds the other: the same spelling, or another that means the same (the
 * projection, rule 32). What cannot be read is equal only to its very spelling, and an item to no more elements than there are.
 */
function saysSame(shape: Shape, known: Held, shown: Held): boolean {
  if ((shown.repeats ?? 0) > (known.repeats ?? 0)) return false;
  if (areSameFields(known.fields, shown.fields)) return true;
  if (known.value === undefined || shown.value === undefined) return false;
  return isSameValue(shape, known.value, shown.value);
}

/** Whether a system that holds this holds anything. */
export function holdsSomething({ fields }: Pick<Held, 'fields'>): boolean {
  return Object.values(fields).some((value) => value !== null);
}

/**
 * Whether the row says anything else than what was known. Before its first row a record is known to hold nothing, so an empty first
 * value says nothing.
 */
export function isNews(held: Held | undefined, read: ReadAttribute): boolean {
  return held ? !areSameFields(held.fields, read.fields) : read.value !== null;
}

/** Whether two field sets are the same, to the spelling. */
export function areSameFields(one: Fields, two: Fields): boolean {
  return isSameJson(one, two);
}

/** All that a row says of what was held before: what it tells, and that the items which its lists no longer name are gone. */
export function withRemovals(
  held: RecordState['held'],
  { attributes, lists }: Pick<Reading, 'attributes' | 'lists'>,
): [AttributeId, ReadAttribute][] {
  const told = entriesOf(attributes);
  if (lists.length === 0) return told;
  const before = entriesOf(held);
  if (before.length === 0) return told;
  const gone = before.filter(([id]) => {
    const list = itemListOf(id);
    return list !== null && lists.includes(list) && !attributes[id];
  });
  return [...told, ...gone.map(([id, { fields }]): [AttributeId, ReadAttribute] => [id, removed(fields)])];
}

/** Whether the row says just what is held, however it spells it. */
export function holdsSame(
  reading: Reading,
  { kind, held }: Pick<RecordState, 'kind' | 'held'>,
  { model }: Pick<Lens, 'model'>,
): boolean {
  if (reading.kind !== kind) return false;
  return withRemovals(held, reading).every(([attribute, read]) => {
    const known = held[attribute];
    const { shape } = model.attributeOf(attribute);
    return known ? saysSame(shape, known, read) : read.value === null && (read.repeats ?? 0) === 0;
  });
}

function removed(fields: Fields): ReadAttribute {
  return { fields: Object.fromEntries(Object.keys(fields).map((path) => [path, null])), value: null };
}

/** The fields of all attributes together. */
export function allFields(attributes: ByAttribute<{ fields: Fields }>): Fields {
  return Object.assign({}, ...entriesOf(attributes).map(([, { fields }]) => fields)) as Fields;
}
