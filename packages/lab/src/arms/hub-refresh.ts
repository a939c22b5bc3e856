import { brakeReasons, classifyListed, tallyOf } from '@cinch/canonical-model';
import { sides, type Side } from '../pair.ts';
import { bytesOf } from '../row-bytes.ts';
import { stewardDelayMs } from '../setting.ts';
import type { Row } from '../site.ts';
import type { Stage } from '../stage.ts';
import type { HubBook } from './hub-book.ts';
import { nativeOf, type HubRecord } from './hub-record.ts';

/** In a list every row has its key and hash; what differs is read whole. */
const listedBytes = 40;
const mostRounds = 6;

/** Lists both systems, hears what is news there, plans, brakes, and writes what differs, until nothing is left. */
export class HubRefresh {
  protected readonly stage: Stage;
  private readonly book: HubBook;
  private readonly settle: (customer: number) => void;
  /** Records whose row is listed no more, and since when. */
  private readonly missing = new Map<HubRecord, number>();
  /** Customers whose rows a run that stopped would have written. */
  private readonly braked = new Set<number>();

  constructor(stage: Stage, book: HubBook, settle: (customer: number) => void) {
    this.stage = stage;
    this.book = book;
    this.settle = settle;
  }

  /** False when it stopped: a person found that something is wrong. */
  run(isWaiting: (customer: number) => boolean): boolean {
    this.braked.clear();
    for (let round = 0; round < mostRounds; round += 1) {
      const heard = sides.flatMap((side) => this.list(side, round === 0));
      const open = this.book.unsettled();
      const due = [...new Set([...heard, ...open])];
      if (round === 0 && this.stopsAt(due)) return false;
      for (const customer of due) this.settle(customer);
      if (heard.length === 0 && open.every((customer) => this.book.known(customer).isSettled || isWaiting(customer)))
        break;
    }
    return true;
  }

  /** The customers of whom something was heard. */
  private list(side: Side, isFirst: boolean): number[] {
    const { stage } = this;
    const site = stage.sites[side];
    const heard: number[] = [];
    if (isFirst) stage.costs.messages += 2;
    site.rows.forEach((row, customer) => {
      if (!row) return;
      if (isFirst) stage.costs.bytes += listedBytes;
      if (this.hearListed(side, customer, row)) heard.push(customer);
    });
    for (const { customer, records } of this.book.customers.values()) {
      const record = records[side];
      if (!record || site.rows[customer] || this.missing.has(record) || !record.isLive(stage.reader(side))) continue;
      this.missing.set(record, stage.now);
    }
    return heard;
  }

  protected hearListed(side: Side, customer: number, row: Row): boolean {
    const record = this.book.known(customer).records[side];
    if (record?.seen === row) return false;
    if (record) record.seen = row;
    this.stage.costs.bytes += bytesOf(row);
    const lens = this.stage.reader(side);
    const reading = lens.read(nativeOf(this.stage.pair.lenses[side], row));
    const listed = classifyListed(reading, row.version, record?.state(lens) ?? null, true, lens);
    return listed === 'news' && this.book.file(side, customer, row, 'heard');
  }

  /** Beyond the product’s own limits a person looks first, lets the run go on, or finds what is wrong. */
  private stopsAt(due: readonly number[]): boolean {
    const planned = sides.map((side) =>
      due.flatMap((customer) => {
        const known = this.book.known(customer);
        const fields = this.book.difference(known, side)?.changes ?? [];
        return fields.length > 0 ? [{ customer, kind: known.records[side] ? 'change' : 'create', fields }] : [];
      }),
    );
    const isBraked = sides.some((side) => {
      const listed = this.stage.sites[side].rows.filter(Boolean).length;
      const tally = tallyOf(planned[side]!, this.stage.pair.lenses[side]);
      return brakeReasons({ listed, tally, missing: 0, surplus: 0 }).length > 0;
    });
    if (!isBraked) return false;
    this.stage.costs.acts += 1;
    if (!this.stage.isMisread) return false;
    for (const { customer } of planned.flat()) this.braked.add(customer);
    return true;
  }

  /** A person confirms that a row which is listed no more is gone. */
  confirmEnds(): void {
    for (const [record, since] of this.missing) {
      if (this.stage.now - since < stewardDelayMs) continue;
      this.missing.delete(record);
      record.end();
      this.stage.costs.acts += 1;
      this.settle(this.book.holderOf(record));
    }
  }

  isTold(customer: number, record: HubRecord | null): boolean {
    return this.braked.has(customer) || (record !== null && this.missing.has(record));
  }
}
