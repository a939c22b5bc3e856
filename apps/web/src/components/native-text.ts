import type { OwnRecord } from '@cinch/api-contract';

type Json = OwnRecord['holds'][string];

/** A value of a system's own model on one line; values that are equal read the same, however their members are ordered. */
export function nativeText(value: Json): string {
  if (value === null) return 'nothing';
  if (typeof value === 'string') return value === '' ? 'an empty text' : value;
  return JSON.stringify(value, (_, part: Json) => (isGroup(part) ? inOrder(part) : part));
}

function isGroup(value: Json): value is { [member: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function inOrder(group: { [member: string]: Json }): { [member: string]: Json } {
  return Object.fromEntries(Object.entries(group).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export function nativeFields(fields: OwnRecord['holds']): string {
  return Object.entries(fields)
    .map(([path, value]) => `${path}: ${nativeText(value)}`)
    .join(' · ');
}
