import { Injectable } from '@nestjs/common';
import { unlessOfTheData } from '../platform/attempt.ts';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { crashPoint } from '../platform/crash-points.ts';
import { Statistics } from '../platform/statistics.ts';
import type { Tx } from '../platform/transaction.ts';
import { InboxStore } from '../stages/inbox/inbox.store.ts';
import { isLive, traceOf, type Cause } from '../stages/mastering/cause.ts';
import type { ArrivedRow } from '../stages/records/read-rows.ts';
import { isPoison } from '../stages/records/sift-rows.ts';
import type { Filing } from '../stages/records/timelines.store.ts';
import { stored, Timelines, type ArrivedFrom, type FiledRows } from '../stages/records/timelines.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { ClaimSize } from './claim-size.ts';
import { Derive, readAnew, type Why } from './derive.ts';
import { LeftOver } from './left-over.ts';
import { LoadMarks } from './load-marks.ts';
import { Parcels, toldBy, type ToldRow } from './parcels.ts';
import { ReadAhead } from './read-ahead.ts';
import { SettingAside } from './setting-aside.ts';
import { SystemsInForce, type SystemInForce } from './systems-in-force.ts';
import { withoutPoison, type Taken } from './without-poison.ts';

/** From so many lines on a savepoint costs less than it may save. */
const manyLines = 100;

export interface TakenRows extends Pick<FiledRows, 'touched'> {
  /** What became of each row, in their order. */
  places: Taken[];
}

type InForce = ReadonlyMap<number, SystemInForce>;

/** Everything that enters a timeline goes this way: pushes, rows heard by listing a system, offers and receipts. */
@Injectable()
export class Ingest {
  private readonly claims = new ClaimSize();

  constructor(
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly inbox: InboxStore,
    private readonly marks: LoadMarks,
    private readonly timelines: Timelines,
    private readonly parcels: Parcels,
    private readonly derive: Derive,
    private readonly views: ViewsStore,
    private readonly statistics: Statistics,
    private readonly ahead: ReadAhead,
    private readonly leftOver: LeftOver,
  ) {}

  /** Takes what waits next through the whole pipeline in one commit. How many lines these were: none when nothing waits. */
  async next(): Promise<number> {
    // Hardly ever does a row fail: savepoints would cost each small commit.
    const lines = (await unlessOfTheData(() => this.pass(false))) ?? (await this.pass(true));
    if (lines > 0) crashPoint('chunk-committed');
    return this.statistics.grown(lines).then(() => lines);
  }

  private pass(isDoubtful: boolean): Promise<number> {
    const over = new AbortController();
    let ahead = Promise.resolve();
    const lines = this.claims.now;
    let taken = 0;
    const work = async (tx: Tx) => {
      const { stopped } = this.systems;
      const [first, inForce] = await Promise.all([this.leftOver.claim(tx, lines, stopped), this.systems.load(tx)]);
      // Hardly ever: a system was stopped, or goes on, since its claim before.
      const isAsBefore = String(stopped) === String(this.systems.stopped);
      const next = isAsBefore ? first : await this.leftOver.claim(tx, lines, this.systems.stopped);
      const { trial, claimed } = next;
      if (claimed.length === 0) return 0;
      crashPoint('chunk-claimed');
      // What lies ahead may be what kills: it must not be looked at beside what is noted.
      if (!trial) ahead = this.ahead.behind(inForce, claimed, lines, over.signal);
      const parcels = await Promise.all(claimed.map((one) => this.parcels.of(tx, inForce, one)));
      const told = parcels.flatMap((one) => one.told);
      if (!trial) taken = told.length;
      const places =
        trial?.act === 'aside'
          ? await this.parcels.putAside(tx, told)
          : await this.withoutPoison(tx, inForce, told, isDoubtful || told.length >= manyLines);
      for (const { from, claimed: own } of parcels) {
        const ownPlaces = places.splice(0, own.arrivals.length);
        await this.marks.noteSeen(tx, from.load, from.lens, own, ownPlaces);
        await this.inbox.done(tx, own, ownPlaces);
      }
      await this.leftOver.done(tx, next);
      crashPoint('chunk-done');
      return told.length;
    };
    const told = { isFrequent: true, held: (ms: number) => this.claims.took(taken, ms) };
    return this.committer.commit(work, told).finally(() => (over.abort(), ahead));
  }

  /** A row that cannot be worked on goes to the error log and holds up no other. */
  withoutPoison(tx: Tx, inForce: InForce, told: readonly ToldRow[], isGuarded = true) {
    return withoutPoison(tx, told, {
      isGuarded,
      isPoison: ({ row, from }) => isPoison(row, from, inForce.get(from.systemId)!.epochs),
      take: async (sound, mayLeave) => (await this.take(tx, inForce, sound, mayLeave)).places,
      refuse: ({ row, from }) => this.timelines.refuse(tx, from, row, this.clock.now()),
    });
  }

  /** Rows that a system pushed, or that were heard by reading it. */
  async rows(tx: Tx, inForce: InForce, from: ArrivedFrom, rows: readonly ArrivedRow[]): Promise<TakenRows> {
    if (rows.length === 0) return { touched: new Map(), places: [] };
    return this.take(tx, inForce, toldBy(from, rows), false);
  }

  /** `mayLeave`: some of the rows may be left out. */
  private async take(tx: Tx, inForce: InForce, told: readonly ToldRow[], mayLeave: boolean): Promise<TakenRows> {
    const filed = await this.parcels.file(tx, told);
    const { from, touched } = filed;
    const setting = new SettingAside(tx, touched, mayLeave);
    const finish = () => filed.finish(setting.aside);
    const moved = await this.derive.records(tx, inForce, touched, traceOf(from), { setting, finish });
    // What was heard waits for the run that heard it, a load and what is replayed for the next one; only a push goes out between refreshes.
    const hasLane = [...inForce.values()].some(({ lane, outbound }) => lane === 'on' && outbound === 'armed');
    if (hasLane && isLive(from)) await this.views.markDirty(tx, moved, 'push', this.clock.now());
    crashPoint('views-marked');
    return { touched, places: filed.places(setting.aside) };
  }

  /** What the hub sent or served, and what it got back. */
  async entries(tx: Tx, inForce: InForce, filings: readonly Filing[], runId: number | null): Promise<void> {
    const touched = await this.timelines.fileEntries(tx, filings, this.clock.now());
    await this.derive.records(tx, inForce, touched, { kind: 'receipt', runId });
  }

  /** The keys of records that the hub made are known now: what was told of them before counts. */
  async waiting(tx: Tx, inForce: InForce, systemId: number, ids: ReadonlyMap<string, number>): Promise<void> {
    const touched = await this.timelines.fileWaiting(tx, systemId, ids, this.clock.now());
    await this.derive.records(tx, inForce, touched, { kind: 'push', runId: null });
  }

  /** Records whose system has a new mapping, or of which a person decided what counts: what they said is read anew and keeps its times. */
  async again(tx: Tx, inForce: InForce, recordIds: readonly number[], why: Why = readAnew): Promise<void> {
    await this.derive.records(tx, inForce, stored(recordIds), why);
  }

  /** A steward said who is who: around these records it is worked out again. */
  identify(tx: Tx, inForce: InForce, recordIds: readonly number[], cause: Cause): Promise<number[]> {
    return this.derive.around(tx, inForce, recordIds, cause);
  }
}
