import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../json.ts';
import type { AttributeId, Value } from '../customer/attributes.ts';
import { aBellyfatRow, anAdiposeRow, shippedLens } from '../mapping/fixtures.ts';
import type { MemberRecord } from '../survivorship/survive.ts';
import { positionOf, type Entry, type Epoch, type Supplier } from './entry.ts';
import { foldTimeline } from './fold.ts';
import type { Folded } from './folded.ts';

type Row = { [member: string]: Json };

const lenses = { adipose: shippedLens('adipose'), bellyfat: shippedLens('bellyfat') };
const rowOf = { adipose: anAdiposeRow, bellyfat: aBellyfatRow };

/** A record's timeline in the making: every call files one entry; `minute` is its business time. */
export class RecordHistory {
  readonly system: 'adipose' | 'bellyfat';
  readonly recordId: number;
  readonly entries: Entry[] = [];
  readonly epochs: Epoch[] = [];
  private row: Row;
  private counted = true;

  constructor(system: 'adipose' | 'bellyfat', recordId: number, row: Row = {}) {
    this.system = system;
    this.recordId = recordId;
    this.row = rowOf[system](row);
  }

  get lens() {
    return lenses[this.system];
  }

  /** From now on the system's rows have no versions. */
  uncounted(): this {
    this.counted = false;
    return this;
  }

  push(minute: number, changes: Row = {}, kind: 'push' | 'heard' = 'push'): this {
    this.row = { ...this.row, ...changes };
    this.entries.push({
      kind,
      version: this.counted ? minute : null,
      at: minute * 60_000,
      content: contentOf(this.row),
      native: this.row,
    });
    return this;
  }

  /** The hub offers values over the last row so far. */
  offer(
    minute: number,
    deliveryId: string | null,
    values: Record<AttributeId, Value | null>,
    supplier: Supplier,
  ): this {
    const carried = Object.fromEntries(
      Object.entries(values).map(([attribute, value]) => {
        const written = this.lens.write(attribute as AttributeId, 'person', value!);
        if (written.kind !== 'written') throw new Error(`${attribute} cannot be written: ${written.code}`);
        return [attribute, { fields: written.fields, supplier }];
      }),
    );
    const base = this.entries.findLast((entry) => entry.kind !== 'offer');
    const at = minute * 60_000;
    const content = contentOf([minute, deliveryId]);
    this.entries.push({
      kind: 'offer',
      version: null,
      at,
      content,
      base: base ? positionOf(base) : null,
      deliveryId,
      carried,
    });
    return this;
  }

  /** The target stored the delivery; `stored` are the native members that it changed. */
  receipt(minute: number, deliveryId: string, stored: Row, refused: Record<string, string> = {}): this {
    this.row = { ...this.row, ...stored };
    const content = contentOf(this.row);
    this.entries.push({
      kind: 'receipt',
      version: minute,
      at: minute * 60_000,
      content,
      deliveryId,
      native: this.row,
      refused,
    });
    return this;
  }

  /** The target refused it: no version was made. */
  refusal(minute: number, deliveryId: string, refused: Record<string, string>): this {
    const at = minute * 60_000;
    this.entries.push({
      kind: 'receipt',
      version: null,
      at,
      content: contentOf(deliveryId),
      deliveryId,
      native: null,
      refused,
    });
    return this;
  }

  fold(): Folded {
    return foldTimeline(this.entries, this.lens, 'person', this.epochs);
  }

  member(): MemberRecord {
    const { state } = this.fold();
    return { recordId: this.recordId, lens: this.lens, state, tombstoned: state.deleted !== null };
  }

  /** The system tells only of these members of its row. */
  patch(minute: number, native: Row): this {
    this.row = { ...this.row, ...native };
    this.entries.push({ kind: 'patch', version: minute, at: minute * 60_000, content: contentOf(native), native });
    return this;
  }

  /** The system tells by how much a number of its row has grown. */
  increment(minute: number, eventId: string, native: Record<string, number>): this {
    const content = contentOf([eventId, native]);
    this.entries.push({ kind: 'increment', version: minute, at: minute * 60_000, content, eventId, native });
    return this;
  }

  delete(minute: number): this {
    this.entries.push({
      kind: 'delete',
      version: minute,
      at: minute * 60_000,
      content: contentOf('deleted'),
      native: null,
    });
    return this;
  }

  /** At `restored` the system was set back to what it held at `backTo`. */
  setBack(backTo: number, restored: number): this {
    this.epochs.push({ setBackTo: backTo * 60_000, restoredAt: restored * 60_000 });
    return this;
  }
}

/** The content hash of an entry, as the hub makes it. */
export function contentOf(value: Json): string {
  return createHash('sha256').update(canonicalJson(value)).digest('hex').slice(0, 32);
}

const runs = process.env['PROPERTY_RUNS'];

/**
 * How often a property is tried. PROPERTY_RUNS: fewer runs, and always the same ones, where it is the tests that are tried
 * (`npm run mutation`).
 */
export const propertyRuns = runs ? { numRuns: Number(runs), seed: 1 } : { numRuns: 300 };
