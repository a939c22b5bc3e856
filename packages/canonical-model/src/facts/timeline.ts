import { byText } from './by-text.ts';
import {
  positionOf,
  type DeleteEntry,
  type Entry,
  type Epoch,
  type IncrementEntry,
  type OfferEntry,
  type PatchEntry,
  type ReceiptEntry,
  type RowEntry,
} from './entry.ts';

/** An entry that tells of a whole row: pushed, heard, or left by a delivery. */
export type WholeEntry = RowEntry | (ReceiptEntry & { native: NonNullable<ReceiptEntry['native']> });
/** An entry that tells of a part of a row. */
export type PartEntry = PatchEntry | IncrementEntry;
/** An entry that tells what the system holds. */
export type Telling = WholeEntry | PartEntry | DeleteEntry;

export function isWhole(entry: Entry): entry is WholeEntry {
  return entry.kind === 'push' || entry.kind === 'heard' || (entry.kind === 'receipt' && entry.native !== null);
}

export function isPart(entry: Entry): entry is PartEntry {
  return entry.kind === 'patch' || entry.kind === 'increment';
}

export function isTelling(entry: Entry): entry is Telling {
  return entry.kind === 'delete' || isPart(entry) || isWhole(entry);
}

/** How often the system had been set back when it said this: 0 before the first time. */
export function epochOf(epochs: readonly Epoch[], at: number): number {
  return epochs.filter((epoch) => epoch.restoredAt <= at).length;
}

function byInstant(a: Entry, b: Entry): number {
  return a.at - b.at || byText(a.content, b.content);
}

/** At one version what was told in part comes first, then the whole row, which has the last word, and its end last. */
function rung(entry: Telling): number {
  return entry.kind === 'delete' ? 2 : isWhole(entry) ? 1 : 0;
}

/** The one order of a record's entries, whatever order they arrived in. */
export class Order {
  private readonly epochs: readonly Epoch[];

  constructor(epochs: readonly Epoch[]) {
    this.epochs = epochs;
  }

  /**
   * By (epoch, version, time, content hash). An entry without a version stands by its instant after the last versioned one not later than
   * it. An offer stands right after its base, but not before a restore that it came after, and a receipt that made no version right after
   * its offer.
   */
  of(entries: readonly Entry[]): readonly Entry[] {
    // Most timelines begin with a row, and many never get further.
    if (entries.length === 1 && isTelling(entries[0]!)) return entries;
    const once = [...new Map(entries.map((entry) => [nameOf(entry), entry])).values()];
    const telling = this.telling(once);
    const offers = once.filter((entry): entry is OfferEntry => entry.kind === 'offer').sort(byInstant);
    const bare = once
      .filter((entry): entry is ReceiptEntry => entry.kind === 'receipt' && entry.native === null)
      .sort(byInstant);

    const places = this.places(once, telling);
    const slots: Entry[][] = Array.from({ length: telling.length + 1 }, () => []);
    for (const offer of offers) {
      const byTime = () => telling.findLastIndex((entry) => entry.at <= offer.at) + 1;
      const afterBase = offer.base === null ? 0 : (places.get(offer.base) ?? byTime());
      // Made after a restore it speaks to what the system holds since, though its base was told before.
      const place = Math.max(afterBase, this.toldBefore(telling, epochOf(this.epochs, offer.at)));
      slots[place]!.push(offer, ...bare.filter((receipt) => receipt.deliveryId === offer.deliveryId));
    }
    return slots.flatMap((slot, index) => (index === 0 ? slot : [telling[index - 1]!, ...slot]));
  }

  private telling(entries: readonly Entry[]): Telling[] {
    const parts = onceByEvent(entries.filter(isPart));
    const ends = entries.filter((entry) => entry.kind === 'delete');
    const kept = [...this.wholes(entries.filter(isWhole)), ...parts, ...ends];
    const versioned = kept.filter((entry) => entry.version !== null).sort((a, b) => this.byVersion(a, b));
    const unversioned = kept
      .filter((entry) => entry.version === null)
      .sort((a, b) => a.at - b.at || rung(a) - rung(b) || byText(a.content, b.content));
    if (unversioned.length === 0) return versioned;

    const slots: Telling[][] = Array.from({ length: versioned.length + 1 }, () => []);
    for (const entry of unversioned) {
      const after = versioned.findLastIndex((other) => other.at <= entry.at);
      slots[after + 1]!.push(entry);
    }
    return slots.flatMap((slot, index) => (index === 0 ? slot : [versioned[index - 1]!, ...slot]));
  }

  /** Where each entry stands, counted from 1; one that gave way to another of its version stands where that one does. */
  private places(all: readonly Entry[], kept: readonly Telling[]): Map<string, number | undefined> {
    const byVersion = new Map(kept.map((entry, index) => [this.placeOf(entry), index + 1]));
    return new Map([
      ...all.map((entry) => [positionOf(entry), byVersion.get(this.placeOf(entry))] as const),
      ...kept.map((entry, index) => [positionOf(entry), index + 1] as const),
    ]);
  }

  /** One whole row for each version: of two with other content the greater hash counts. */
  private wholes(entries: readonly WholeEntry[]): WholeEntry[] {
    const byPlace = new Map<string, WholeEntry>();
    for (const entry of entries) {
      const place = this.placeOf(entry);
      const rival = byPlace.get(place);
      if (!rival || outranks(entry, rival)) byPlace.set(place, entry);
    }
    return [...byPlace.values()];
  }

  /** How many entries tell of earlier epochs. */
  private toldBefore(telling: readonly Telling[], epoch: number): number {
    return telling.findLastIndex((entry) => this.epoch(entry) < epoch) + 1;
  }

  private byVersion(a: Telling, b: Telling): number {
    return (
      this.epoch(a) - this.epoch(b) ||
      (a.version ?? 0) - (b.version ?? 0) ||
      rung(a) - rung(b) ||
      a.at - b.at ||
      byText(a.content, b.content)
    );
  }

  private placeOf(entry: Entry): string {
    return entry.version === null ? positionOf(entry) : `${this.epoch(entry)}.${entry.version}`;
  }

  private epoch(entry: Entry): number {
    return epochOf(this.epochs, entry.at);
  }
}

/** The same entry may have arrived twice, and a row both from its system and in the answer to a delivery. */
function nameOf(entry: Entry): string {
  return `${entry.kind} ${deliveryOf(entry)} ${positionOf(entry)}`;
}

function deliveryOf(entry: Entry): string {
  return 'deliveryId' in entry ? (entry.deliveryId ?? '') : '';
}

/** A receipt explains the very row that an echo repeats, so it goes first. */
function outranks(entry: WholeEntry, rival: WholeEntry): boolean {
  const higher =
    byText(entry.content, rival.content) || entry.at - rival.at || byText(deliveryOf(entry), deliveryOf(rival));
  return higher > 0;
}

/** An event may come again, also with another content: it counts once. */
function onceByEvent(parts: readonly PartEntry[]): PartEntry[] {
  const first = new Map<string, PartEntry>();
  for (const part of parts) {
    const event = part.kind === 'increment' ? part.eventId : positionOf(part);
    const rival = first.get(event);
    if (!rival || byText(positionOf(part), positionOf(rival)) < 0) first.set(event, part);
  }
  return [...first.values()];
}
