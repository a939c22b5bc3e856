import { canonicalJson, itemListOf, type AttributeId, type Fields, type Value } from '@cinch/canonical-model';
import type { Cell } from '../cells.ts';
import type { Meant } from '../meant.ts';
import { saysTheSame, sides, writtenBy, type Side } from '../pair.ts';
import { stewardDelayMs } from '../setting.ts';
import type { Row } from '../site.ts';
import type { Stage } from '../stage.ts';
import { dayZero } from '../values.ts';
import type { Arm } from './arm.ts';
import { HubBook, type Known } from './hub-book.ts';
import { HubLane } from './hub-lane.ts';
import { contentOf, type HubRecord } from './hub-record.ts';
import { HubRefresh } from './hub-refresh.ts';

const mostRounds = 6;

/**
 * The product: systems push their rows, the hub files them in timelines, values survive by the rules of mastery, and what each system is to
 * hold goes out at once where it can; every so many days a refresh lists each system, hears what it had not heard, and writes what differs.
 * Lenses, timelines, survivorship, views, brakes and the judgement of listed rows are the product’s own code; who is who is given.
 */
export class Hub implements Arm {
  onRefreshed: Arm['onRefreshed'] = null;
  readonly book: HubBook;
  private readonly stage: Stage;
  private readonly refreshing: HubRefresh;
  private readonly lanes: readonly [HubLane, HubLane];
  private isDue = false;
  /** A refresh has written what it could, and closes with the last of what its systems did not answer. */
  private isClosing = false;
  private decisions = 0;
  private deliveries = 0;
  private reader: unknown = null;

  constructor(stage: Stage) {
    this.stage = stage;
    this.book = new HubBook(stage);
    this.refreshing = this.refreshOf(this.book);
    const lane = (side: Side) => new HubLane(stage, side, (customer) => this.settleWaiting(customer));
    this.lanes = [lane(0), lane(1)];
  }

  protected refreshOf(book: HubBook): HubRefresh {
    return new HubRefresh(this.stage, book, (customer) => this.settle(customer));
  }

  /** Both systems have loaded all their rows. */
  begin(): void {
    for (const side of [1, 0] as const)
      this.stage.sites[side].rows.forEach((row, customer) => row && this.book.file(side, customer, row, 'push'));
    for (const customer of this.book.customers.keys()) this.settle(customer);
  }

  typed(entry: Meant): null {
    const { stage } = this;
    const { customer, where } = entry;
    const site = stage.sites[where];
    const before = site.rows[customer];
    if (entry.act === 'create') site.make(customer, entry.kind, entry.values, stage.now);
    if (entry.act === 'edit') site.write(customer, stage.typedFields(entry, where), stage.now);
    if (entry.act === 'increment' && before) {
      const lens = stage.pair.lenses[where];
      const held = lens.meaning(entry.attribute, before.kind, before.fields[entry.attribute] ?? {});
      const sum = writtenBy(lens, entry.attribute, before.kind, Number(held ?? 0) + entry.by)!;
      site.write(customer, { [entry.attribute]: sum }, stage.now);
    }
    if (entry.act === 'delete' || entry.act === 'merge') {
      if (site.remove(customer)) this.pushEnd(where, customer, before!.version + 1);
      return null;
    }
    this.push(where, customer, before);
    return null;
  }

  private push(side: Side, customer: number, before: Row | undefined): void {
    const row = this.stage.sites[side].rows[customer];
    if (!row || row === before) return;
    this.stage.push(customer, changedSince(before, row), () => {
      if (this.book.file(side, customer, row, 'push')) this.settle(customer);
    });
  }

  private pushEnd(side: Side, customer: number, version: number): void {
    const at = dayZero + this.stage.now;
    this.stage.push(customer, {}, () => {
      // The end of what nobody told of is the end of nothing.
      const record = this.book.customers.get(customer)?.records[side];
      const isNews = record?.file({ kind: 'delete', version, at, content: contentOf('deleted'), native: null });
      if (isNews) this.settle(customer);
    });
  }

  /** The customer’s values survive anew, and what differs goes out. */
  private settle(customer: number): void {
    const known = this.book.known(customer);
    known.isSettled = false;
    for (let round = 0; round < mostRounds; round += 1) {
      const before = this.deliveries;
      const moved = sides.map((side) => this.deliver(customer, known, side));
      if (moved.includes(true)) continue;
      known.isSettled = this.deliveries === before && !this.isWaiting(customer);
      return;
    }
  }

  private settleWaiting(customer: number): void {
    this.settle(customer);
    this.closeIfDelivered();
  }

  private isWaiting(customer: number): boolean {
    return this.lanes.some((lane) => lane.has(customer));
  }

  /** Writes in the system what its view of the customer differs by. True when something was heard first. */
  private deliver(customer: number, known: Known, side: Side): boolean {
    const { stage, book } = this;
    const record = known.records[side];
    const difference = book.difference(known, side);
    const lane = this.lanes[side];
    if (!difference || (record && difference.changes.length === 0)) {
      lane.leave(customer);
      return false;
    }
    const carried = Object.entries(difference.carried).filter(([id]) => itemListOf(id) === null);
    const fields: Record<AttributeId, Fields> = Object.fromEntries(carried.map(([id, one]) => [id, one.fields]));
    if (!lane.call(customer, fields)) return false;
    const row = stage.sites[side].rows[customer];
    const state = record?.state(stage.reader(side));
    if (row?.version !== state?.headVersion) {
      // The condition is not met: it is heard first. A row that is gone is for a refresh to find.
      return row !== undefined && book.file(side, customer, row, 'heard');
    }
    this.write(customer, known, side, difference.carried, fields, state?.headPosition ?? null);
    return false;
  }

  private write(
    customer: number,
    known: Known,
    side: Side,
    carried: Record<AttributeId, { fields: Fields; supplier: { recordId: number; decisionId: number | null } }>,
    fields: Record<AttributeId, Fields>,
    base: string | null,
  ): void {
    const { stage, book } = this;
    const site = stage.sites[side];
    const before = site.rows[customer];
    const deliveryId = `d${(this.deliveries += 1)}`;
    const survived = book.surviving(known);
    const record = book.recordOf(known, side, before?.kind ?? survived.kind);
    const at = dayZero + stage.now;
    record.file({ kind: 'offer', version: null, at, content: contentOf(deliveryId), base, deliveryId, carried });
    if (before) site.write(customer, fields, stage.now, deliveryId);
    else site.store(customer, survived.kind, fields, stage.now, deliveryId);
    for (const [attribute, one] of Object.entries(fields))
      stage.note(customer, 'understood', side, attribute, survived.attributes[attribute]?.value ?? null, one);
    book.file(side, customer, site.rows[customer]!, 'heard');
    // The system tells of this change too, as of any other.
    this.push(side, customer, before);
  }

  noon(day: number): void {
    const reader = this.stage.reader(0);
    if (this.reader !== null && this.reader !== reader) this.book.readAnew();
    this.reader = reader;
    this.answerQuestions();
    this.refreshing.confirmEnds();
    this.isDue ||= day % this.stage.setting.refreshDays === 0;
    const { faults, now } = this.stage;
    if (!this.isDue || sides.some((side) => faults.isDown(side, now))) return;
    this.isDue = !this.refreshing.run((customer) => this.isWaiting(customer));
    this.isClosing = !this.isDue;
    this.closeIfDelivered();
  }

  private closeIfDelivered(): void {
    if (!this.isClosing || !this.lanes.every((lane) => lane.isEmpty)) return;
    this.isClosing = false;
    this.onRefreshed?.();
  }

  /** A steward asks the customer, and chooses what they say. */
  private answerQuestions(): void {
    for (const known of this.book.customers.values()) {
      if (known.asked.size === 0) continue;
      for (const [attribute, since] of known.asked)
        if (this.stage.now - since >= stewardDelayMs) this.answer(known, attribute);
    }
  }

  private answer(known: Known, attribute: AttributeId): void {
    const { stage } = this;
    const { customer } = known;
    const conflict = this.book.surviving(known).conflicts.find((one) => one.attribute === attribute);
    if (!conflict) return;
    const said = stage.askCustomer(customer, attribute);
    const latest = conflict.candidates.toSorted((a, b) => b.at - a.at);
    const chosen = latest.find(({ value }) => this.isWhatWasSaid(known, attribute, value, said)) ?? latest[0]!;
    known.choices.push({ decisionId: (this.decisions += 1), attribute, chosen, basis: conflict.candidates });
    stage.costs.acts += 1;
    stage.note(customer, 'answered', null, attribute, chosen.value);
    this.settle(customer);
  }

  /** Whether the value is what the customer says, as any of the two systems would write it in full. */
  private isWhatWasSaid(known: Known, attribute: AttributeId, value: Value | null, said: Value | null): boolean {
    if (canonicalJson(value) === canonicalJson(said)) return true;
    const { kind } = this.book.surviving(known);
    return this.stage.pair.lenses.every((lens) => {
      const [one, other] = [writtenBy(lens, attribute, kind, value), writtenBy(lens, attribute, kind, said)];
      return one === null || other === null || saysTheSame(lens, attribute, kind, one, other);
    });
  }

  /** What is on the hub’s own screens: questions, errors, rows that are missing, runs that stopped, deliveries that did not get through. */
  isTold({ customer, side, attribute }: Cell): boolean {
    const known = this.book.customers.get(customer);
    if (!known) return false;
    const record: HubRecord | null = known.records[side];
    return (
      known.asked.has(attribute) ||
      this.lanes[side].has(customer) ||
      this.refreshing.isTold(customer, record) ||
      this.book.isUnreadable(known, attribute)
    );
  }
}

function changedSince(before: Row | undefined, row: Row): Record<AttributeId, Fields> {
  const changed = Object.entries(row.fields).filter(([id, fields]) => before?.fields[id] !== fields);
  return Object.fromEntries(changed);
}
