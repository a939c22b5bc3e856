import type { CustomerKind } from '../customer/attributes.ts';
import { entriesOf } from '../customer/by-attribute.ts';
import { canonicalJson, type Json } from '../json.ts';
import type { Lens } from '../mapping/lens.ts';
import type { DeleteEntry, Entry, Epoch, IncrementEntry, PatchEntry, RowEntry } from './entry.ts';
import { foldTimeline } from './fold.ts';
import { startOf, withRestarts } from './restarts.ts';
import { epochOf, isTelling, Order, type Telling } from './timeline.ts';

/**
 * Why a system may have been set back without a word (rule 7). `row-differs`: two whole rows were pushed at one version and read otherwise.
 * `changed-later`: other content whose own time is later, at a version that is not above. `event-differs`: a version's increment under
 * another event. `read-below`: the row was read below the version that was known.
 */
export const suspicionCodes = ['row-differs', 'changed-later', 'event-differs', 'read-below'] as const;
export type SuspicionCode = (typeof suspicionCodes)[number];

export interface Suspicion {
  code: SuspicionCode;
  /** The highest version that was known. */
  known: number;
  /** The instant from which its system may count anew: that of the entry, where its own time shows that it came after all else. */
  since: number;
}

/** What a system pushes: an entry of one of these kinds. */
export type Pushed = RowEntry | PatchEntry | IncrementEntry | DeleteEntry;

interface Reading {
  lens: Lens;
  kind: CustomerKind;
  epochs: readonly Epoch[];
}

/** So far may two clocks be apart by which versions of one row were changed. */
const clocksApartMs = 5 * 60 * 1000;

/** Why the system that pushed this may have been set back; null where it is ordinary: new, late, a repeat, a re-stamp. */
export function suspicionOf(entry: Pushed, before: readonly Entry[], by: Reading): Suspicion | null {
  const { version } = entry;
  if (version === null || entry.kind === 'heard') return null;
  const epochs = withRestarts(by.epochs, before);
  const epoch = epochOf(epochs, entry.at);
  const told = new Order(epochs)
    .of(before)
    .filter((one): one is Telling => isTelling(one) && epochOf(epochs, startOf(one)) === epoch);
  // The right row of a version whose wrong one was taken back is no question.
  const standing = told.filter((one) => !one.takenBack);
  const head = standing.findLast((one) => one.version !== null);
  if (!head || version > head.version! || told.some((one) => isSame(entry, one, by.lens))) return null;
  const rivals = standing.filter((one) => one.version === version && one.kind === entry.kind);
  const code =
    codeOf(entry, rivals) ?? (isOutOfTime(entry, standing) && isNew(entry, before, head, by) ? 'changed-later' : null);
  const last = Math.max(...told.map(startOf));
  return code && { code, known: head.version!, since: Math.max(entry.at, last + 1) };
}

/** The highest version that was told since the record's system counts as it does now; null where none was. */
export function versionToldBefore(before: readonly Entry[], epochs: readonly Epoch[]): number | null {
  const all = withRestarts(epochs, before);
  const versions = before.flatMap((one) => {
    const isTold = isTelling(one) && one.hold?.standing !== 'held' && epochOf(all, startOf(one)) === all.length;
    return isTold && one.version !== null ? [one.version] : [];
  });
  return versions.length === 0 ? null : Math.max(...versions);
}

function codeOf(entry: Pushed, rivals: readonly Telling[]): SuspicionCode | null {
  if (rivals.length === 0) return null;
  if (entry.kind === 'push') return 'row-differs';
  return entry.kind === 'increment' ? 'event-differs' : null;
}

/** The same was told at this version, or by this event. */
function isSame(entry: Pushed, told: Telling, lens: Lens): boolean {
  if (entry.kind === 'increment') return told.kind === 'increment' && told.eventId === entry.eventId;
  if (told.version !== entry.version || told.kind !== entry.kind) return false;
  if (told.content === entry.content) return true;
  return entry.kind === 'push' && reads(lens, entry.native) === reads(lens, told.native);
}

/**
 * Something was told at its version or above that its own time says is older, or at its very version that is younger: also where what came
 * after it was told before it.
 */
function isOutOfTime(entry: Pushed, told: readonly Telling[]): boolean {
  if (!isStated(entry)) return false;
  return told.some((one) => {
    if (one.version === null || one.version < entry.version!) return false;
    if (entry.at > one.at + clocksApartMs) return true;
    return one.version === entry.version && isStated(one) && one.at > entry.at + clocksApartMs;
  });
}

function isStated({ timing = 'stated' }: Telling): boolean {
  return timing === 'stated';
}

/** Whether it would change what is known to be held if it came after all that was told. */
function isNew(entry: Pushed, before: readonly Entry[], head: Telling, { lens, kind, epochs }: Reading): boolean {
  const held = (entries: readonly Entry[]) => {
    const { state } = foldTimeline(entries, lens, kind, epochs);
    return canonicalJson([state.kind, Object.fromEntries(entriesOf(state.held).map(([id, one]) => [id, one.fields]))]);
  };
  return held([...before, { ...entry, version: head.version! + 1 }]) !== held(before);
}

function reads(lens: Lens, native: Json): string {
  const { kind, attributes, lists } = lens.read(native);
  const fields = entriesOf(attributes).map(([id, read]) => [id, read.fields]);
  return canonicalJson([kind, Object.fromEntries(fields), [...lists]]);
}
