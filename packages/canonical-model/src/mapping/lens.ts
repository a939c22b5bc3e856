import type { AttributeId, CustomerKind, ItemListId, PlainAttributeId, Value } from '../customer/attributes.ts';
import type { Model } from '../customer/model/model.ts';
import type { Json } from '../json.ts';

/**
 * A place in a native record: member names joined by dots, where a list element is selected by members of it:
 * `addr1`, `person.given`, `phones[primary=true].e164`, `products[sku="WASH-7",serial=null]`.
 */
export type NativePath = string;

/** Native values by path. A path that is absent in the record has `null` here, so that two field sets can be compared. */
export type Fields = Record<NativePath, Json>;

export interface Unreadable {
  /** Of an item, the path of its list and its member (`products.serial`): what an item is known by may be personal. */
  path: NativePath;
  /** Stable code of the failed step, such as `not-a-date`. */
  code: string;
  detail: string;
}

/** What a native record says about one attribute. */
export interface ReadAttribute {
  /**
   * The attribute's own paths, all of them present (`null` where the record has none). An item has one: its value is an object with
   * all mapped members of the element, or `null`.
   */
  fields: Fields;
  /** `null`: the record holds none. `undefined`: unreadable or unknown, so it asserts nothing. */
  value: Value | null | undefined;
  /** Of an item: how many further elements of its list are known by the same; absent where it is the only one. */
  repeats?: number;
}

export interface Reading {
  kind: CustomerKind;
  /** Every attribute of the lens that is not silent in this record. */
  attributes: Record<AttributeId, ReadAttribute>;
  /** The lists that this row told of in full: an item that is not among `attributes` is not on the list any more. */
  lists: readonly ItemListId[];
  unreadable: Unreadable[];
}

/** The envelope of a native record. `changedAt` is in milliseconds since 1970, UTC. */
export interface Envelope {
  key: string;
  version: number | null;
  changedAt: number | null;
  kind: CustomerKind;
}

/** A value as the system writes it; `fields` holds all paths of the attribute, `null` where it writes nothing. */
export type Written = { kind: 'written'; fields: Fields } | { kind: 'inexpressible'; code: string; detail: string };

/**
 * A compiled mapping: both directions between one system's native model and the canonical one. Compiled once, then pure
 * closures; the same lens serves events, loads, views, refresh and preview.
 */
export interface Lens {
  readonly system: string;
  readonly version: number;
  /** The canonical model that it reads into and writes from. */
  readonly model: Model;
  /** The attributes that this system can say, in the order of the document. */
  readonly attributes: readonly PlainAttributeId[];
  /** The lists whose items this system can say. */
  readonly lists: readonly ItemListId[];
  /** The native places that are compared: all paths of the attributes, and the lists, each as one. */
  readonly places: readonly NativePath[];
  /** Key, version, time and kind of a whole record, or why they cannot be read (then the record goes to the error log). */
  envelope(data: Json): { ok: true; envelope: Envelope } | { ok: false; unreadable: Unreadable[] };
  /** All attributes and items of a whole record whose envelope is readable. Never throws. */
  read(data: Json): Reading;
  /** The value as this system writes it. `null` writes the attribute empty. */
  write(attribute: AttributeId, kind: CustomerKind, value: Value | null): Written;
  /** What these fields of the attribute say, were a row to hold them; `undefined`: nothing that can be read. */
  meaning(attribute: AttributeId, kind: CustomerKind, fields: Fields): Value | null | undefined;
  /** Those of the attribute's paths at which these fields hold a word or a day that says that nobody knows. */
  silentPaths(attribute: AttributeId, kind: CustomerKind, fields: Fields): NativePath[];
  /** Whether two native values of a path of the attribute are two spellings of one, which no step tells apart. */
  isSpelledAlike(attribute: AttributeId, kind: CustomerKind, path: NativePath, one: Json, other: Json): boolean;
  /** The fields that make a row of another kind one of this kind. */
  turnInto(kind: CustomerKind): Fields;
  /**
   * The smallest update that makes `held` hold `wanted`: path to value, only paths that differ. A list element that `held` lacks
   * is made with the mapping's defaults; one whose mapped members all become `null` is removed (its own path set to null).
   * `held` null: a new record, so the fields that give it its kind are included.
   */
  patch(kind: CustomerKind, held: Fields | null, wanted: Fields): Fields;
  /** What the mapping declares lost: native detail of these paths when reading, canonical detail when writing. */
  loses(attribute: AttributeId, kind: CustomerKind): { onRead: readonly NativePath[]; onWrite: boolean };
}
