import type { AttributeId } from '../customer/attributes.ts';
import { entriesOf } from '../customer/by-attribute.ts';
import { canonicalJson } from '../json.ts';
import type { Fields } from '../mapping/lens.ts';
import type { Carried, OfferEntry, ReceiptEntry, Supplier } from './entry.ts';
import type { RecordState } from './record-state.ts';
import { isTornCopy } from './torn-copy.ts';

/** An offer explains what comes back for this long; after that an equal value is the system's own word again. */
const offerStandsMs = 30 * 24 * 60 * 60 * 1000;

/** An offered attribute that has no receipt yet. */
export interface Offered {
  offer: OfferEntry;
  /** Order of the offer's base among the entries: own assertions up to there are superseded by an acknowledged delivery. */
  baseOrder: number;
  /** What the system was known to hold at the base. */
  baseNative: string | null;
  fields: Fields;
  native: string;
  supplier: Supplier;
  request: number | null;
}

/** The offers of a record that explain what may come back. */
export class Outstanding {
  private readonly offers = new Map<string, OfferEntry>();
  private readonly pending = new Map<AttributeId, Offered[]>();

  add(offer: OfferEntry, baseOrder: number, held: RecordState['held']): void {
    if (offer.deliveryId !== null) this.offers.set(offer.deliveryId, offer);
    for (const [attribute, { fields, supplier, request }] of carriedOf(offer)) {
      const before = held[attribute];
      this.of(attribute).push({
        offer,
        baseOrder,
        baseNative: before ? canonicalJson(before.fields) : null,
        fields,
        native: canonicalJson(fields),
        supplier,
        request: request ?? null,
      });
    }
  }

  offerOf(deliveryId: string): OfferEntry | undefined {
    return this.offers.get(deliveryId);
  }

  of(attribute: AttributeId): Offered[] {
    let list = this.pending.get(attribute);
    if (!list) this.pending.set(attribute, (list = []));
    return list;
  }

  /** The latest offer that carried just this, or what this was cut from within a letter, and still stands. */
  returned(attribute: AttributeId, native: string, at: number): Offered | undefined {
    const isThis = (one: Offered) => one.native === native || isTornCopy(native, one.native);
    return this.pending.get(attribute)?.findLast((one) => isThis(one) && at - one.offer.at <= offerStandsMs);
  }

  /** This offer has its receipt: it explains nothing any more, nor do those before it. */
  settle(attribute: AttributeId, offered: Offered): void {
    const list = this.of(attribute);
    this.pending.set(attribute, list.slice(list.indexOf(offered) + 1));
  }
}

export function carriedOf(offer: OfferEntry | undefined): Map<AttributeId, Carried> {
  return new Map(entriesOf(offer?.carried ?? {}));
}

/**
 * Why the stored value is not the one that was sent. Null where other fields were refused and this one was not touched: a delivery
 * refused whole is sent again without what was refused. Where it was refused for what it did not carry at all, such as a name that a new
 * row must have, everything that it carried waits: sent again, it would be refused again.
 */
export function refusalOf(
  { refused }: ReceiptEntry,
  { offer, fields, baseNative }: Offered,
  native: string | null,
): string | null {
  const refusedOf = (some: Fields) => Object.keys(some).find((path) => refused[path] !== undefined);
  const path = refusedOf(fields);
  if (path !== undefined) return refused[path]!;
  const [code] = Object.values(refused);
  if (native !== baseNative || code === undefined) return 'changed-by-system';
  const isOfOthers = entriesOf(offer.carried).some(([, other]) => refusedOf(other.fields) !== undefined);
  return isOfOthers ? null : code;
}
