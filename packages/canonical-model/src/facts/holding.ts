import type { Json } from '../json.ts';
import type { Unreadable } from '../mapping/lens.ts';
import type { RecordState } from './record-state.ts';
import { Unspoken } from './taken-back.ts';

/** What the system was known to hold at some place of the timeline. */
export interface Holding extends Pick<RecordState, 'headVersion' | 'wholeVersion' | 'held'> {
  row: Json;
  unreadable: readonly Unreadable[];
  unspoken: Unspoken;
}

export const nothingHeld: Holding = {
  row: null,
  unreadable: [],
  headVersion: null,
  wholeVersion: null,
  held: {},
  unspoken: new Unspoken(),
};
