import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import type { Tx } from '../platform/transaction.ts';
import { InboxStore } from '../stages/inbox/inbox.store.ts';
import type { Cause } from '../stages/mastering/cause.ts';
import { Mastering } from '../stages/mastering/mastering.ts';
import { Matching } from '../stages/matching/matching.ts';
import type { ArrivedRow } from '../stages/records/read-rows.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import type { Filing } from '../stages/records/timelines.store.ts';
import { Timelines, type ArrivedFrom, type FiledRows, type FoldedRecord } from '../stages/records/timelines.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { SystemsInForce, type SystemInForce } from './systems-in-force.ts';

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
    private readonly mastering: Mastering,
    private readonly views: ViewsStore,
  ) {}

  /** Takes the oldest waiting batch through the whole pipeline in one commit. False when nothing waits. */
  next(): Promise<boolean> {
    return this.committer.commit(async (tx) => {
      const batch = await this.inbox.claim(tx);
      if (!batch) return false;
      const inForce = await this.systems.load(tx);
      const { systemId, epoch, lens } = inForce.get(batch.systemId)!;
      const rows = batch.arrivals.map((arrival) => ({ ...arrival, acceptedAt: batch.receivedAt }));
      const filed = await this.rows(
        tx,
        inForce,
        { systemId, epoch, lens, kind: 'push', batchId: batch.batchId, runId: null },
        rows,
      );
      await this.inbox.done(tx, batch.batchId, filed);
      return true;
    });
  }

  /** Rows that a system pushed, or that were heard by reading it. */
  async rows(tx: Tx, inForce: InForce, from: ArrivedFrom, rows: readonly ArrivedRow[]): Promise<FiledRows> {
    const filed = await this.timelines.fileRows(tx, from, rows, this.clock.now());
    await this.master(tx, inForce, filed.touched, from);
    if (from.kind === 'push') await this.markDirty(tx, filed.touched);
    return filed;
  }

  /** What the hub sent or served, and what it got back. */
  async entries(tx: Tx, inForce: InForce, filings: readonly Filing[], runId: number | null): Promise<void> {
    const touched = await this.timelines.fileEntries(tx, filings, this.clock.now());
    await this.master(tx, inForce, touched, { kind: 'receipt', batchId: null, runId });
  }

  /** From timelines to golden records: fold, match, survive. */
  private async master(
    tx: Tx,
    inForce: InForce,
    touched: readonly number[],
    from: { kind: 'push' | 'heard' | 'receipt'; batchId: number | null; runId: number | null },
  ): Promise<void> {
    if (touched.length === 0) return;
    const folded = await this.timelines.refold(tx, touched, (systemId) => inForce.get(systemId)!.lens);
    const customerIds = await this.matching.recluster(tx, folded);
    await this.resettle(tx, inForce, customerIds, await this.causes(tx, inForce, folded, from));
  }

  /** Works out the customers' golden records from all of their records. */
  async resettle(
    tx: Tx,
    inForce: InForce,
    customerIds: readonly number[],
    causeOf: (customerId: number) => Cause,
  ): Promise<void> {
    const records = Map.groupBy(await this.records.byCustomers(tx, customerIds), (record) => record.customerId!);
    const members = new Map(
      customerIds.map((customerId) => [
        customerId,
        (records.get(customerId) ?? []).map(({ recordId, sourceKey, systemId, known }) => {
          return { recordId, sourceKey, lens: inForce.get(systemId)!.lens, state: known };
        }),
      ]),
    );
    await this.mastering.settle(tx, members, causeOf, this.clock.now());
  }

  private async markDirty(tx: Tx, recordIds: readonly number[]): Promise<void> {
    const customers = new Set((await this.records.byIds(tx, recordIds)).map((record) => record.customerId!));
    await this.views.markDirty(tx, [...customers].sort(), 'push', this.clock.now());
  }

  /** Each customer's change is told by the first of its touched records. */
  private async causes(
    tx: Tx,
    inForce: InForce,
    folded: readonly FoldedRecord[],
    from: { kind: 'push' | 'heard' | 'receipt'; batchId: number | null; runId: number | null },
  ): Promise<(customerId: number) => Cause> {
    const customerOf = new Map(
      (
        await this.records.byIds(
          tx,
          folded.map((one) => one.recordId),
        )
      ).map((one) => [one.recordId, one.customerId]),
    );
    const causeFor = ({ systemId, sourceKey }: FoldedRecord): Cause => {
      return { ...from, kind: from.kind, system: inForce.get(systemId)!.code, sourceId: sourceKey } as Cause;
    };
    const causes = new Map(folded.map((one) => [customerOf.get(one.recordId)!, causeFor(one)]));
    const other = causeFor(folded[0]!);
    return (customerId) => causes.get(customerId) ?? other;
  }
}
