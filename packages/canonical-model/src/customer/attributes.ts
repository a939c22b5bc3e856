import type { Json } from '../json.ts';

/** Persons and organisations never match each other, so the kind is a property of the record, not a value to survive. */
export type CustomerKind = 'person' | 'organization';
export const customerKinds = ['person', 'organization'] as const satisfies readonly CustomerKind[];

/** A canonical value: a string, or a group that survives whole (a name, an address). `null` stands for *cleared*. */
export type Value = Json;

/** An attribute that the canonical model declares. */
export type PlainAttributeId = string;
/** A list that the canonical model declares. */
export type ItemListId = string;
/** An item of a list is an attribute of its own: it is named by the list and the item’s key, as in `products:["WASH-7",null]`. */
export type ItemId = `${ItemListId}:${string}`;
export type AttributeId = string;

/** The list that an attribute id names an item of; null for a plain attribute. */
export function itemListOf(id: AttributeId): ItemListId | null {
  const at = id.indexOf(':');
  return at < 0 ? null : id.slice(0, at);
}
