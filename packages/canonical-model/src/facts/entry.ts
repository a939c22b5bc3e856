import type { ByAttribute } from '../customer/by-attribute.ts';
import type { Fields, NativePath } from '../mapping/lens.ts';
import type { Json } from '../json.ts';

/** Who supplied a delivered value: the source record whose assertion won, and the decision that chose it, if one did. */
export interface Supplier {
  recordId: number;
  decisionId: number | null;
  /**
   * Of the entry that told the value, where a record did: once that is taken back, the delivery has replaced nothing. It tells too in which
   * life of the record that was. Absent in what was sent before it was kept.
   */
  position?: string;
}

/** A system was set back: it holds again what it held at `setBackTo`, and what it says from `restoredAt` on follows all else. */
export interface Epoch {
  /** In milliseconds since 1970, UTC; so is `restoredAt`. */
  setBackTo: number;
  restoredAt: number;
  /** The version that the row counts on from, where it is told from elsewhere than what was held at `setBackTo`. */
  version?: number;
}

/** When the hub accepted it: calls are numbered as they come, and each tells its lines in order. */
export interface Acceptance {
  call: number;
  line: number;
}

/**
 * Whose instant an entry's `at` is: the sender stated it; nobody did, so it is that of acceptance; or it is the instant that a load
 * shows.
 */
export type Timing = 'stated' | 'accepted' | 'loaded';

/** Its record was held for it: a person was asked what it means. */
export interface EntryHold {
  /** Held and thrown back it stands in its timeline and says nothing; let in it is as if it had never been held. */
  standing: 'held' | 'thrown-back' | 'let-in';
  /** Its record's count of versions begins anew with it: it and what is told from this instant on follow all that was told before. */
  restart?: number;
  /** Its row alone was set back then, and not its system. */
  epoch?: Epoch;
  /**
   * Whom it tells of (rule 21): the same person still, or somebody else since the first entry of the hold of this number, with which
   * another life of the record begins.
   */
  person?: { is: 'same' } | { is: 'other'; holdId: number };
}

interface EntryBase {
  /** The row's own version, where its system counts versions. */
  version: number | null;
  /** Where it stands in time, in milliseconds since 1970, UTC. */
  at: number;
  /** Absent where it was filed before that was kept, and where the hub itself speaks: stated. */
  timing?: Timing;
  /** Absent where it was filed before that was kept, and for offers. */
  acceptance?: Acceptance;
  /** Hash of the native content, as 32 hexadecimal digits: the last rung of the order and the test for exact duplicates. */
  content: string;
  /** When the hub filed it, in milliseconds since 1970, UTC. Absent where nobody asks. */
  filedAt?: number;
  /**
   * Its time is another one by now, since the mapping that dated it was taken back (rule 33): the position that it was filed under, which
   * is its name for good, and since when.
   */
  redated?: { filedAs: string; since: number };
  /** Names the event that told of it: the same one again, with the same content, tells nothing new. */
  eventId?: string | null;
  /** Absent where nobody was asked about it. */
  hold?: EntryHold;
  /**
   * A person took back what it says (rule 31): it still changes what is known to be held and the version, so that repeats are no news, and
   * asserts nothing. Of a row's end nothing is left but its version.
   */
  takenBack?: true;
}

/** A whole row: pushed by the system, or heard by reading it. */
export interface RowEntry extends EntryBase {
  kind: 'push' | 'heard';
  native: Json;
  /** Business time of what it says, where the row stands at another instant: at that of the load that showed it. */
  saidAt?: number | null;
}

/** A JSON merge patch (RFC 7386) that the system pushed: it says nothing of the members that it does not name. */
export interface PatchEntry extends EntryBase {
  kind: 'patch';
  native: Json;
}

/** What was added to numbers of the row, by path. It counts once for its event, and only above the version of a whole row. */
export interface IncrementEntry extends EntryBase {
  kind: 'increment';
  version: number;
  eventId: string;
  native: Record<NativePath, number>;
}

/** The system deleted the row. */
export interface DeleteEntry extends EntryBase {
  kind: 'delete';
  native: null;
}

/** What an offer carries for one attribute: all its fields as the system writes them, and who supplied the value. */
export interface Carried {
  fields: Fields;
  supplier: Supplier;
  /** The accepted change request that this answers: its receipt counts as the system's own assertion. */
  request?: number;
}

/** What the hub sent or served. An offer changes nothing by itself; it explains what comes back. */
export interface OfferEntry extends EntryBase {
  kind: 'offer';
  version: null;
  /** Position of the last entry known when the offer was rendered; null for a record that the offer itself is to make. */
  base: string | null;
  deliveryId: string | null;
  carried: ByAttribute<Carried>;
}

/** The target's answer to a delivery. */
export interface ReceiptEntry extends EntryBase {
  kind: 'receipt';
  deliveryId: string;
  /** The row as stored, when its version is one that the hub had not heard of; null when the delivery left the row as it was known. */
  native: Json | null;
  /** Fields that the target would not take: path to code. */
  refused: Record<string, string>;
}

export type Entry = RowEntry | PatchEntry | IncrementEntry | DeleteEntry | OfferEntry | ReceiptEntry;

/**
 * Nobody said when: this stands below every time that a row can state. It is an instant of its own, so that times are compared and stored
 * without a case for it.
 */
export const undatedAt = Date.parse('0001-01-01T00:00:00Z');

/** The time of what an entry says; null where its sender stated none. */
export function statedAt(entry: RowEntry | PatchEntry | IncrementEntry | DeleteEntry | ReceiptEntry): number | null {
  const saidAt = ('saidAt' in entry ? entry.saidAt : null) ?? null;
  return entry.timing === 'loaded' || saidAt !== null ? saidAt : entry.timing === 'accepted' ? null : entry.at;
}

/** Whether the one position stands before the other in the timeline of one record that was not set back between. */
export function isBefore(one: string, other: string): boolean {
  const [[version, at], [otherVersion, otherAt]] = [one, other].map((position) => position.split('.').map(Number)) as [
    number[],
    number[],
  ];
  const byVersion = version! - otherVersion!;
  // Where a system counts no versions there is a dash.
  return (Number.isNaN(byVersion) ? 0 : byVersion) < 0 || (!(byVersion > 0) && at! < otherAt!);
}

/** An entry's name within its record: equal exactly when version, time and content were equal when they were filed. */
export function positionOf(entry: Pick<Entry, 'version' | 'at' | 'content' | 'redated'>): string {
  return entry.redated?.filedAs ?? `${entry.version ?? '-'}.${entry.at}.${entry.content}`;
}
