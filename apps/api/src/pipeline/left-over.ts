import { Injectable, Logger } from '@nestjs/common';
import { careAfterDeath } from '@cinch/api-contract';
import { Clock } from '../platform/clock.ts';
import type { Predecessor } from '../platform/duty.ts';
import { afterAside, afterDeath, afterSuccess, nextOf, unsuspecting, type Next } from '../platform/halving.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { InboxStore, type ChunkPlace, type Claimed } from '../stages/inbox/inbox.store.ts';
import { LeftOverStore, type KeptCare } from '../stages/inbox/left-over.store.ts';
import { UnderWayStore } from '../stages/inbox/under-way.store.ts';

/** What is worked on next. `trial`: a piece of what was left over when the hub died; null: it is worked on as ever. */
export interface NextClaim {
  trial: Exclude<Next, { act: 'wait' }> | null;
  claimed: Claimed[];
}

const nothingLeft: KeptCare = {
  range: null,
  since: null,
  trial: null,
  care: unsuspecting,
  waitsUntil: null,
  waits: 0,
  allWait: false,
  diedAt: 0,
};

/**
 * What was under way when the hub died is worked off in halves, quarters and so on, a commit each that is noted before it is begun, until it
 * is done or a line stands alone. How pieces are chosen and when a line is put aside stands in `platform/halving.ts`.
 */
@Injectable()
export class LeftOver {
  private readonly log = new Logger('LeftOver');
  /** How the one on duty before has ended, until that is worked out. */
  private follows: Predecessor | null = 'left';
  private isCareful = true;
  private hasPlaced = true;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly inbox: InboxStore,
    private readonly underWay: UnderWayStore,
    private readonly store: LeftOverStore,
  ) {}

  /** This process is on duty from now on. */
  lookAgain(follows: Predecessor): void {
    this.follows = follows;
    [this.isCareful, this.hasPlaced] = [true, true];
  }

  /** There may be something left over, or something to be learned from what goes through. */
  get mayBeLeft(): boolean {
    return this.isCareful;
  }

  async claim(tx: Tx, mostLines: number, stopped: readonly number[]): Promise<NextClaim> {
    if (!this.isCareful) return this.others(tx, mostLines, stopped);
    const kept = await this.known(tx);
    const { range } = kept;
    // A large body yields to what is urgent, between its pieces as ever.
    if (!range || (!range.isUrgent && !kept.allWait && (await this.inbox.hasUrgent(tx, stopped))))
      return this.others(tx, mostLines, stopped);
    const claimed = await this.inbox.leftOf(tx, mostLines, stopped, range);
    const placed = await this.placedOf(tx, claimed);
    const left = claimed.flatMap(({ arrivals }) => arrivals.map(nameOf)).filter((line) => !placed.has(line));
    if (left.length === 0) {
      await this.keep({ ...kept, range: null, since: null, waitsUntil: null, allWait: false });
      return this.others(tx, mostLines, stopped);
    }
    const isDue = kept.waitsUntil !== null && this.clock.now() >= kept.waitsUntil;
    const next = nextOf(kept.care, left, isDue);
    if (next.act === 'wait') {
      if (kept.waitsUntil === null || isDue) await this.keep(this.waiting(kept));
      if (kept.allWait) return { trial: null, claimed: [] };
      const chunks = claimed.flatMap((one) => one.chunks);
      return this.others(tx, mostLines, stopped, chunks);
    }
    // The note stands before any of the lines is looked at.
    await this.keep({ ...kept, trial: next.lines });
    return { trial: next, claimed: claimed.flatMap((one) => narrowed(one, placed, new Set(next.lines))) };
  }

  /** What was claimed is done, in the same commit. */
  async done(tx: Tx, { trial, claimed }: NextClaim): Promise<void> {
    const finished = new Set(claimed.flatMap(({ chunks }) => chunks.flatMap(({ arrivals }) => arrivals)));
    if (this.hasPlaced && finished.size > 0) await this.store.forget(tx, [...finished]);
    if (!trial && !this.isCareful) return;
    const kept = (await this.store.read(tx)) ?? nothingLeft;
    if (!trial) return this.learn(tx, kept);
    const taken = claimed.flatMap(({ arrivals }) => arrivals).filter((arrival) => !finished.has(arrival));
    if (taken.length > 0) await this.store.place(tx, taken);
    this.hasPlaced ||= taken.length > 0;
    const [line] = trial.lines;
    const care = trial.act === 'aside' ? afterAside(kept.care, line!) : afterSuccess(kept.care, trial.lines);
    await this.store.keep(tx, { ...kept, care, trial: null, ...(trial.act === 'try' ? goesOn : {}) });
  }

  /** Other work went through: what waits may be tried again. */
  private async learn(tx: Tx, kept: KeptCare): Promise<void> {
    const { care, range } = kept;
    if (care.pending !== null || care.blamed.length > 0 || care.blind > 0 || kept.waits > 0)
      await this.store.keep(tx, { ...kept, care: afterSuccess(care, []), ...goesOn });
    else if (range === null) this.isCareful = false;
  }

  private async others(
    tx: Tx,
    mostLines: number,
    stopped: readonly number[],
    but: readonly ChunkPlace[] = [],
  ): Promise<NextClaim> {
    const claimed = await this.inbox.claim(tx, mostLines, stopped, but);
    if (!this.hasPlaced || claimed.length === 0) return { trial: null, claimed };
    const placed = await this.placedOf(tx, claimed);
    if (placed.size === 0) this.hasPlaced = await this.store.hasPlaced(tx);
    return { trial: null, claimed: claimed.flatMap((one) => narrowed(one, placed, null)) };
  }

  private async known(tx: Tx): Promise<KeptCare> {
    const found = (await this.store.read(tx)) ?? nothingLeft;
    if (this.follows === null) return found;
    const { trial } = found;
    const kept = this.follows === 'died' ? await this.afterDeath(tx, found) : { ...found, trial: null };
    if (kept.diedAt !== found.diedAt || trial !== null) await this.keep(kept);
    this.follows = null;
    return kept;
  }

  private async afterDeath(tx: Tx, found: KeptCare): Promise<KeptCare> {
    const now = this.clock.now();
    const before = now - found.diedAt < careAfterDeath.rememberedMs ? found.care : { ...found.care, cleared: 0 };
    if (found.trial !== null) {
      const care = afterDeath(before, found.trial);
      this.log.warn(`The hub died over ${found.trial.length} lines that it worked on alone.`);
      return { ...found, care, trial: null, waitsUntil: null, diedAt: now };
    }
    const left = await this.underWay.left(tx);
    if (left === null) return found;
    this.log.warn('The hub died while lines were under way: they are worked off in pieces.');
    // How many lines these are is seen when they are read.
    const care = { ...before, doubtful: Number.MAX_SAFE_INTEGER, went: false, pending: null };
    return { ...found, range: left, since: found.since ?? now, care, allWait: found.waitsUntil !== null, diedAt: now };
  }

  private waiting(kept: KeptCare): KeptCare {
    const restMs = Math.min(careAfterDeath.firstRestMs * 2 ** kept.waits, careAfterDeath.longestRestMs);
    return { ...kept, waitsUntil: this.clock.now() + restMs, waits: kept.waits + 1 };
  }

  /** In a transaction of its own, since the work may end the process. */
  private keep(kept: KeptCare): Promise<void> {
    return this.database.transaction((tx) => this.store.keep(tx, kept));
  }

  private async placedOf(tx: Tx, claimed: readonly Claimed[]): Promise<ReadonlySet<string>> {
    if (!this.hasPlaced) return new Set();
    const batchIds = new Set(claimed.flatMap(({ chunks }) => chunks.map(({ batchId }) => batchId)));
    return new Set((await this.store.placedIn(tx, [...batchIds])).map(nameOf));
  }
}

const goesOn = { waitsUntil: null, waits: 0, allWait: false } as const;

/** Of what was claimed the lines of the piece, or all that are left; the chunks of which nothing is left then. */
function narrowed(claimed: Claimed, placed: ReadonlySet<string>, piece: ReadonlySet<string> | null): Claimed[] {
  const isTaken = (line: string) => !placed.has(line) && (piece === null || piece.has(line));
  const arrivals = claimed.arrivals.filter((arrival) => isTaken(nameOf(arrival)));
  const chunks = claimed.chunks.filter((chunk) =>
    chunk.arrivals.every((arrival) => placed.has(nameOf(arrival)) || isTaken(nameOf(arrival))),
  );
  return arrivals.length + chunks.length > 0 ? [{ ...claimed, arrivals, chunks }] : [];
}

function nameOf({ batchId, line }: { batchId: number; line: number }): string {
  return `${batchId}.${line}`;
}
