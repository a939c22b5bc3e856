import { canonicalJson, type Json } from '../json.ts';
import { itemListOf, type AttributeId, type ItemId } from './attributes.ts';
import type { ItemList, Model } from './model/model.ts';

/** The id of an item: its list and the members that it is known by, null where it has none. */
export function itemIdOf(
  { id, key }: Pick<ItemList, 'id' | 'key'>,
  item: { readonly [member: string]: Json | undefined },
): ItemId {
  return `${id}:${canonicalJson(key.map((member) => item[member] ?? null))}`;
}

/** The members that the item is known by, in the order of its list; null when the id is not one of an item. */
export function itemKeyOf(id: AttributeId, model: Model): Json[] | null {
  const list = itemListOf(id);
  const declared = list === null ? undefined : model.listOf(list);
  return declared ? keyIn(id, declared) : null;
}

/** The same, of an item of this list. */
export function keyIn(id: AttributeId, list: Pick<ItemList, 'id' | 'key'>): Json[] | null {
  const key = parsed(id.slice(list.id.length + 1));
  return Array.isArray(key) && key.length === list.key.length ? key : null;
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return null;
  }
}
