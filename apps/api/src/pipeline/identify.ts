import { Injectable } from '@nestjs/common';
import { closingId, pinsOfSides, type Pin, type RecordPair } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { valueDecisions, type StandingDecision } from '../stages/decisions/decision.ts';
import type { SourceRecord } from '../stages/records/record-row.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { Acts, type Act } from './acts.ts';
import type { Wish } from './decide.ts';
import { NobodyTwice, type LinkWish } from './nobody-twice.ts';
import { SystemsInForce } from './systems-in-force.ts';

interface ForeseenSide {
  records: number[];
  /** The pins that bind this side today and would stay with the other. */
  loses: Pin[];
}

/** What a split would mean. */
export interface ForeseenSplit {
  stay: ForeseenSide;
  leave: ForeseenSide;
  contradicted: StandingDecision[];
}

/** A steward's acts about who is who, and about what exists. Decisions are anchored on source records. */
@Injectable()
export class Identify {
  constructor(
    private readonly acts: Acts,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly records: RecordsStore,
    private readonly views: ViewsStore,
    private readonly database: Database,
    private readonly nobodyTwice: NobodyTwice,
  ) {}

  /** The two customers are one: their founding records belong together. */
  merge(customerId: number, other: number, { twice, ...wish }: LinkWish): Promise<{ decisionId: number }> {
    return this.acts.make(async (tx) => {
      if (customerId === other)
        throw new ProblemError(
          'not-possible',
          'These two ids lead to one customer already: there is nothing to merge.',
        );
      const sides = [await this.membersOf(tx, customerId), await this.membersOf(tx, other)];
      mustBeOfOneKind(sides.flat());
      if (!twice) await this.nobodyTwice.mustHold(tx, sides);
      const pair = sides.map((side) => side[0]!.recordId) as [number, number];
      return { kind: 'link', body: { pairs: [pair] }, records: pair, ...wish };
    });
  }

  /** These records leave the customer: none of them may stand with any that stays. */
  split(customerId: number, leaving: readonly number[], wish: Wish): Promise<{ decisionId: number }> {
    return this.acts.make((tx) => this.splitOf(tx, customerId, leaving, wish));
  }

  /** What a split would contradict and what each side would lose by it, without doing it. */
  async foreseeSplit(customerId: number, leaving: readonly number[], wish: Wish): Promise<ForeseenSplit> {
    const { act, standing, contradicted } = await this.acts.foresee((tx) =>
      this.splitOf(tx, customerId, leaving, wish),
    );
    const leave = act.records.filter((id) => leaving.includes(id));
    const stay = act.records.filter((id) => !leaving.includes(id));
    const now = this.clock.now();
    const pins = valueDecisions(standing).pins.filter((pin) => pin.until === null || pin.until > now);
    const kept = pinsOfSides({ stay, leave }, pins);
    return { stay: { records: stay, loses: kept.leave }, leave: { records: leave, loses: kept.stay }, contradicted };
  }

  private async splitOf(tx: Tx, customerId: number, leaving: readonly number[], wish: Wish): Promise<Act> {
    const members = await this.membersOf(tx, customerId);
    const leave = members.filter((one) => leaving.includes(one.recordId));
    const stay = members.filter((one) => !leaving.includes(one.recordId));
    if (leave.length < new Set(leaving).size)
      throw new ProblemError('invalid-request', 'Name records of this customer only; look at it again.');
    if (leave.length === 0 || stay.length === 0)
      throw new ProblemError('not-possible', 'A split needs a record that leaves and one that stays.');
    const pairs = stay.flatMap((one) => leave.map((other): [number, number] => [one.recordId, other.recordId]));
    return { kind: 'not-same', body: { pairs }, records: members.map((one) => one.recordId), ...wish };
  }

  /** What a possible duplicate is: the same customer, or not. */
  review([a, b]: RecordPair, isSame: boolean, { twice, ...wish }: LinkWish): Promise<{ decisionId: number }> {
    return this.acts.make(async (tx) => {
      const found = await this.records.byIds(tx, [a, b]);
      if (found.length < 2) throw new ProblemError('not-found', 'Name two records that the hub knows.');
      if (isSame) {
        mustBeOfOneKind(found);
        const sides = await Promise.all(found.map(({ customerId }) => this.records.byCustomers(tx, [customerId!])));
        if (!twice && found[0]!.customerId !== found[1]!.customerId) await this.nobodyTwice.mustHold(tx, sides);
      }
      const pairs: [number, number][] = [[a, b]];
      return { kind: isSame ? 'link' : 'not-same', body: { pairs }, records: [a, b], ...wish };
    });
  }

  /** Test data and the like: the record stands alone, neither votes nor matches, and is not refreshed. */
  exclude(recordId: number, wish: Wish): Promise<{ decisionId: number }> {
    return this.acts.make(async (tx) => {
      const record = await this.recordOf(tx, recordId);
      if (record.excluded) throw new ProblemError('not-possible', 'The record is excluded already.');
      const mates = (await this.records.byCustomers(tx, [record.customerId!])).filter((one) => one !== record);
      const beside = mates.find((one) => one.recordId !== recordId)?.recordId ?? null;
      const records = [recordId, ...mates.map((one) => one.recordId).filter((id) => id !== recordId)];
      return { kind: 'exclude', body: { recordId, beside }, records, ...wish };
    });
  }

  /** The record is gone from its system, though no delete was told. It counts as deleted until the system tells of it again. */
  confirmDeleted(recordId: number, wish: Wish): Promise<{ decisionId: number }> {
    return this.acts.make(async (tx) => {
      const { tombstoned, known } = await this.recordOf(tx, recordId);
      if (tombstoned || known.headPosition === null)
        throw new ProblemError('not-possible', 'The record counts as deleted already, or was never there.');
      return {
        kind: 'confirm-deleted',
        body: { recordId, base: known.headPosition },
        records: [recordId],
        ...wish,
      };
    });
  }

  /**
   * The row is gone from its system though nobody said so: its end is confirmed and lifted again, so that the next refresh makes it anew,
   * with what only it had. Returns the decision by which it may be made.
   */
  async putBack(recordId: number, wish: Wish): Promise<{ decisionId: number }> {
    const { customerId, system } = await this.database.read(async (tx) => {
      const record = await this.recordOf(tx, recordId);
      const mates = await this.records.byCustomers(tx, [record.customerId!]);
      if (!mates.some((one) => one.recordId !== recordId && !one.tombstoned && !one.excluded && one.state === 'live'))
        throw new ProblemError(
          'not-possible',
          'No other record tells of this customer: there is nothing to make it from.',
        );
      return { customerId: record.customerId!, system: (await this.systems.load(tx)).get(record.systemId)!.code };
    });
    await this.confirmDeleted(recordId, wish);
    return this.reopen(customerId, system, wish);
  }

  /** The customer may get a record there again, though one was deleted or excluded. */
  reopen(customerId: number, system: string, wish: Wish): Promise<{ decisionId: number }> {
    return this.acts.make(async (tx) => {
      const inForce = [...(await this.systems.load(tx)).values()].find((one) => one.code === system);
      if (!inForce)
        throw new ProblemError('not-found', 'There is no system of this code: look at the list of systems.');
      const [customer] = await this.views.ofCustomers(tx, inForce.systemId, [customerId]);
      const lifted = new Set(customer?.reopened.flatMap((one) => one.closings));
      const closings = customer?.closings.map(closingId).filter((closing) => !lifted.has(closing)) ?? [];
      if (!customer || closings.length === 0)
        throw new ProblemError('not-possible', `Nothing keeps the customer from getting a record in ${system}.`);
      const members = await this.records.byCustomers(tx, [customerId]);
      const records = members.map((one) => one.recordId);
      return { kind: 'reopen', body: { founder: customer.founder, system, closings }, records, ...wish };
    });
  }

  private async membersOf(tx: Tx, customerId: number): Promise<SourceRecord[]> {
    const members = (await this.records.byCustomers(tx, [customerId])).filter((one) => !one.excluded);
    if (members.length === 0) throw new ProblemError('not-possible', 'This customer has no records any more.');
    return members;
  }

  private async recordOf(tx: Tx, recordId: number): Promise<SourceRecord> {
    const [record] = await this.records.byIds(tx, [recordId]);
    if (!record) throw new ProblemError('not-found', 'There is no such source record: look at the list.');
    return record;
  }
}

function mustBeOfOneKind(records: readonly SourceRecord[]): void {
  if (new Set(records.map((record) => record.known.kind)).size > 1)
    throw new ProblemError('not-possible', 'A person and an organisation are never one customer.');
}
