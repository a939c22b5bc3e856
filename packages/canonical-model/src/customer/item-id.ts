import { canonicalJson, type Json } from '../json.ts';
import { itemLists, itemListOf, type AttributeId, type ItemId, type ItemListId } from './attributes.ts';

/** The id of an item: its list and the members that it is known by, null where it has none. */
export function itemIdOf(list: ItemListId, item: { readonly [member: string]: Json | undefined }): ItemId {
  return `${list}:${canonicalJson(itemLists[list].key.map((member) => item[member] ?? null))}`;
}

/** The members that the item is known by, in the order of its list; null when the id is not one of an item. */
export function itemKeyOf(id: AttributeId): Json[] | null {
  const list = itemListOf(id);
  if (list === null || !Object.hasOwn(itemLists, list)) return null;
  const key = parsed(id.slice(list.length + 1));
  return Array.isArray(key) && key.length === itemLists[list].key.length ? key : null;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
