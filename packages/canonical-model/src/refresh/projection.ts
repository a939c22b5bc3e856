import { holdsSame } from '../facts/record-state.ts';
import type { Json } from '../json.ts';
import type { Lens } from '../mapping/lens.ts';
import { tellsAll } from './listing.ts';

/**
 * Whether two rows of a system are equal by its projection (rule 32): both readable, of one kind, and at every place that the mapping
 * names of one meaning. Places that it does not name, the order of members and of listed items, and the ways to write nothing (`null`,
 * absent, empty text, empty list) are no difference; what cannot be read is equal only to its very spelling.
 */
export function isEquivalent(lens: Lens, one: Json, other: Json): boolean {
  if (!lens.envelope(one).ok || !lens.envelope(other).ok) return false;
  const [a, b] = [lens.read(one), lens.read(other)];
  const [heldA, heldB] = [
    { kind: a.kind, held: a.attributes },
    { kind: b.kind, held: b.attributes },
  ];
  return holdsSame(b, heldA, lens) && holdsSame(a, heldB, lens) && tellsAll(b, heldA.held) && tellsAll(a, heldB.held);
}
