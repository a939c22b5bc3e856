import {
  attributeOf,
  attributes,
  canonicalJson,
  itemIdOf,
  itemKeyOf,
  itemLists,
  itemListOf,
  plainAttributeIds,
  type AttributeId,
  type Json,
  type Value,
} from '@cinch/canonical-model';
import { ProblemError } from '../platform/problem-error.ts';

/** What readers call the attribute, or the list that an item is on. */
export function labelOf(attribute: AttributeId): string {
  return attributeOf(attribute).label;
}

/** What a brake names, for a reader: an attribute, a list, or a place of the system that no attribute names. */
export function withLabel<Reason extends { attribute?: string }>(reason: Reason): Reason & { label?: string } {
  const { attribute } = reason;
  return attribute === undefined ? reason : { ...reason, label: labelOfPlace(attribute) };
}

export function labelOfPlace(place: string): string {
  return labels[place]?.label ?? place;
}

const labels: Record<string, { label: string }> = { ...attributes, ...itemLists };

/** The attribute that a caller names. */
export function attributeNamed(text: string): AttributeId {
  const id = text as AttributeId;
  if (plainAttributeIds.some((one) => one === id)) return id;
  const key = itemKeyOf(id);
  if (key !== null && id === `${itemListOf(id)}:${canonicalJson(key)}`) return id;
  const lists = Object.entries(itemLists).map(([list, { key: members }]) => `${list}:[${members.join(', ')}]`);
  throw new ProblemError(
    'invalid-request',
    `There is no such attribute; there are ${plainAttributeIds.join(', ')}, and items by their key: ${lists.join(', ')}.`,
  );
}

/** A value of an item must be of the very item that its id names. */
export function mustBeOfItsItem(attribute: AttributeId, value: Value | null): void {
  const list = itemListOf(attribute);
  if (list === null || value === null) return;
  const item = typeof value === 'object' && !Array.isArray(value) ? value : ({} as { [member: string]: Json });
  if (itemIdOf(list, item) === attribute) return;
  const members = itemLists[list].key.join(' and ');
  throw new ProblemError(
    'invalid-request',
    `The value is of another item: its ${members} must be those of ${attribute}.`,
  );
}
