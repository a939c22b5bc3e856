import type { AttributeId, CustomerKind } from '../customer/attributes.ts';
import { entriesOf } from '../customer/by-attribute.ts';
import { canonicalJson, type Json } from '../json.ts';
import type { Lens, ReadAttribute, Reading, Unreadable } from '../mapping/lens.ts';
import { Distinct } from './distinct.ts';
import {
  positionOf,
  statedAt,
  undatedAt,
  type DeleteEntry,
  type Entry,
  type Epoch,
  type OfferEntry,
  type ReceiptEntry,
} from './entry.ts';
import type { Folded } from './folded.ts';
import { withPart } from './held-row.ts';
import { nothingHeld, type Holding } from './holding.ts';
import { carriedOf, Outstanding, refusalOf, type Offered } from './outstanding.ts';
import { startOf, withRestarts } from './restarts.ts';
import { heldOf, isNews, withRemovals, type Held, type RecordState, type ValueChange } from './record-state.ts';
import { Spoken } from './spoken.ts';
import { Unspoken } from './taken-back.ts';
import { epochOf, isPart, isTelling, Order, type Telling } from './timeline.ts';

/**
 * What one source record's timeline amounts to. Order of arrival, repetition and batching do not matter: the entries are put into
 * their one order first, and everything is derived anew.
 * @param epochs when the record's system was set back, in order
 */
export function foldTimeline(
  entries: readonly Entry[],
  lens: Lens,
  kindIfUnknown: CustomerKind,
  epochs: readonly Epoch[] = [],
): Folded {
  const all = withRestarts(epochs, entries);
  return new Fold(lens, kindIfUnknown, all).run(new Order(all).of(entries));
}

/** A fold under way: entries are taken in their one order, and `state` is what those that were taken amount to. */
export class Fold {
  private readonly lens: Lens;
  private readonly epochs: readonly Epoch[];
  readonly state: RecordState;
  private spoken = new Spoken();
  private readonly outstanding = new Outstanding();
  private readonly everHeld = new Map<AttributeId, Distinct>();
  private readonly changes: ValueChange[] = [];
  private positioned: { entry: Entry | null; position: string } = { entry: null, position: '' };
  private readonly assertedBy = new Map<AttributeId, { order: number; redatedSince: number }>();
  /** Order of the last entry that told what the system holds. */
  private told = -1;
  /** The native row as far as it is known. */
  private row: Json = null;
  private unreadable: readonly Unreadable[] = [];
  private epoch = 0;
  /** Until its first row, and again after its delete: what it tells then is what it came with. */
  private isNew = true;
  /** What it holds beside what counts. */
  private unspoken = new Unspoken();
  /** The holds of which a person said that it is somebody else since. */
  private readonly changedBy = new Set<number>();
  /** It began with what was taken back. */
  private isBegunByTaken = false;
  /** For each time that the system was set back: what it held at the instant that it was set back to. */
  private readonly heldAt: Holding[];

  constructor(lens: Lens, kind: CustomerKind, epochs: readonly Epoch[]) {
    this.lens = lens;
    this.epochs = epochs;
    this.heldAt = epochs.map(() => nothingHeld);
    this.state = {
      kind,
      life: 0,
      lifeSince: null,
      headVersion: null,
      wholeVersion: null,
      headAt: null,
      headPosition: null,
      deleted: null,
      held: {},
      asserted: {},
      delivered: {},
      parked: {},
      moves: {},
      takenBack: [],
    };
  }

  run(ordered: readonly Entry[]): Folded {
    ordered.forEach((entry, order) => this.take(entry, order));
    this.setBackUntil(this.epochs.length);
    this.endUntold();
    const { state, spoken, unreadable, changes } = this;
    return { state, began: spoken.began(state.kind), said: spoken.said, unreadable, changes };
  }

  /** The entry that stands at this place of the order, after all that were taken. */
  take(entry: Entry, order: number): void {
    if (entry.hold?.person?.is === 'other' && isTelling(entry)) this.changePerson(entry.hold.person.holdId);
    if (isTelling(entry) || entry.kind === 'offer') this.setBackUntil(epochOf(this.epochs, startOf(entry)));
    if (entry.kind === 'offer') this.offer(entry);
    else if (entry.kind === 'receipt') this.receipt(entry, order);
    else if (entry.takenBack) this.takeBack(entry);
    else if (entry.kind === 'delete') this.delete(entry);
    else if (isPart(entry)) this.tell(entry, withPart(this.row, entry), order);
    else this.tell(entry, entry.native, order);
    if (!isTelling(entry)) return;
    if (entry.hold?.person?.is === 'same') this.spoken.settle(this.state);
    this.told = order;
    this.remember(entry);
  }

  /** Keeps what is held now for every epoch that goes back to this entry or to a later instant. */
  private remember(entry: Telling): void {
    this.epochs.forEach(({ setBackTo }, index) => {
      if (startOf(entry) <= setBackTo) this.heldAt[index] = this.holding();
    });
  }

  private holding(): Holding {
    const { row, unreadable } = this;
    const { headVersion, wholeVersion, held } = this.state;
    return { row, unreadable, unspoken: this.unspoken.copy(), headVersion, wholeVersion, held: { ...held } };
  }

  /** What was said in the lost time still counts; only what the system holds starts again as it was. */
  private setBackUntil(epoch: number): void {
    for (; this.epoch < epoch; this.epoch += 1) {
      const { row, unreadable, unspoken, headVersion, wholeVersion, held } = this.heldAt[this.epoch]!;
      const { version } = this.epochs[this.epoch]!;
      this.row = row;
      this.unreadable = unreadable;
      this.unspoken = unspoken.copy();
      Object.assign(this.state, {
        headVersion: version ?? headVersion,
        wholeVersion: version ?? wholeVersion,
        held: { ...held },
      });
      for (const [attribute, copy] of entriesOf(this.state.delivered)) {
        const now = held[attribute];
        if (!now || canonicalJson(now.fields) !== copy.native) delete this.state.delivered[attribute];
      }
      // A later restore that goes back to an instant after this one finds what this one left.
      const { restoredAt } = this.epochs[this.epoch]!;
      this.epochs.forEach(({ setBackTo }, index) => {
        if (setBackTo >= restoredAt) this.heldAt[index] = this.holding();
      });
    }
  }

  /** It stands right after its base. */
  private offer(offer: OfferEntry): void {
    this.outstanding.add(offer, offer.base === null ? -1 : this.told, this.state.held);
  }

  /** A row, or what a patch or an increment makes of it. */
  private tell(entry: Telling, row: Json, order: number): void {
    if (isPart(entry) && !this.lens.envelope(row).ok) return;
    const unspoken = this.unspoken.reading(entry, this.lens);
    if (this.isBegunByTaken) this.beginAfterTaken(row);
    const reading = this.begin(row);
    for (const [attribute, read] of withRemovals(this.state.held, reading))
      this.hear(attribute, read, entry, order, unspoken?.get(attribute));
    this.moveHead(entry);
  }

  /** What was taken back is held, and says nothing. What it holds as it was offered is the offer that came back all the same. */
  private takeBack(entry: Telling): void {
    const row = isPart(entry) ? withPart(this.row, entry) : entry.native;
    this.state.takenBack.push(this.positionOf(entry));
    if (entry.kind === 'delete' || (isPart(entry) && !this.lens.envelope(row).ok)) return this.moveHead(entry);
    const reading = this.lens.read(row);
    if (this.isNew) this.isBegunByTaken = true;
    if (this.state.headPosition === null) this.state.kind = reading.kind;
    this.unspoken.keepKind(reading.kind, this.state.kind);
    this.unspoken.beginAt(this.row);
    this.row = row;
    this.unreadable = reading.unreadable;
    for (const [attribute, read] of withRemovals(this.state.held, reading)) {
      if (!isNews(this.state.held[attribute], read)) continue;
      const native = canonicalJson(read.fields);
      const returned = this.outstanding.returned(attribute, native, entry.at);
      if (returned) {
        this.acknowledge(attribute, returned, read, entry, this.told);
        this.hold(attribute, read, native);
      } else {
        this.unspoken.keep(attribute, this.state.held[attribute]);
        this.state.held[attribute] = heldOf(read);
      }
    }
    this.moveHead(entry);
  }

  /** Its life began with what was taken back. A repeat of that says nothing; what says anything else begins it with all that it says. */
  private beginAfterTaken(row: Json): void {
    const told = withRemovals(this.state.held, this.lens.read(row));
    if (told.every(([attribute, read]) => !isNews(this.state.held[attribute], read))) return;
    this.state.held = {};
    this.unspoken = new Unspoken();
    this.isBegunByTaken = false;
    this.isNew = true;
  }

  /** Nobody whose word counts has told of it: its row is there as one is that was deleted. */
  private endUntold(): void {
    const { deleted, asserted, delivered, headPosition, headAt } = this.state;
    const isTold = deleted !== null || entriesOf(asserted).length + entriesOf(delivered).length > 0;
    if (this.isBegunByTaken && !isTold) this.state.deleted = { position: headPosition!, at: headAt! };
  }

  private receipt(entry: ReceiptEntry, order: number): void {
    const carried = carriedOf(this.outstanding.offerOf(entry.deliveryId));
    const reading = entry.native === null ? null : this.begin(entry.native);
    if (reading) this.unspoken.reading(entry as Telling, this.lens);
    const told = new Map(reading ? withRemovals(this.state.held, reading) : []);

    for (const attribute of carried.keys()) {
      const offered = this.outstanding.of(attribute).find((other) => other.offer.deliveryId === entry.deliveryId);
      const read = told.get(attribute);
      const stored = read ?? this.state.held[attribute];
      if (offered) {
        const native = stored ? canonicalJson(stored.fields) : null;
        const code = refusalOf(entry, offered, native);
        if (native === offered.native) delete this.state.parked[attribute];
        else if (code !== null) this.state.parked[attribute] = { sent: offered.native, code };
        this.acknowledge(attribute, offered, stored && { fields: stored.fields, value: stored.value }, entry, order);
      }
      if (read) this.hold(attribute, read, canonicalJson(read.fields));
    }
    if (!reading) return;
    // What the delivery did not carry and the hub did not know came from the system itself.
    for (const [attribute, read] of told) this.hear(attribute, read, entry as Telling, order);
    this.moveHead(entry as Telling);
  }

  private delete(entry: DeleteEntry): void {
    this.row = null;
    this.unreadable = [];
    this.state.held = {};
    this.state.delivered = {};
    this.unspoken = new Unspoken();
    this.isBegunByTaken = false;
    this.moveHead(entry);
    this.isNew = true;
    this.state.deleted = { position: positionOf(entry), at: entry.at };
  }

  /** A row that is told of after its delete begins again: it came with what it says now. */
  private begin(row: Json): Reading {
    this.row = row;
    const reading = this.lens.read(row);
    this.unreadable = reading.unreadable;
    this.state.kind = this.unspoken.kindAfter(reading.kind, this.state.kind);
    // What kept the row from being made is no longer the question.
    if (this.isNew) this.state.parked = {};
    if (this.state.deleted) this.beginLife();
    this.spoken.sayKind(reading.kind);
    return reading;
  }

  /** Whoever is told of from now on need not be who was told of before: nothing that was said then is evidence any more. */
  private beginLife(): void {
    const { life } = this.state;
    Object.assign(this.state, { life: life + 1, lifeSince: null, deleted: null, asserted: {}, parked: {}, moves: {} });
    this.spoken = new Spoken();
  }

  /** From here on the row is somebody else's: nothing of what it said before is known of whoever that is. */
  private changePerson(holdId: number): void {
    if (this.changedBy.has(holdId)) return;
    this.changedBy.add(holdId);
    Object.assign(this.state, { held: {}, delivered: {} });
    this.unspoken = new Unspoken();
    this.isBegunByTaken = false;
    this.isNew = true;
    this.beginLife();
  }

  /** A value that is other than known is the system's own word, unless it was offered: then the offer has come back. */
  private hear(attribute: AttributeId, read: ReadAttribute, entry: Telling, order: number, part = read): void {
    const known = this.state.held[attribute];
    if (!isNews(known, read)) {
      if (known && known.repeats !== read.repeats) this.state.held[attribute] = heldOf({ ...read, value: known.value });
      return;
    }
    // What was held was taken back: news is what differs from what stood before that as well.
    if (this.unspoken.has(attribute)) this.hearNews(attribute, part, entry, order, this.unspoken.of(attribute));
    else this.hearNews(attribute, read, entry, order, this.state.held[attribute]);
    if (part === read || !isNews(heldOf(part), read)) this.unspoken.forget(attribute);
    else this.unspoken.set(attribute, heldOf(part));
    this.state.held[attribute] = heldOf(read);
  }

  private hearNews(attribute: AttributeId, read: ReadAttribute, entry: Telling, order: number, held?: Held): void {
    if (!isNews(held, read)) return;
    const native = canonicalJson(read.fields);
    const returned = this.outstanding.returned(attribute, native, entry.at);
    if (returned) this.acknowledge(attribute, returned, read, entry, order);
    else this.assert(attribute, read, native, entry, order, null);
    this.hold(attribute, read, native);
  }

  /** The offer has come back: own assertions up to its base no longer vote, if the system really changed its value. */
  private acknowledge(
    attribute: AttributeId,
    offered: Offered,
    stored: ReadAttribute | undefined,
    entry: Telling | ReceiptEntry,
    order: number,
  ): void {
    this.outstanding.settle(attribute, offered);
    const native = stored ? canonicalJson(stored.fields) : null;
    if (stored && offered.request !== null && native === offered.native) {
      this.assert(attribute, stored, native, entry, order, offered.request);
      return;
    }
    if (native === offered.baseNative) return;
    const own = this.state.asserted[attribute];
    if (own?.native === native) {
      // What the record itself says has come back to it, as after a restore: its own word replaces nothing of its own.
      own.superseded = null;
      delete this.state.delivered[attribute];
      return;
    }
    // What was offered while its time was taken for another one was weighed against a time that never was.
    const { order: since = Infinity, redatedSince = 0 } = this.assertedBy.get(attribute) ?? {};
    if (own && since <= offered.baseOrder && redatedSince <= offered.offer.at) own.superseded = offered.supplier;
    if (stored?.value === undefined) return;
    const { supplier } = offered;
    const delivered = { value: stored.value, native: canonicalJson(stored.fields), at: entry.at, supplier };
    this.state.delivered[attribute] = { position: positionOf(entry), ...delivered };
  }

  private assert(
    attribute: AttributeId,
    read: ReadAttribute,
    native: string,
    entry: Telling | ReceiptEntry,
    order: number,
    request: number | null,
  ): void {
    if (read.value === undefined) return;
    const assertion = {
      position: this.positionOf(entry),
      value: read.value,
      native,
      at: this.timeOf(entry),
      change: !this.isNew,
      over: this.everHeld.get(attribute)?.list() ?? [],
      superseded: null,
      request,
    };
    // What was delivered stood in the place of the record's own word.
    const { asserted, delivered, held } = this.state;
    const from = [delivered, asserted, held].map((stood) => stood[attribute]?.value).find((one) => one != null) ?? null;
    if (assertion.change && from !== null && entry.kind !== 'increment')
      this.changes.push({ position: assertion.position, attribute, from, to: read.value });
    this.state.asserted[attribute] = assertion;
    this.assertedBy.set(attribute, { order, redatedSince: entry.redated?.since ?? -Infinity });
    delete this.state.delivered[attribute];
    // The system changed the value itself since: what it once refused is no longer the question.
    delete this.state.parked[attribute];
    if (this.lens.model.attributeOf(attribute).shape.isState)
      (this.state.moves[attribute] ??= []).push({ ...assertion });
    if (read.value !== null) this.spoken.say(attribute, read.value);
  }

  private hold(attribute: AttributeId, read: ReadAttribute, native: string): void {
    this.state.held[attribute] = heldOf(read);
    this.unspoken.forget(attribute);
    const before = this.everHeld.get(attribute);
    if (before) before.add(native);
    else this.everHeld.set(attribute, new Distinct(native));
  }

  /** A record comes with values that are older than its row: where the row does not say since when, nobody knows. */
  private timeOf(entry: Telling | ReceiptEntry): number {
    return statedAt(entry) ?? (this.isNew ? undatedAt : entry.at);
  }

  /** Every assertion of a row names its one position. */
  private positionOf(entry: Telling | ReceiptEntry): string {
    if (this.positioned.entry !== entry) this.positioned = { entry, position: positionOf(entry) };
    return this.positioned.position;
  }

  private moveHead(entry: Telling): void {
    const { version } = entry;
    if (!entry.takenBack) this.isNew = false;
    if (version !== null) this.state.headVersion = version;
    if (version !== null && !isPart(entry)) this.state.wholeVersion = version;
    this.state.headAt = entry.at;
    this.state.headPosition = this.positionOf(entry);
    if (this.state.life > 0) this.state.lifeSince ??= this.positionOf(entry);
  }
}
