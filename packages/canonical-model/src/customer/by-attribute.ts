import type { AttributeId } from './attributes.ts';

/** Something for each of some attributes. */
export type ByAttribute<T> = Record<AttributeId, T>;

/** The attributes that are there, each with what is there for it. */
export function entriesOf<T>(byAttribute: ByAttribute<T>): [AttributeId, T][] {
  return Object.entries(byAttribute) as [AttributeId, T][];
}
