import { Injectable } from '@nestjs/common';
import type { SaidOfPairs } from '@cinch/canonical-model';
import { attempt, isOfTheData } from '../platform/attempt.ts';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import type { Tx } from '../platform/transaction.ts';
import { saidOfPairs, valueDecisions } from '../stages/decisions/decision.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { InboxStore, type DoneCounts } from '../stages/inbox/inbox.store.ts';
import { causesOf, type Cause, type Trace } from '../stages/mastering/cause.ts';
import { Mastering, type MasteringMember } from '../stages/mastering/mastering.ts';
import { Matching } from '../stages/matching/matching.ts';
import type { ArrivedRow } from '../stages/records/read-rows.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import type { Filing } from '../stages/records/timelines.store.ts';
import { Timelines, type ArrivedFrom, type FiledRows } from '../stages/records/timelines.ts';
import { RulesStore } from '../stages/rules/rules.store.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { SystemsInForce, type SystemInForce } from './systems-in-force.ts';

/** After so many failures a batch is taken row by row. */
const triesAsOne = 2;

type InForce = ReadonlyMap<number, SystemInForce>;

/** Everything that enters a timeline goes this way: pushes, rows heard by listing a system, offers and receipts. */
@Injectable()
export class Ingest {
  constructor(
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly inbox: InboxStore,
    private readonly timelines: Timelines,
    private readonly records: RecordsStore,
    private readonly matching: Matching,
    private readonly decisions: DecisionsStore,
    private readonly rules: RulesStore,
    private readonly mastering: Mastering,
    private readonly views: ViewsStore,
  ) {}

  /** Takes the oldest waiting batch through the whole pipeline in one commit. False when nothing waits. */
  async next(): Promise<boolean> {
    try {
      return await this.oldestBatch();
    } catch (error) {
      if (isOfTheData(error)) await this.committer.commit((tx) => this.inbox.noteTry(tx));
      throw error;
    }
  }

  private oldestBatch(): Promise<boolean> {
    return this.committer.commit(async (tx) => {
      const batch = await this.inbox.claim(tx);
      if (!batch) return false;
      const inForce = await this.systems.load(tx);
      const { systemId, lens } = inForce.get(batch.systemId)!;
      const rows = batch.arrivals.map((arrival) => ({ ...arrival, acceptedAt: batch.receivedAt }));
      const from = { systemId, lens, kind: 'push', batchId: batch.batchId, runId: null } as const;
      const inOne = batch.tries < triesAsOne;
      const filed = await (inOne ? this.rows(tx, inForce, from, rows) : this.oneByOne(tx, inForce, from, rows));
      await this.inbox.done(tx, batch.batchId, filed);
      return true;
    });
  }

  /** A batch that fails as a whole must not hold up the others: the row that cannot be worked on goes to the error log. */
  private async oneByOne(
    tx: Tx,
    inForce: InForce,
    from: ArrivedFrom,
    rows: readonly ArrivedRow[],
  ): Promise<DoneCounts> {
    const counts = { applied: 0, superseded: 0, error: 0 };
    for (const row of rows) {
      const filed = await attempt(tx, () => this.rows(tx, inForce, from, [row]));
      if (!filed) await this.timelines.refuse(tx, from, row, this.clock.now());
      counts.applied += filed?.applied ?? 0;
      counts.superseded += filed?.superseded ?? 0;
      counts.error += filed?.error ?? 1;
    }
    return counts;
  }

  /** Rows that a system pushed, or that were heard by reading it. */
  async rows(tx: Tx, inForce: InForce, from: ArrivedFrom, rows: readonly ArrivedRow[]): Promise<FiledRows> {
    const filed = await this.timelines.fileRows(tx, from, rows, this.clock.now());
    const moved = await this.master(tx, inForce, filed.touched, from);
    // What was heard waits for the run that heard it; only a push goes out between refreshes.
    if (from.kind === 'push') await this.views.markDirty(tx, moved, 'push', this.clock.now());
    return filed;
  }

  /** What the hub sent or served, and what it got back. */
  async entries(tx: Tx, inForce: InForce, filings: readonly Filing[], runId: number | null): Promise<void> {
    const touched = await this.timelines.fileEntries(tx, filings, this.clock.now());
    await this.master(tx, inForce, touched, { kind: 'receipt', batchId: null, runId });
  }

  /** The keys of records that the hub made are known now: what was told of them before counts. */
  async waiting(tx: Tx, inForce: InForce, systemId: number, ids: ReadonlyMap<string, number>): Promise<void> {
    const touched = await this.timelines.fileWaiting(tx, systemId, ids, this.clock.now());
    await this.master(tx, inForce, touched, { kind: 'push', batchId: null, runId: null });
  }

  /** Records whose system has a new mapping: what they said is read anew and keeps its times. */
  async again(tx: Tx, inForce: InForce, recordIds: readonly number[]): Promise<void> {
    await this.master(tx, inForce, recordIds, { kind: 'mapping', batchId: null, runId: null });
  }

  /** A steward said who is who: around these records it is worked out again. */
  async identify(tx: Tx, inForce: InForce, recordIds: readonly number[], cause: Cause): Promise<number[]> {
    const { affected } = await this.matching.around(tx, recordIds, (ids) => this.saidOf(tx, ids));
    await this.survive(tx, inForce, affected, () => cause);
    return affected;
  }

  /** From timelines to golden records: fold, match, survive. The customers that may have moved. */
  private async master(tx: Tx, inForce: InForce, touched: readonly number[], trace: Trace): Promise<number[]> {
    if (touched.length === 0) return [];
    const folded = await this.timelines.refold(tx, touched, (systemId) => inForce.get(systemId)!);
    const { affected, customerOf } = await this.matching.recluster(tx, folded, (ids) => this.saidOf(tx, ids));
    const told = folded.map(({ recordId, systemId, sourceKey }) => {
      return { customerId: customerOf.get(recordId)!, system: inForce.get(systemId)!.code, sourceId: sourceKey };
    });
    await this.survive(tx, inForce, affected, causesOf(trace, told));
    return affected;
  }

  /** Works out the customers' golden records from all of their records; a steward's act enters here. */
  async survive(tx: Tx, inForce: InForce, customerIds: readonly number[], causeOf: (customerId: number) => Cause) {
    const records = await this.records.byCustomers(tx, customerIds);
    const members = new Map<number, MasteringMember[]>(customerIds.map((customerId) => [customerId, []]));
    for (const { customerId, recordId, sourceKey, systemId, state, known, tombstoned, excluded } of records) {
      const { lens } = inForce.get(systemId)!;
      // A record that is still to be made says nothing, and makes no customer by itself.
      if (!excluded && state === 'live')
        members.get(customerId!)!.push({ recordId, sourceKey, lens, state: known, tombstoned });
    }
    const recordIds = records.map((record) => record.recordId);
    const decisions = valueDecisions(await this.decisions.standing(tx, recordIds));
    const { document: rules } = await this.rules.inForce(tx);
    await this.mastering.settle(tx, members, { decisions, rules, asOf: this.clock.now() }, causeOf);
  }

  private async saidOf(tx: Tx, recordIds: readonly number[]): Promise<SaidOfPairs> {
    return saidOfPairs(await this.decisions.standing(tx, recordIds));
  }
}
