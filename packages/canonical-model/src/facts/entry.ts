import type { ByAttribute } from '../customer/by-attribute.ts';
import type { Fields, NativePath } from '../mapping/lens.ts';
import type { Json } from '../json.ts';

/** Who supplied a delivered value: the source record whose assertion won, and the decision that chose it, if one did. */
export interface Supplier {
  recordId: number;
  decisionId: number | null;
}

/** A system was set back: it holds again what it held at `setBackTo`, and what it says from `restoredAt` on follows all else. */
export interface Epoch {
  /** In milliseconds since 1970, UTC; so is `restoredAt`. */
  setBackTo: number;
  restoredAt: number;
}

interface EntryBase {
  /** The row's own version, where its system counts versions. */
  version: number | null;
  /** Business time of the entry, in milliseconds since 1970, UTC. */
  at: number;
  /** Hash of the native content, as 32 hexadecimal digits: the last rung of the order and the test for exact duplicates. */
  content: string;
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

/** An entry's name within its record: equal exactly when version, time and content are equal. */
export function positionOf(entry: Pick<Entry, 'version' | 'at' | 'content'>): string {
  return `${entry.version ?? '-'}.${entry.at}.${entry.content}`;
}
