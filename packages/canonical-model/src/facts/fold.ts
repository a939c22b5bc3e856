import type { AttributeId, CustomerKind, Value } from '../customer/attributes.ts';
import { canonicalJson } from '../json.ts';
import type { Fields, Lens, ReadAttribute } from '../mapping/lens.ts';
import {
  positionOf,
  type Carried,
  type Entry,
  type OfferEntry,
  type ReceiptEntry,
  type RowEntry,
  type Supplier,
} from './entry.ts';
import { heldOf, isNews, type RecordState } from './record-state.ts';
import { orderTimeline } from './timeline.ts';

/** An offer explains what comes back for this long; after that an equal value is the system's own word again. */
export const offerStandsMs = 30 * 24 * 60 * 60 * 1000;

/** An offered attribute that has no receipt yet. */
interface Outstanding {
  offer: OfferEntry;
  /** Order of the offer's base among the entries: own assertions up to there are superseded by an acknowledged delivery. */
  baseOrder: number;
  /** What the system was known to hold at the base. */
  baseNative: string | null;
  fields: Fields;
  native: string;
  supplier: Supplier;
}

export interface Folded {
  state: RecordState;
  /** Every distinct value that the record itself ever asserted: the evidence for matching. */
  said: Partial<Record<AttributeId, Value[]>>;
}

/**
 * What one source record's timeline amounts to. Order of arrival, repetition and batching do not matter: the entries are put into
 * their one order first, and everything is derived anew.
 */
export function foldTimeline(entries: readonly Entry[], lens: Lens, kindIfUnknown: CustomerKind): Folded {
  return new Fold(lens, kindIfUnknown).run(orderTimeline(entries));
}

class Fold {
  private readonly lens: Lens;
  private readonly state: RecordState;
  private readonly said: Folded['said'] = {};
  private readonly outstanding = new Map<AttributeId, Outstanding[]>();
  private readonly offers = new Map<string, OfferEntry>();
  private readonly everHeld = new Map<AttributeId, string[]>();
  private readonly assertedOrder = new Map<AttributeId, number>();
  private readonly orders = new Map<string, number>();

  constructor(lens: Lens, kind: CustomerKind) {
    this.lens = lens;
    this.state = { kind, headVersion: null, headAt: null, headPosition: null, held: {}, asserted: {}, parked: {} };
  }

  run(ordered: readonly Entry[]): Folded {
    ordered.forEach((entry, order) => {
      this.orders.set(positionOf(entry), order);
      if (entry.kind === 'offer') this.offer(entry);
      else if (entry.kind === 'receipt') this.receipt(entry, order);
      else this.row(entry, order);
    });
    return { state: this.state, said: this.said };
  }

  private offer(offer: OfferEntry): void {
    if (offer.deliveryId !== null) this.offers.set(offer.deliveryId, offer);
    const baseOrder = offer.base === null ? -1 : (this.orders.get(offer.base) ?? -1);
    for (const [attribute, carried] of carriedOf(offer)) {
      const held = this.state.held[attribute];
      this.pending(attribute).push({
        offer,
        baseOrder,
        baseNative: held ? canonicalJson(held.fields) : null,
        fields: carried.fields,
        native: canonicalJson(carried.fields),
        supplier: carried.supplier,
      });
    }
  }

  private row(entry: RowEntry, order: number): void {
    const reading = this.lens.read(entry.native);
    this.state.kind = reading.kind;
    for (const [attribute, read] of readOf(reading.attributes)) {
      this.hear(attribute, read, entry, order);
    }
    this.moveHead(entry);
  }

  private receipt(entry: ReceiptEntry, order: number): void {
    const carried = new Map(carriedOf(this.offers.get(entry.deliveryId)));
    const reading = entry.native === null ? null : this.lens.read(entry.native);
    if (reading) this.state.kind = reading.kind;

    for (const attribute of carried.keys()) {
      const offered = this.pending(attribute).find((other) => other.offer.deliveryId === entry.deliveryId);
      const read = reading?.attributes[attribute];
      const stored = read ?? this.state.held[attribute];
      const native = stored ? canonicalJson(stored.fields) : null;
      if (offered) {
        const code = refusalOf(entry, offered, native);
        if (native === offered.native) delete this.state.parked[attribute];
        else if (code !== null) this.state.parked[attribute] = { sent: offered.native, code };
        this.acknowledge(attribute, offered, native);
      }
      if (read) this.hold(attribute, read);
    }
    if (!reading) return;
    for (const [attribute, read] of readOf(reading.attributes)) {
      // What the delivery did not carry and the hub did not know came from the system itself.
      if (!carried.has(attribute)) this.hear(attribute, read, entry, order);
    }
    this.moveHead(entry);
  }

  /** A value that is other than known is the system's own word, unless it was offered: then the offer has come back. */
  private hear(attribute: AttributeId, read: ReadAttribute, entry: RowEntry | ReceiptEntry, order: number): void {
    if (!isNews(this.state.held[attribute], read)) return;
    const native = canonicalJson(read.fields);
    const returned = this.pending(attribute).findLast(
      (offered) => offered.native === native && entry.at - offered.offer.at <= offerStandsMs,
    );
    if (returned) this.acknowledge(attribute, returned, native);
    else this.assert(attribute, read, entry, order);
    this.hold(attribute, read);
  }

  /** The offer has come back: own assertions up to its base no longer vote, if the system really changed its value. */
  private acknowledge(attribute: AttributeId, offered: Outstanding, native: string | null): void {
    const own = this.state.asserted[attribute];
    const changed = native !== offered.baseNative;
    if (own && changed && (this.assertedOrder.get(attribute) ?? Infinity) <= offered.baseOrder)
      own.superseded = offered.supplier;
    const pending = this.pending(attribute);
    this.outstanding.set(attribute, pending.slice(pending.indexOf(offered) + 1));
  }

  private assert(attribute: AttributeId, read: ReadAttribute, entry: RowEntry | ReceiptEntry, order: number): void {
    if (read.value === undefined) return;
    this.state.asserted[attribute] = {
      position: positionOf(entry),
      value: read.value,
      native: canonicalJson(read.fields),
      at: entry.at,
      change: this.state.headPosition !== null,
      over: [...(this.everHeld.get(attribute) ?? [])],
      superseded: null,
    };
    this.assertedOrder.set(attribute, order);
    // The system changed the value itself since: what it once refused is no longer the question.
    delete this.state.parked[attribute];
    if (read.value === null) return;
    const said = (this.said[attribute] ??= []);
    if (!said.some((value) => canonicalJson(value) === canonicalJson(read.value))) said.push(read.value);
  }

  private hold(attribute: AttributeId, read: ReadAttribute): void {
    this.state.held[attribute] = heldOf(read);
    const native = canonicalJson(read.fields);
    const before = this.everHeld.get(attribute) ?? [];
    if (!before.includes(native)) this.everHeld.set(attribute, [...before, native]);
  }

  private moveHead(entry: RowEntry | ReceiptEntry): void {
    if (entry.version !== null)
      this.state.headVersion = Math.max(this.state.headVersion ?? entry.version, entry.version);
    this.state.headAt = entry.at;
    this.state.headPosition = positionOf(entry);
  }

  private pending(attribute: AttributeId): Outstanding[] {
    let list = this.outstanding.get(attribute);
    if (!list) this.outstanding.set(attribute, (list = []));
    return list;
  }
}

function carriedOf(offer: OfferEntry | undefined): [AttributeId, Carried][] {
  return Object.entries(offer?.carried ?? {}) as [AttributeId, Carried][];
}

function readOf(attributes: Partial<Record<AttributeId, ReadAttribute>>): [AttributeId, ReadAttribute][] {
  return Object.entries(attributes) as [AttributeId, ReadAttribute][];
}

/**
 * Why the stored value is not the one that was sent. Null where other fields were refused and this one was not touched: a delivery
 * refused whole is sent again without what was refused.
 */
function refusalOf(entry: ReceiptEntry, offered: Outstanding, native: string | null): string | null {
  const path = Object.keys(offered.fields).find((name) => entry.refused[name] !== undefined);
  if (path !== undefined) return entry.refused[path]!;
  return native === offered.baseNative && Object.keys(entry.refused).length > 0 ? null : 'changed-by-system';
}
