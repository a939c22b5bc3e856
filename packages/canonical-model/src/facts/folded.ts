import type { Value } from '../customer/attributes.ts';
import type { ByAttribute } from '../customer/by-attribute.ts';
import type { Unreadable } from '../mapping/lens.ts';
import type { Words } from '../matching/change-of-person.ts';
import type { RecordState, ValueChange } from './record-state.ts';

/** What one source record's timeline amounts to. */
export interface Folded {
  state: RecordState;
  /** What it said when it was last sure whom it tells of: when it began, or when a person said that it is the same. */
  began: Words;
  /** Every distinct value that the record itself asserted since it last began: the evidence for matching. */
  said: ByAttribute<Value[]>;
  /** What cannot be read of the row as its system is known to hold it. */
  unreadable: readonly Unreadable[];
  /** Values that the record itself told in place of others, in the order of the timeline; nothing of what only grew. */
  changes: readonly ValueChange[];
}
