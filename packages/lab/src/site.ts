import type { AttributeId, CustomerKind, Fields, Lens, Value } from '@cinch/canonical-model';
import { areSame, writtenBy, type Side } from './pair.ts';

/** A row as its system holds it: the native fields of each attribute. */
export interface Row {
  kind: CustomerKind;
  version: number;
  /** When it was last changed. */
  at: number;
  /** The delivery that made this version; null where its own users did. */
  delivery: string | null;
  fields: Record<AttributeId, Fields>;
  /** The version before it, of the last one. */
  before: Row | null;
}

/** One of the two systems: its rows, by customer. It knows its own model and nothing else. */
export class Site {
  readonly rows: (Row | undefined)[] = [];
  readonly side: Side;
  /** The model by which its rows stand. */
  readonly lens: Lens;
  /** Rows written, whoever wrote them. */
  written = 0;
  private readonly onChange: (customer: number, attribute: AttributeId | 'all') => void;

  constructor(side: Side, lens: Lens, onChange: Site['onChange']) {
    this.side = side;
    this.lens = lens;
    this.onChange = onChange;
  }

  /** A new row with these values, as the system writes them. */
  make(customer: number, kind: CustomerKind, values: Readonly<Record<AttributeId, Value | null>>, now: number): void {
    const fields: Record<AttributeId, Fields> = {};
    for (const attribute of this.lens.attributes) {
      const value = values[attribute];
      const written = value === undefined ? null : writtenBy(this.lens, attribute, kind, value);
      if (written) fields[attribute] = written;
    }
    this.store(customer, kind, fields, now);
  }

  /** A new row of these native fields. */
  store(
    customer: number,
    kind: CustomerKind,
    fields: Record<AttributeId, Fields>,
    now: number,
    delivery: string | null = null,
  ): void {
    this.rows[customer] = { kind, version: 1, at: now, delivery, fields, before: null };
    this.written += 1;
    this.onChange(customer, 'all');
  }

  /** Writes the fields of attributes over what the row holds. Those that changed; the row has another version if there are any. */
  write(
    customer: number,
    wanted: Readonly<Record<AttributeId, Fields>>,
    now: number,
    delivery: string | null = null,
  ): AttributeId[] {
    const row = this.rows[customer];
    if (!row) return [];
    const changed = Object.keys(wanted).filter((id) => !areSame(row.fields[id], wanted[id]));
    if (changed.length === 0) return changed;
    const fields = { ...row.fields };
    for (const id of changed) fields[id] = wanted[id]!;
    this.rows[customer] = { kind: row.kind, version: row.version + 1, at: now, delivery, fields, before: row };
    // Whoever asks what came before the last one has not asked in time: all versions of all rows would stay.
    row.before = null;
    this.written += 1;
    for (const id of changed) this.onChange(customer, id);
    return changed;
  }

  /** False where there was none. */
  remove(customer: number): boolean {
    if (!this.rows[customer]) return false;
    this.rows[customer] = undefined;
    this.written += 1;
    this.onChange(customer, 'all');
    return true;
  }
}
