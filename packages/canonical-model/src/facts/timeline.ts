import { byText } from './by-text.ts';
import {
  positionOf,
  statedAt,
  type DeleteEntry,
  type Entry,
  type Epoch,
  type IncrementEntry,
  type OfferEntry,
  type PatchEntry,
  type ReceiptEntry,
  type RowEntry,
} from './entry.ts';
import { counts, startOf } from './restarts.ts';

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

/** The earlier accepted first; of what was filed before that was kept nothing is known. */
function byAcceptance({ acceptance: a }: Entry, { acceptance: b }: Entry): number {
  return (a?.call ?? 0) - (b?.call ?? 0) || (a?.line ?? 0) - (b?.line ?? 0);
}

/** What counts first, before what was taken back. */
function byStanding(a: Entry, b: Entry): number {
  return Number(a.takenBack ?? false) - Number(b.takenBack ?? false);
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
   * By (epoch, version, time, acceptance), and where none of them tells by content hash. An entry without a version stands by its instant
   * after the last versioned one not later than it. An offer stands right after its base, but not before a restore that it came after, and
   * a receipt that made no version right after its offer. What is held or was thrown back stands nowhere in it.
   */
  of(all: readonly Entry[]): readonly Entry[] {
    const entries = all.every(counts) ? all : all.filter(counts);
    // Most timelines begin with a row, and many never get further.
    if (entries.length === 1 && isTelling(entries[0]!)) return entries;
    const once = onceOfEach(entries, onceEachStatement);
    const telling = this.telling(once);
    const offers = once.filter((entry): entry is OfferEntry => entry.kind === 'offer').sort(byInstant);
    const bare = once
      .filter((entry): entry is ReceiptEntry => entry.kind === 'receipt' && entry.native === null)
      .sort(byInstant);

    const places = this.places(entries, telling);
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
    const instants = instantsOf(entries);
    const at = (entry: Telling) => instants.get(entry) ?? entry.at;
    const parts = this.onceEach(entries.filter((entry) => isPart(entry) || entry.kind === 'delete'));
    const wholes = onceOfEach(entries.filter(isWhole), (some) => this.wholes(some, at));
    const kept = [...wholes, ...parts];
    const versioned = kept
      .filter((entry) => entry.version !== null)
      .sort((a, b) => this.byVersion(a, b) || at(a) - at(b) || byAcceptance(a, b) || byText(a.content, b.content));
    const unversioned = kept
      .filter((entry) => entry.version === null)
      .sort(
        (a, b) =>
          at(a) - at(b) ||
          withinLoad(a, at) - withinLoad(b, at) ||
          byAcceptance(a, b) ||
          rung(a) - rung(b) ||
          byText(a.content, b.content),
      );
    if (unversioned.length === 0) return versioned;

    const slots: Telling[][] = Array.from({ length: versioned.length + 1 }, () => []);
    for (const entry of unversioned) {
      const isBefore = (other: Telling) => (at(other) - at(entry) || byAcceptance(other, entry)) <= 0;
      slots[versioned.findLastIndex(isBefore) + 1]!.push(entry);
    }
    return slots.flatMap((slot, index) => (index === 0 ? slot : [versioned[index - 1]!, ...slot]));
  }

  /** Where each entry stands, counted from 1; one that gave way to another of its place stands where that one does. */
  private places(all: readonly Entry[], kept: readonly Telling[]): Map<string, number | undefined> {
    const byPlace = new Map(kept.map((entry, index) => [this.placeOf(entry), index + 1]));
    return new Map([
      ...all.map((entry) => [positionOf(entry), byPlace.get(this.placeOf(entry))] as const),
      ...kept.map((entry, index) => [positionOf(entry), index + 1] as const),
    ]);
  }

  /** One whole row for each version: of two with other content the later one counts, and of one row told twice its first telling. */
  private wholes(entries: readonly WholeEntry[], at: (entry: Telling) => number): WholeEntry[] {
    if (entries.length === 1) return [...entries];
    const byPlace = Map.groupBy(entries, (entry) => this.placeOf(entry));
    return [...byPlace.values()].map((rivals) => {
      const rows = [...Map.groupBy(rivals, ({ content }) => content).values()].map((tellings) => ({
        entry: tellings.reduce((best, one) => (explainsBetter(one, best) ? one : best)),
        first: tellings.reduce((first, one) => (byAcceptance(one, first) < 0 ? one : first)),
      }));
      const [last] = rows.sort(
        (a, b) =>
          at(b.entry) - at(a.entry) || byAcceptance(b.first, a.first) || byText(b.entry.content, a.entry.content),
      );
      return last!.entry;
    });
  }

  /** A part or an end that was told again counts by its first telling. */
  private onceEach(entries: readonly (PartEntry | DeleteEntry)[]): (PartEntry | DeleteEntry)[] {
    const first = new Map<string, PartEntry | DeleteEntry>();
    for (const entry of entries) {
      const place = this.placeOf(entry);
      const rival = first.get(place);
      const isEarlier =
        rival &&
        (byStanding(entry, rival) || byAcceptance(entry, rival) || byText(positionOf(entry), positionOf(rival))) < 0;
      if (!rival || isEarlier) first.set(place, entry);
    }
    return [...first.values()];
  }

  /** How many entries tell of earlier epochs. */
  private toldBefore(telling: readonly Telling[], epoch: number): number {
    return telling.findLastIndex((entry) => this.epoch(entry) < epoch) + 1;
  }

  private byVersion(a: Telling, b: Telling): number {
    return this.epoch(a) - this.epoch(b) || (a.version ?? 0) - (b.version ?? 0) || rung(a) - rung(b);
  }

  /** Entries of one place tell of the same: whole rows of one version, or one statement again. */
  private placeOf(entry: Entry): string {
    const { version, content, timing } = entry;
    const event = eventOf(entry);
    if (entry.kind === 'increment') return `event ${entry.eventId}`;
    if (version !== null && isWhole(entry)) return `${this.epoch(entry)}.${version}`;
    // Whoever repeats what states no time cannot repeat its instant.
    if (version !== null && timing === 'accepted') return `${entry.kind} ${this.epoch(entry)}.${version}.${content}`;
    if (event !== null) return event;
    return isTelling(entry) && !isWhole(entry) ? `${entry.kind} ${positionOf(entry)}` : positionOf(entry);
  }

  private epoch(entry: Entry): number {
    return epochOf(this.epochs, startOf(entry));
  }
}

/** Of two rows of one load that have no version the one counts that states the later time. */
function withinLoad(entry: Telling, at: (entry: Telling) => number): number {
  return (entry.timing === 'loaded' ? statedAt(entry) : null) ?? at(entry);
}

/**
 * Where entries stand that state no time, if it is not where the clock stood: a clock that was set back does not put what was accepted
 * later before what was accepted earlier.
 */
function instantsOf(entries: readonly Entry[]): ReadonlyMap<Entry, number> {
  const accepted = entries.filter(({ timing, acceptance }) => timing === 'accepted' && acceptance !== undefined);
  const instants = new Map<Entry, number>();
  let latest = -Infinity;
  for (const entry of accepted.toSorted(byAcceptance)) {
    latest = Math.max(latest, entry.at);
    instants.set(entry, latest);
  }
  return instants;
}

/** Each statement once: the same entry, and the same event, may have arrived twice. */
function onceEachStatement(entries: readonly Entry[]): Entry[] {
  const events = new Map<string, Entry>();
  const others: Entry[] = [];
  for (const entry of entries) {
    const event = eventOf(entry);
    const first = event === null ? undefined : events.get(event);
    if (event === null) others.push(entry);
    else if (!first || byAcceptance(entry, first) < 0) events.set(event, entry);
  }
  const once = new Map<string, Entry>();
  for (const entry of [...events.values(), ...others]) {
    const name = nameOf(entry);
    const rival = once.get(name);
    if (!rival || countsBefore(entry, rival)) once.set(name, entry);
  }
  return [...once.values()];
}

/** What names a statement that neither a version nor a time does. */
function eventOf({ kind, version, timing, eventId, content }: Entry): string | null {
  return version === null && timing === 'accepted' && eventId ? `${kind} ${eventId} ${content}` : null;
}

/**
 * Which of two entries of one name counts: the first, since the other repeats it. Where neither version nor time shows that it is a
 * repeat, the same was said once more, and the last counts.
 */
function countsBefore(entry: Entry, rival: Entry): boolean {
  const isRepeatable = isNamed(entry);
  if (isRepeatable !== isNamed(rival)) return isRepeatable;
  return byAcceptance(entry, rival) < 0 === isRepeatable;
}

function isNamed({ version, timing = 'stated' }: Entry): boolean {
  return version !== null || timing === 'stated';
}

/** A row may be told both by its system and in the answer to a delivery. */
function nameOf(entry: Entry): string {
  return `${entry.kind} ${deliveryOf(entry)} ${positionOf(entry)}`;
}

function deliveryOf(entry: Entry): string {
  return 'deliveryId' in entry ? (entry.deliveryId ?? '') : '';
}

/**
 * Which of two tellings of one row counts: a receipt explains the very row that an echo repeats; a stated time, the later one, tells more
 * than none; of two without a time the first one tells when it was.
 */
function explainsBetter(entry: WholeEntry, rival: WholeEntry): boolean {
  const [isStated, wasStated] = [entry, rival].map((one) => one.timing !== 'accepted');
  const byTime = isStated && wasStated ? entry.at - rival.at : Number(isStated) - Number(wasStated);
  const higher =
    Number(deliveryOf(entry) !== '') - Number(deliveryOf(rival) !== '') ||
    byTime ||
    byAcceptance(rival, entry) ||
    byText(deliveryOf(entry), deliveryOf(rival));
  return higher > 0;
}

/** Entries that count, and with them those that were taken back, each once: of two that tell the same the one that counts. */
function onceOfEach<Kind extends Entry>(entries: readonly Kind[], once: (some: readonly Kind[]) => Kind[]): Kind[] {
  const takenBack = entries.filter((entry) => entry.takenBack);
  if (takenBack.length === 0) return once(entries);
  return [...once(entries.filter((entry) => !entry.takenBack)), ...once(takenBack)];
}
