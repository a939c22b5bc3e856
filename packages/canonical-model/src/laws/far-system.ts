import type { AttributeId, Value } from '../customer/attributes.ts';
import { allFields } from '../facts/record-state.ts';
import { canonicalJson, type Json } from '../json.ts';
import { aBellyfatRow, anAdiposeRow, shippedLens } from '../mapping/fixtures.ts';
import type { Fields } from '../mapping/lens.ts';
import { writePath } from '../mapping/path.ts';

type Row = { [member: string]: Json };

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
  | { outcome: 'mismatch'; row: ToldRow };

const lenses = { adipose: shippedLens('adipose'), bellyfat: shippedLens('bellyfat') };
const first = {
  adipose: () => anAdiposeRow({ name: 'MCDONALD, ZOË Q', email: 'zoe@example.com' }),
  bellyfat: () => aBellyfatRow({ phones: [{ e164: '+12025550143', use: 'home', primary: true }] }),
};

/** Values that this system would not take, by the end of their text; and one that it stores in another form. */
const refusedEnd = { adipose: '66', bellyfat: '77' };

/** One record in a system that works as the reference systems do: it normalises, refuses some values and counts versions. */
export class FarRecord {
  readonly system: 'adipose' | 'bellyfat';
  readonly recordId: number;
  row: ToldRow;
  private readonly answers = new Map<string, Answer>();

  constructor(system: 'adipose' | 'bellyfat', recordId: number, now: number) {
    this.system = system;
    this.recordId = recordId;
    this.row = { version: now, at: now, delivery: null, data: first[system]() };
  }

  get lens() {
    return lenses[this.system];
  }

  /** A user types a value; false when the row holds it already. */
  edit(attribute: AttributeId, value: Value | null, now: number): boolean {
    const written = this.lens.write(attribute, 'person', value);
    if (written.kind !== 'written') return false;
    return this.store(this.patchOf(written.fields), null, now);
  }

  /** An idempotent, conditional write, as the adapter makes it. */
  upsert(deliveryId: string, ifMatch: number | null, fields: Fields, now: number): Answer {
    const known = this.answers.get(deliveryId);
    if (known) return known;
    const answer = this.write(deliveryId, ifMatch, fields, now);
    if (answer.outcome !== 'mismatch') this.answers.set(deliveryId, answer);
    return answer;
  }

  private write(deliveryId: string, ifMatch: number | null, fields: Fields, now: number): Answer {
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
    let data: Json = this.row.data;
    for (const [path, value] of Object.entries(fields)) data = writePath(data, path, value);
    if (canonicalJson(data) === canonicalJson(this.row.data)) return false;
    const delivery = deliveryId === null ? this.row.delivery : { id: deliveryId, version: now };
    this.row = { version: now, at: now, delivery, data: data as Row };
    return true;
  }

  private patchOf(wanted: Fields): Fields {
    const reading = this.lens.read(this.row.data);
    return this.lens.patch('person', allFields(reading.attributes), wanted);
  }
}
