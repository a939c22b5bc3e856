import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import { HoldTimes } from './hold-times.ts';
import { Database, type Tx } from './transaction.ts';

const takeLock = 'select pg_advisory_xact_lock(7251043)';

/**
 * How often what is only tried out is tried beside the committer, and how long it waits for a row there, in milliseconds: so short that the
 * two never wait for each other.
 */
const [triesBeside, besideWaitMs] = [3, 20];
/** Of Postgres: a row was taken, has moved since, or two waited for each other. */
const inTheWay = ['55P03', '40001', '40P01'];

/** The worker's duty has passed to another process: what it had in hand is that one's by now. */
export class DutyLost extends Error {
  override readonly name = 'DutyLost';
}

/**
 * The one writer of facts and of what follows from them, across all processes: the lock lives and dies with its transaction, so a
 * committer that lost its connection cannot write any more. For work that reads all it needs in that transaction (a push taken in, a
 * steward's act) this is enough. A refresh or the lane calls a system between two transactions and goes on by what it knew before: a
 * worker that lost the duty meanwhile would repeat what the next one has done already. So whatever a worker commits carries the epoch
 * of its duty, and whoever takes the duty counts the epoch up under the same lock: what the last one had under way is committed before
 * that, and nothing of it after.
 */
@Injectable()
export class Committer {
  private readonly epochs = new AsyncLocalStorage<number>();
  private readonly works = new AsyncLocalStorage<string>();

  constructor(
    private readonly database: Database,
    private readonly holds: HoldTimes,
  ) {}

  /** `isFrequent`: the statements of the work are few and fixed, and run many times a second. `held` is told how long it took. */
  async commit<T>(
    work: (tx: Tx) => Promise<T>,
    { isFrequent = false, held }: { isFrequent?: boolean; held?: (ms: number) => void } = {},
  ): Promise<T> {
    const lane = this.epochs.getStore() === undefined ? 'acts' : 'commits';
    let heldSince: number | null = null;
    try {
      return await this.database.in(lane).begun<T, { epoch: number }>(
        [takeLock, 'select epoch from committer'],
        async (tx, opened) => {
          const checked = opened.then(([row]) => {
            heldSince = performance.now();
            this.checkDuty(row!.epoch);
          });
          if (!isFrequent) await checked;
          // What is asked first goes out behind the lock; where the duty is lost, nothing of it is committed.
          const [, result] = await Promise.all([checked, work(tx)]);
          return result;
        },
        { isFrequent },
      );
    } finally {
      const ms = heldSince === null ? null : performance.now() - heldSince;
      if (ms !== null) this.holds.note(this.works.getStore() ?? 'act', ms);
      if (ms !== null) held?.(ms);
    }
  }

  /**
   * Writes what nobody but this piece of work writes, and nothing follows from: the items of a plan in the making, what a listing saw.
   * It keeps no push waiting, since it takes no lock but on the epoch: whoever takes the duty over waits for what is under way here.
   */
  aside<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.begun<T, { epoch: number }>(['select epoch from committer for share'], async (tx, opened) => {
      const [row] = await opened;
      this.checkDuty(row!.epoch);
      return work(tx);
    });
  }

  /**
   * Does for real, beside the committer and as of one instant, what it would do, where nothing of it is to stay: `work` takes it back
   * itself. No push waits for it, unless it is about the very same records; where those are taken it gives way and begins anew, and at last
   * takes its turn.
   */
  async tryOut<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const opening = ['set transaction isolation level repeatable read', `set local lock_timeout = ${besideWaitMs}`];
    for (let tries = 0; tries < triesBeside; tries += 1) {
      try {
        return await this.database.in('acts').begun(opening, work);
      } catch (error) {
        if (!inTheWay.includes((error as { code?: string }).code ?? '')) throw error;
      }
    }
    return this.commit(work);
  }

  /** Whatever `work` commits is told under this name where it holds the committer long. */
  named<T>(name: string, work: () => Promise<T>): Promise<T> {
    return this.works.run(name, work);
  }

  /** Ends the duty of whoever had it and returns the epoch of the new one, which is that of this process. */
  takeDuty(process: string): Promise<number> {
    return this.database.in('commits').begun([takeLock], async (tx) => {
      const [row] = await tx.query<{ epoch: number }>('update committer set epoch = epoch + 1 returning epoch');
      await tx.write(
        `insert into heartbeat (process, epoch, beats, beat_at) values ($1, $2, 1, clock_timestamp())
         on conflict (only_one) do update
         set process = excluded.process, epoch = excluded.epoch, beats = heartbeat.beats + 1, beat_at = excluded.beat_at,
           leaving = false`,
        [process, row!.epoch],
      );
      return row!.epoch;
    });
  }

  /** All that `work` commits is committed only while the duty is that of the epoch; after that it fails with `DutyLost`. */
  onDuty<T>(epoch: number, work: () => Promise<T>): Promise<T> {
    return this.epochs.run(epoch, work);
  }

  private checkDuty(now: number): void {
    const epoch = this.epochs.getStore();
    if (epoch !== undefined && epoch !== now) throw new DutyLost('Another worker has taken the duty over.');
  }
}
