import { positionOf, type Entry, type ReceiptEntry, type RowEntry } from './entry.ts';

/** An entry that tells what the system holds: a pushed or heard row, or the row that a delivery left. */
type Telling = RowEntry | (ReceiptEntry & { native: NonNullable<ReceiptEntry['native']> });

function tells(entry: Entry): entry is Telling {
  return entry.kind !== 'offer' && entry.native !== null;
}

const text = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function byVersion(a: Telling, b: Telling): number {
  return a.epoch - b.epoch || (a.version ?? 0) - (b.version ?? 0) || a.at - b.at || text(a.content, b.content);
}

function byInstant(a: Entry, b: Entry): number {
  return a.epoch - b.epoch || a.at - b.at || text(a.content, b.content);
}

/**
 * Whole rows in order, one for each version: of two with other content the greater hash counts, and a receipt explains the very
 * row that an echo repeats. A row without a version stands by its instant after the last versioned one not later than it.
 */
function orderTelling(entries: readonly Telling[]): Telling[] {
  const byPlace = new Map<string, Telling>();
  for (const entry of entries) {
    const place = entry.version === null ? positionOf(entry) : `${entry.epoch}.${entry.version}`;
    const rival = byPlace.get(place);
    if (!rival || outranks(entry, rival)) byPlace.set(place, entry);
  }
  const kept = [...byPlace.values()];
  const versioned = kept.filter((entry) => entry.version !== null).sort(byVersion);
  const unversioned = kept.filter((entry) => entry.version === null).sort(byInstant);
  if (unversioned.length === 0) return versioned;

  const slots: Telling[][] = Array.from({ length: versioned.length + 1 }, () => []);
  for (const entry of unversioned) {
    const after = versioned.findLastIndex(
      (other) => other.epoch < entry.epoch || (other.epoch === entry.epoch && other.at <= entry.at),
    );
    slots[after + 1]!.push(entry);
  }
  return slots.flatMap((slot, index) => (index === 0 ? slot : [versioned[index - 1]!, ...slot]));
}

function outranks(entry: Telling, rival: Telling): boolean {
  if (entry.content !== rival.content) return entry.content > rival.content;
  if (entry.at !== rival.at) return entry.at > rival.at;
  if (entry.kind !== 'receipt') return false;
  return rival.kind !== 'receipt' || entry.deliveryId > rival.deliveryId;
}

/**
 * The one order of a record's entries, whatever order they arrived in: by (epoch, version, time, content hash). An offer stands
 * right after its base, and a receipt that made no version right after its offer.
 */
export function orderTimeline(entries: readonly Entry[]): Entry[] {
  const rows = orderTelling(entries.filter(tells));
  const once = new Map(entries.map((entry) => [`${entry.kind} ${positionOf(entry)}`, entry]));
  const offers = [...once.values()].filter((entry) => entry.kind === 'offer').sort(byInstant);
  const bare = [...once.values()]
    .filter((entry): entry is ReceiptEntry => entry.kind === 'receipt' && entry.native === null)
    .sort(byInstant);

  const places = new Map(rows.map((row, index) => [positionOf(row), index + 1]));
  const slots: Entry[][] = Array.from({ length: rows.length + 1 }, () => []);
  for (const offer of offers) {
    const place =
      offer.base === null ? 0 : (places.get(offer.base) ?? rows.findLastIndex((row) => row.at <= offer.at) + 1);
    slots[place]!.push(offer, ...bare.filter((receipt) => receipt.deliveryId === offer.deliveryId));
  }
  return slots.flatMap((slot, index) => (index === 0 ? slot : [rows[index - 1]!, ...slot]));
}
