import type { CustomerKind } from '../customer/attributes.ts';
import type { Weighed } from './features.ts';
import type { MatchModel } from './model.ts';
import { isOneEdit, likeness } from './similar.ts';

/** The name under which traits stand together of which a model says nothing. */
export const otherTraits = 'other';

/** How two values of a trait go together, the worst first. */
export const traitLevels = ['different', 'similar', 'same'] as const;
export type TraitLevel = (typeof traitLevels)[number];

/** The traits that a model weighs, in the order in which they are compared. */
export function traitsOf(model: MatchModel, kind: CustomerKind): string[] {
  return Object.keys(model[kind].traits ?? {}).sort();
}

/** Place in the ladder of a trait. */
export function traitLevel({ text: a }: Weighed, { text: b }: Weighed): number {
  if (a === b) return 2;
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  // A letter stands for the word: f and female.
  if (short.length === 1) return long.startsWith(short) ? 2 : 0;
  if (short.length < 4) return 0;
  return isOneEdit(short, long) || likeness(a, b) >= 0.88 || isWithin(short, long) ? 1 : 0;
}

/** All words of the one are words of the other. */
function isWithin(short: string, long: string): boolean {
  const words = long.split(' ');
  return short.split(' ').every((word) => words.includes(word));
}
