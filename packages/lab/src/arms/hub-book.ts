import {
  noDecisions,
  Survival,
  viewDifference,
  type AttributeId,
  type Choice,
  type Lens,
  type Survived,
  type ViewDifference,
} from '@cinch/canonical-model';
import { sides, type Side } from '../pair.ts';
import type { Row } from '../site.ts';
import type { Stage } from '../stage.ts';
import { dayZero } from '../values.ts';
import { contentOfRow, HubRecord, nativeOf } from './hub-record.ts';

/** What the hub knows of one customer. */
export interface Known {
  customer: number;
  records: [HubRecord | null, HubRecord | null];
  /** What survived when it was last asked, and of what. */
  survived: { is: Survived; of: Stamp } | null;
  survival: Survival;
  /** How the views differed when that was last asked. */
  differences: [Difference | null, Difference | null];
  /** Nothing is left to be written in either system, as far as the hub knows. */
  isSettled: boolean;
  choices: Choice[];
  /** Since when each question has been open. */
  asked: Map<AttributeId, number>;
}

/** It follows from what survived and from the records, and whenever these change something survives anew. */
interface Difference {
  is: ViewDifference | null;
  survived: Survived;
}

type Stamp = readonly [Lens, Lens, number | undefined, number | undefined, number];

/** All that the hub knows: timelines of records, what survives of each customer, and how its views differ from what systems hold. */
export class HubBook {
  readonly customers = new Map<number, Known>();
  private readonly stage: Stage;
  private recordIds = 0;

  constructor(stage: Stage) {
    this.stage = stage;
  }

  known(customer: number): Known {
    let known = this.customers.get(customer);
    if (!known) {
      known = {
        customer,
        records: [null, null],
        survived: null,
        survival: new Survival(),
        differences: [null, null],
        isSettled: false,
        choices: [],
        asked: new Map(),
      };
      this.customers.set(customer, known);
    }
    return known;
  }

  recordOf(known: Known, side: Side, kind: Row['kind']): HubRecord {
    return (known.records[side] ??= new HubRecord((this.recordIds += 1), side, kind));
  }

  /** A row enters the timeline of its record. False for what was known. */
  file(side: Side, customer: number, row: Row, kind: 'push' | 'heard'): boolean {
    const record = this.recordOf(this.known(customer), side, row.kind);
    const native = nativeOf(this.stage.pair.lenses[side], row);
    const place = { version: row.version, at: dayZero + row.at, content: contentOfRow(row), native };
    const isNews = record.file(
      row.delivery === null ? { ...place, kind } : { ...place, kind: 'receipt', deliveryId: row.delivery, refused: {} },
    );
    if (isNews) this.note(customer, side, row);
    return isNews;
  }

  private note(customer: number, side: Side, row: Row): void {
    if (this.stage.watched?.customer !== customer) return;
    for (const [attribute, fields] of Object.entries(row.fields)) {
      const value = this.stage.understood(side, attribute, row.kind, fields);
      this.stage.note(customer, 'filed', side, attribute, fields, value ?? null);
    }
  }

  surviving(known: Known): Survived {
    const { pair, now } = this.stage;
    const of = this.stampOf(known);
    if (known.survived && isSame(known.survived.of, of) && !isDue(known.survived.is, now)) return known.survived.is;
    const members = known.records.flatMap((record) => {
      if (!record) return [];
      const lens = this.stage.reader(record.side);
      return [{ recordId: record.recordId, lens, state: record.state(lens), tombstoned: !record.isLive(lens) }];
    });
    const decisions = { ...noDecisions, choices: known.choices };
    const is = known.survival.of({ members, decisions, rules: pair.rules, model: pair.model, asOf: dayZero + now });
    known.survived = { is, of };
    this.ask(known, is);
    return is;
  }

  /** All that is known of the customer, as far as it can become otherwise: what stands still is not worked out again. */
  private stampOf({ records: [one, other], choices }: Known): Stamp {
    return [this.stage.reader(0), this.stage.reader(1), one?.changes, other?.changes, choices.length];
  }

  private ask(known: Known, { conflicts }: Survived): void {
    const open = new Set(conflicts.map(({ attribute }) => attribute));
    for (const attribute of known.asked.keys()) if (!open.has(attribute)) known.asked.delete(attribute);
    for (const attribute of open) if (!known.asked.has(attribute)) known.asked.set(attribute, this.stage.now);
  }

  /** How the system’s view differs from what its record is known to hold; null where its record has ended, or no record is left. */
  difference(known: Known, side: Side): ViewDifference | null {
    const survived = this.surviving(known);
    const reader = this.stage.reader(side);
    const before = known.differences[side];
    if (before?.survived === survived) return before.is;
    const is = this.differenceFrom(known, side, survived, reader);
    known.differences[side] = { survived, is };
    return is;
  }

  private differenceFrom(known: Known, side: Side, survived: Survived, reader: Lens): ViewDifference | null {
    const record = known.records[side];
    if ((record && !record.isLive(reader)) || !this.lives(known)) return null;
    const { kind, attributes, conflicts, requests } = survived;
    const golden = { kind, attributes, held: conflicts.map((one) => one.attribute), requests };
    const nothing = { recordId: null, held: null, asserted: {}, parked: {} };
    const viewed = record ? { recordId: record.recordId, ...record.state(reader) } : nothing;
    // One lens reads and writes: a mapping that is wrong is wrong both ways.
    return viewDifference(golden, viewed, reader);
  }

  private lives(known: Known): boolean {
    return known.records.some((record) => record?.isLive(this.stage.reader(record.side)));
  }

  /** What the mapping in force cannot read is in the error log. */
  isUnreadable(known: Known, attribute: AttributeId): boolean {
    return known.records.some((record) => {
      const held = record?.state(this.stage.reader(record.side)).held[attribute];
      return held !== undefined && held.value === undefined && Object.values(held.fields).some((one) => one !== null);
    });
  }

  /** Another mapping is in force: all that was said is read anew. */
  readAnew(): void {
    for (const known of this.customers.values()) known.isSettled = false;
  }

  unsettled(): number[] {
    const unsettled: number[] = [];
    for (const known of this.customers.values()) if (!known.isSettled) unsettled.push(known.customer);
    return unsettled;
  }

  holderOf(record: HubRecord): number {
    return [...this.customers].find(([, { records }]) => sides.some((side) => records[side] === record))![0];
  }
}

function isSame(one: Stamp, other: Stamp): boolean {
  return one.every((part, place) => part === other[place]);
}

/** Time alone may have changed what survives. */
function isDue({ recheckAt }: Survived, now: number): boolean {
  return recheckAt !== null && recheckAt <= dayZero + now;
}
