import {
  canonicalJson,
  itemIdOf,
  itemKeyOf,
  itemListOf,
  type AttributeId,
  type Json,
  type Model,
  type Value,
} from '@cinch/canonical-model';
import { masked } from '@cinch/api-contract';
import { ProblemError } from '../platform/problem-error.ts';

/** What a brake names, for a reader: an attribute, a list, or a place of the system that no attribute names. */
export function withLabel<Reason extends { attribute?: string }>(
  reason: Reason,
  model: Model,
): Reason & { label?: string } {
  const { attribute } = reason;
  return attribute === undefined ? reason : { ...reason, label: model.labelOf(attribute) };
}

/** Attributes as the model has them, then items by list and key. */
export function inOrder<Of>(known: Iterable<readonly [AttributeId, Of]>, model: Model): [AttributeId, Of][] {
  const byId = new Map(known);
  const plain = model.plainIds.flatMap((id) => (byId.has(id) ? [[id, byId.get(id)!] as [AttributeId, Of]] : []));
  const items = [...byId].filter(([attribute]) => itemListOf(attribute) !== null);
  return [...plain, ...items.sort(([a], [b]) => (a < b ? -1 : 1))];
}

/** The attribute that a caller names. */
export function attributeNamed(id: string, model: Model): AttributeId {
  if (model.plainIds.includes(id)) return id;
  const key = itemKeyOf(id, model);
  if (key !== null && model.isInForce(id) && id === `${itemListOf(id)}:${canonicalJson(key)}`) return id;
  const lists = model.listIds.map((list) => `${list}:[${model.listOf(list)!.key.join(', ')}]`);
  throw new ProblemError(
    'invalid-request',
    `There is no such attribute; there are ${model.plainIds.join(', ')}, and items by their key: ${lists.join(', ')}.`,
  );
}

/** Whoever reads a value masked may send it back by mistake. */
export function mustBeNoMask(attribute: AttributeId, value: Value | null): void {
  if (!`${attribute} ${canonicalJson(value)}`.includes(masked)) return;
  const detail = `${masked} stands for a value that is masked, and is none: reveal it, or name the value itself.`;
  throw new ProblemError('invalid-request', detail);
}

/** A value of an item must be of the very item that its id names. */
export function mustBeOfItsItem(attribute: AttributeId, value: Value | null, model: Model): void {
  const list = model.listOf(itemListOf(attribute) ?? '');
  if (!list || value === null) return;
  const item = typeof value === 'object' && !Array.isArray(value) ? value : ({} as { [member: string]: Json });
  if (itemIdOf(list, item) === attribute) return;
  const members = list.key.join(' and ');
  throw new ProblemError(
    'invalid-request',
    `The value is of another item: its ${members} must be those of ${attribute}.`,
  );
}
