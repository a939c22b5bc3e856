import type { AttributeId, Value } from '../customer/attributes.ts';
import { allFields } from '../facts/record-state.ts';
import { canonicalJson, type Json } from '../json.ts';
import { aBellyfatRow, anAdiposeRow } from '../mapping/fixtures.ts';
import type { Fields, Lens } from '../mapping/lens.ts';
import { writePath } from '../mapping/path.ts';

export type Row = { [member: string]: Json };

/** A row with what its system tells about it. */
export interface ToldRow {
  version: number;
  at: number;
  delivery: { id: string; version: number } | null;
  data: Row;
}

export type Answer =
  | { outcome: 'stored'; row: ToldRow; refused: Record<string, string> }
  | { outcome: 'refused'; row: ToldRow; refused: Record<string, string> }
  | { outcome: 'mismatch'; row: ToldRow }
  | { outcome: 'unknown-key' };

const first = {
  adipose: () => anAdiposeRow({ name: 'MCDONALD, ZOË Q', email: 'zoe@example.com', loyalty_pts: 100 }),
  bellyfat: () => aBellyfatRow({ phones: [{ e164: '+12025550143', use: 'home', primary: true }] }),
};

/** Values that this system would not take, by the end of their text; and one that it stores in another form. */
const refusedEnd = { adipose: '66', bellyfat: '77' };

/** One record in a system that works as the reference systems do: it normalises, refuses some values and counts versions. */
export class FarRecord {
  readonly system: 'adipose' | 'bellyfat';
  readonly recordId: number;
  /** Null after its delete. */
  row: ToldRow | null;
  /** Every version that it went through, as a backup would have it. */
  private history: { at: number; row: ToldRow | null }[];
  private answers = new Map<string, { at: number; answer: Answer }>();

  readonly lens: Lens;

  constructor(system: 'adipose' | 'bellyfat', recordId: number, now: number, lens: Lens) {
    this.system = system;
    this.lens = lens;
    this.recordId = recordId;
    this.row = { version: 1, at: now, delivery: null, data: first[system]() };
    this.history = [{ at: now, row: this.row }];
  }

  /** A user types a value; false when the row holds it already, or cannot. */
  edit(attribute: AttributeId, value: Value | null, now: number): boolean {
    const written = this.lens.write(attribute, 'person', value);
    if (!this.row || written.kind !== 'written') return false;
    const held = allFields(this.lens.read(this.row.data).attributes);
    return this.store(this.lens.patch('person', held, written.fields), null, now);
  }

  /** A purchase: the points grow. */
  grow(points: number, now: number): boolean {
    if (!this.row || this.system !== 'adipose') return false;
    return this.store({ loyalty_pts: Number(this.row.data['loyalty_pts']) + points }, null, now);
  }

  /** The user of the system writes down what it was told by reading its view. */
  adopt(fields: Fields, now: number): boolean {
    return this.row !== null && this.store(fields, null, now);
  }

  /** The version of the delete; null when the row is gone already. */
  remove(now: number): number | null {
    if (!this.row) return null;
    const version = this.row.version + 1;
    this.row = null;
    this.history.push({ at: now, row: null });
    return version;
  }

  /** The system is set back to what it held then; it forgets what it has answered since. */
  setBack(to: number): void {
    this.history = this.history.filter(({ at }) => at <= to);
    this.row = this.history.at(-1)?.row ?? null;
    this.answers = new Map([...this.answers].filter(([, { at }]) => at <= to));
  }

  /** An idempotent, conditional write, as the adapter makes it. */
  upsert(deliveryId: string, ifMatch: number | null, fields: Fields, now: number): Answer {
    const known = this.answers.get(deliveryId);
    if (known) return known.answer;
    const answer = this.write(deliveryId, ifMatch, fields, now);
    if (answer.outcome === 'stored' || answer.outcome === 'refused') this.answers.set(deliveryId, { at: now, answer });
    return answer;
  }

  private write(deliveryId: string, ifMatch: number | null, fields: Fields, now: number): Answer {
    if (!this.row) return { outcome: 'unknown-key' };
    if (ifMatch !== null && ifMatch !== this.row.version) return { outcome: 'mismatch', row: this.row };
    const taken: Fields = {};
    const refused: Record<string, string> = {};
    for (const [path, value] of Object.entries(fields)) {
      if (typeof value === 'string' && value.endsWith(refusedEnd[this.system])) refused[path] = 'value-refused';
      // An e-mail address loses what stands behind a plus sign: what is stored is not what was sent.
      else taken[path] = typeof value === 'string' && this.recordId !== 3 ? value.replace(/\+\w+@/, '@') : value;
    }
    if (Object.keys(taken).length === 0) return { outcome: 'refused', row: this.row, refused };
    this.store(taken, deliveryId, now);
    return { outcome: 'stored', row: this.row, refused };
  }

  private store(fields: Fields, deliveryId: string | null, now: number): boolean {
    const before = this.row!;
    let data: Json = before.data;
    for (const [path, value] of Object.entries(fields)) data = writePath(data, path, value);
    if (canonicalJson(data) === canonicalJson(before.data)) return false;
    const version = before.version + 1;
    const delivery = deliveryId === null ? before.delivery : { id: deliveryId, version };
    this.row = { version, at: now, delivery, data: data as Row };
    this.history.push({ at: now, row: this.row });
    return true;
  }
}
