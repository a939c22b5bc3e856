import type { Json, RefusedField, RowData } from '@cinch/system-adapter';
import { asObject } from './as-object.ts';
import type { ItemList } from './list-rules.ts';

/** The members that an item always has, in the order in which they are shown and sent. */
export const itemMembers = {
  products: ['sku', 'name', 'purchasedAt', 'serial'],
  rights: ['code', 'scope', 'validFrom', 'validTo', 'status'],
} as const satisfies Record<ItemList, readonly string[]>;

/** What an item is known by within its list. The first of the two must be there. */
export const itemKeys = {
  products: ['sku', 'serial'],
  rights: ['code', 'scope'],
} as const satisfies Record<ItemList, readonly [string, string]>;

export function settledItems(list: ItemList, written: Json | undefined): Json {
  const empty = Object.fromEntries(itemMembers[list].map((member) => [member, null]));
  return itemsOf(written).map((item) => ({ ...empty, ...item }));
}

/** What keeps items from being told apart. */
export function itemFaults(list: ItemList, data: RowData): RefusedField[] {
  const [name, within] = itemKeys[list];
  const items = itemsOf(data[list]);
  if (items.some((item) => !item[name])) {
    return [{ path: list, code: 'code-required', detail: `Each of the ${list} must have a ${name}.` }];
  }
  const keys = items.map((item) => JSON.stringify([item[name], item[within]]));
  if (new Set(keys).size === keys.length) return [];
  const detail = `No two of the ${list} may have the same ${name} and ${within}.`;
  return [{ path: list, code: 'item-twice', detail }];
}

export function itemsOf(list: Json | undefined): RowData[] {
  return (Array.isArray(list) ? list : []).map(asObject);
}
