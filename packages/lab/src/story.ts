import { arms, type ArmId } from './arms/arms.ts';
import type { Cell } from './cells.ts';
import type { Log } from './meant.ts';
import type { Note } from './note.ts';
import { playOn } from './play.ts';
import { other, writtenBy, type Pair } from './pair.ts';
import { dayMs, type Setting } from './setting.ts';
import { Stage } from './stage.ts';
import type { Fields, Json } from '@cinch/canonical-model';

/** How one cell came to hold what it holds. */
export interface Story {
  /** What should be there on that day, and what is, as the system writes it. */
  due: Fields | null;
  held: Fields | null;
  notes: Note[];
  /** The line of the mapping by which the last message about it was written here, and that by which it was read. */
  written: MappingLine | null;
  read: MappingLine | null;
}

interface MappingLine {
  system: string;
  /** Counted from 1, as the mapping lists its attributes. */
  line: number;
  entry: Json;
}

/** Plays the arm once more, up to the end of the day, and writes down what happens to the one customer. */
export function storyOf(pair: Pair, setting: Setting, log: Log, arm: ArmId, cell: Cell, day: number): Story {
  const { customer, side, attribute } = cell;
  const stage = new Stage(pair, { ...setting, days: day }, arm);
  stage.watched = { customer, notes: [] };
  const entries = log.entries.filter(({ at }) => at < (day + 1) * dayMs);
  playOn(stage, { ...log, entries }, arm, arms[arm].make);
  const meant = stage.truth.customers[customer];
  const value = meant?.values[attribute];
  const kind = meant?.kind ?? 'person';
  return {
    due: !meant?.isIn[side] || value === undefined ? null : writtenBy(pair.lenses[side], attribute, kind, value),
    held: stage.sites[side].rows[customer]?.fields[attribute] ?? null,
    notes: stage.watched.notes.filter((note) => note.attribute === null || note.attribute === attribute),
    written: lineOf(pair, side, attribute, kind),
    read: lineOf(pair, other(side), attribute, kind),
  };
}

function lineOf(pair: Pair, side: 0 | 1, attribute: string, kind: 'person' | 'organization'): MappingLine | null {
  const { system, attributes } = pair.documents[side];
  const line = attributes.findIndex((entry) => entry.attribute === attribute && entry.kinds.includes(kind));
  return line < 0 ? null : { system, line: line + 1, entry: attributes[line] as unknown as Json };
}
