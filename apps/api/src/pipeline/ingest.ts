import { Injectable } from '@nestjs/common';
import type { SaidOfPairs } from '@cinch/canonical-model';
import { unlessOfTheData } from '../platform/attempt.ts';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { crashPoint } from '../platform/crash-points.ts';
import { Statistics } from '../platform/statistics.ts';
import type { Tx } from '../platform/transaction.ts';
import { saidOfPairs } from '../stages/decisions/decision.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { InboxStore } from '../stages/inbox/inbox.store.ts';
import { causesOf, type Cause, type Trace } from '../stages/mastering/cause.ts';
import { Matching } from '../stages/matching/matching.ts';
import type { ArrivedRow } from '../stages/records/read-rows.ts';
import { isPoison } from '../stages/records/sift-rows.ts';
import type { Filing } from '../stages/records/timelines.store.ts';
import { stored, Timelines, type ArrivedFrom, type FiledRows } from '../stages/records/timelines.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { LoadMarks } from './load-marks.ts';
import { ReadAhead } from './read-ahead.ts';
import { Survive } from './survive.ts';
import { SystemsInForce, type SystemInForce } from './systems-in-force.ts';
import { withoutPoison } from './without-poison.ts';

/** What is worked on in one commit: large enough to share its cost, small enough that an urgent push need not wait long. */
const mostLines = 500;

type InForce = ReadonlyMap<number, SystemInForce>;

/** Everything that enters a timeline goes this way: pushes, rows heard by listing a system, offers and receipts. */
@Injectable()
export class Ingest {
  constructor(
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly inbox: InboxStore,
    private readonly marks: LoadMarks,
    private readonly timelines: Timelines,
    private readonly matching: Matching,
    private readonly decisions: DecisionsStore,
    private readonly survive: Survive,
    private readonly views: ViewsStore,
    private readonly statistics: Statistics,
    private readonly ahead: ReadAhead,
  ) {}

  /** Takes what waits next through the whole pipeline in one commit. False when nothing waits. */
  async next(): Promise<boolean> {
    // Hardly ever does a row fail: savepoints for each commit would cost all of them.
    const lines = (await unlessOfTheData(() => this.pass(false))) ?? (await this.pass(true));
    if (lines > 0) crashPoint('chunk-committed');
    await this.statistics.grown(lines);
    return lines > 0;
  }

  private pass(isDoubtful: boolean): Promise<number> {
    let ahead = Promise.resolve();
    const work = async (tx: Tx) => {
      const [claimed, inForce] = await Promise.all([this.inbox.claim(tx, mostLines), this.systems.load(tx)]);
      if (!claimed) return 0;
      crashPoint('chunk-claimed');
      ahead = this.ahead.behind(inForce, claimed, mostLines);
      const { systemId, lens } = inForce.get(claimed.systemId)!;
      const from = { systemId, lens, kind: 'push', runId: null, load: await this.marks.loadOf(tx, claimed) } as const;
      const places = await this.withoutPoison(tx, inForce, from, claimed.arrivals, isDoubtful);
      await this.marks.noteSeen(tx, from.load, lens, claimed, places);
      await this.inbox.done(tx, claimed, places);
      crashPoint('chunk-done');
      return claimed.arrivals.length;
    };
    return this.committer.commit(work, { isFrequent: true }).finally(() => ahead);
  }

  /** A row that cannot be worked on goes to the error log and holds up no other. */
  withoutPoison(tx: Tx, inForce: InForce, from: ArrivedFrom, rows: readonly ArrivedRow[], isDoubtful = true) {
    return withoutPoison(tx, rows, {
      isDoubtful,
      isPoison: (row) => isPoison(row, from, inForce.get(from.systemId)!.epochs),
      take: async (sound) => (await this.rows(tx, inForce, from, sound)).places,
      refuse: (row) => this.timelines.refuse(tx, from, row, this.clock.now()),
    });
  }

  /** Rows that a system pushed, or that were heard by reading it. */
  async rows(tx: Tx, inForce: InForce, from: ArrivedFrom, rows: readonly ArrivedRow[]): Promise<FiledRows> {
    const [filed, hasOld] = await Promise.all([
      this.timelines.fileRows(tx, from, rows, this.clock.now()),
      this.marks.hasOld(tx, from.systemId),
      this.matching.prepare(tx),
    ]);
    if (hasOld) await this.marks.noteTold(tx, from, rows);
    const moved = await this.master(tx, inForce, filed.touched, from);
    // What was heard waits for the run that heard it, a load and what is replayed for the next one; only a push goes out between refreshes.
    const isLive = from.kind === 'push' && !from.load && !from.isReplay;
    const hasLane = [...inForce.values()].some(({ lane, outbound }) => lane === 'on' && outbound === 'armed');
    if (isLive && hasLane) await this.views.markDirty(tx, moved, 'push', this.clock.now());
    crashPoint('views-marked');
    return filed;
  }

  /** What the hub sent or served, and what it got back. */
  async entries(tx: Tx, inForce: InForce, filings: readonly Filing[], runId: number | null): Promise<void> {
    const touched = await this.timelines.fileEntries(tx, filings, this.clock.now());
    await this.master(tx, inForce, touched, { kind: 'receipt', runId });
  }

  /** The keys of records that the hub made are known now: what was told of them before counts. */
  async waiting(tx: Tx, inForce: InForce, systemId: number, ids: ReadonlyMap<string, number>): Promise<void> {
    const touched = await this.timelines.fileWaiting(tx, systemId, ids, this.clock.now());
    await this.master(tx, inForce, touched, { kind: 'push', runId: null });
  }

  /** Records whose system has a new mapping: what they said is read anew and keeps its times. */
  async again(tx: Tx, inForce: InForce, recordIds: readonly number[]): Promise<void> {
    await this.master(tx, inForce, stored(recordIds), { kind: 'mapping', runId: null });
  }

  /** A steward said who is who: around these records it is worked out again. */
  async identify(tx: Tx, inForce: InForce, recordIds: readonly number[], cause: Cause): Promise<number[]> {
    const { affected } = await this.matching.around(tx, recordIds, (ids) => this.saidOf(tx, ids));
    await this.survive.customers(tx, inForce, affected, () => cause);
    return affected;
  }

  /** From timelines to golden records: fold, match, survive. The customers that may have moved. */
  private async master(tx: Tx, inForce: InForce, touched: FiledRows['touched'], trace: Trace): Promise<number[]> {
    if (touched.size === 0) return [];
    const derivationOf = (systemId: number) => inForce.get(systemId)!;
    const folded = await this.timelines.refold(tx, touched, derivationOf);
    await this.timelines.noteReadable(tx, folded, derivationOf, this.clock.now());
    crashPoint('timelines-folded');
    const codeOf = (systemId: number) => inForce.get(systemId)!.code;
    const told = folded.map((record) => ({ ...record, kind: record.known.kind, system: codeOf(record.systemId) }));
    const { affected, customerOf, founded } = await this.matching.recluster(tx, told, (ids) => this.saidOf(tx, ids));
    crashPoint('customers-clustered');
    const kept = await this.timelines.keep(tx, folded, customerOf, derivationOf);
    crashPoint('records-kept');
    const movers = kept.map(({ recordId, systemId, sourceKey }) => {
      const { batchId } = touched.get(recordId)!;
      return { customerId: customerOf.get(recordId)!, system: codeOf(systemId), sourceId: sourceKey, batchId };
    });
    await this.survive.customers(tx, inForce, affected, causesOf(trace, movers), { kept, founded });
    return affected;
  }

  private async saidOf(tx: Tx, recordIds: readonly number[]): Promise<SaidOfPairs> {
    return saidOfPairs(await this.decisions.standing(tx, recordIds));
  }
}
