import {
  foldTimeline,
  positionOf,
  type CustomerKind,
  type Entry,
  type Epoch,
  type Folded,
  type Json,
  type Lens,
  type RowEntry,
} from '@cinch/canonical-model';
import { contentHash } from '../../platform/content-hash.ts';

/** What was worked out of one row: pure, so it holds as long as the row is at hand. */
interface Known {
  lens: Lens;
  reading?: ReturnType<Lens['read']>;
  envelope?: ReturnType<Lens['envelope']>;
  content?: string;
  begun?: { name: string; folded: Folded };
}

/** One for all: a second table of what is remembered would cost each round of the garbage collector once more. */
const known = new WeakMap<object, Known>();
const remembering = new WeakMap<Lens, Lens>();

/** The lens by which each row is read once, however many steps look at it and whichever looks first. */
export function readOnce(lens: Lens): Lens {
  const made = remembering.get(lens);
  if (made) return made;
  const once: Lens = {
    ...lens,
    read: (data) => (isRow(data) ? (knownOf(data, once).reading ??= lens.read(data)) : lens.read(data)),
    envelope: (data) => (isRow(data) ? (knownOf(data, once).envelope ??= lens.envelope(data)) : lens.envelope(data)),
  };
  remembering.set(lens, once);
  return once;
}

/** The content hash of a row that this lens, made by `readOnce`, reads. */
export function contentOnce(data: Json, lens: Lens): string {
  return isRow(data) ? (knownOf(data, lens).content ??= contentHash(data)) : contentHash(data);
}

/** What a timeline amounts to that begins with this row and has got no further. */
export function foldOnce(entry: RowEntry, lens: Lens, kind: CustomerKind, epochs: readonly Epoch[]): Folded {
  if (!isRow(entry.native)) return foldTimeline([entry], lens, kind, epochs);
  const of = knownOf(entry.native, lens);
  const name = `${entry.kind} ${entry.timing} ${entry.saidAt ?? ''} ${positionOf(entry)} ${epochs.length}`;
  if (of.begun?.name !== name) of.begun = { name, folded: foldTimeline([entry], lens, kind, epochs) };
  return of.begun.folded;
}

/** The one row that a timeline begins with; null where there is more to fold. */
export function soleRow(entries: readonly Entry[]): RowEntry | null {
  const [entry] = entries;
  const isRow = entry?.kind === 'push' || entry?.kind === 'heard';
  return entries.length === 1 && isRow && !entry.hold ? entry : null;
}

function knownOf(data: object, lens: Lens): Known {
  let of = known.get(data);
  // By another mapping it reads otherwise.
  if (of?.lens !== lens) known.set(data, (of = { lens }));
  return of;
}

function isRow(data: Json): data is Exclude<Json, string | number | boolean | null> {
  return data !== null && typeof data === 'object';
}
