import { Injectable, Logger } from '@nestjs/common';
import { Committer, DutyLost } from '../platform/committer.ts';
import { databaseTroubleIn } from '../platform/database-trouble.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/transaction.ts';
import { Troubles as HubTroubles } from '../platform/troubles.ts';
import { WorkUnderWay } from '../platform/work-under-way.ts';
import { RunsStore, type RunRow } from '../stages/refreshes/runs.store.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { GiveUp } from './give-up.ts';
import { Lane } from './lane.ts';
import { Refresh } from './refresh.ts';
import { failureInWords } from './failure-in-words.ts';

/** So many systems are worked for at a time: each may hold a connection to the database and a page of a listing in memory. */
const mostAtOnce = 8;
/** Of them, so many may be systems whose last call failed: however many are away, the others find a place. */
const mostInTrouble = 4;
/** A system that fails rests, twice as long after each failure up to the last of these. */
const [firstRestMs, longestRestMs] = [1_000, 60_000];

interface Due {
  systemId: number;
  /** Null: its lane is due. */
  run: RunRow | null;
}

interface Trouble {
  failures: number;
  /** By the clock that never goes back. */
  restsUntil: number;
  /** A run that its system fails has ended; the next one is somebody's wish and need not wait. The lane tries by itself. */
  restsFrom: 'lane' | 'everything';
}

/**
 * A loop for each system that has something to do: what it delivers and where its refresh goes on. One that hangs, or answers slowly,
 * or fails, keeps no other waiting. Within a system one thing is done at a time, a refresh before the lane.
 */
@Injectable()
export class SystemLoops {
  private readonly log = new Logger('SystemLoops');
  private readonly running = new Map<number, Promise<void>>();
  private readonly troubles = new Map<number, Trouble>();
  /** That the duty is lost is for the worker to know: it is thrown when it looks next. */
  private lost: DutyLost | null = null;

  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly runs: RunsStore,
    private readonly views: ViewsStore,
    private readonly lane: Lane,
    private readonly refresh: Refresh,
    private readonly underWay: WorkUnderWay,
    private readonly giveUp: GiveUp,
    private readonly hubTroubles: HubTroubles,
    private readonly clock: Clock,
  ) {}

  /**
   * Starts the next piece of work of each system that is due, rests no longer and has none under way. `done` is called after each, and after
   * a rest, since there may then be more. False, always: what was started is not waited for.
   */
  async start(over: AbortSignal, done: () => void): Promise<boolean> {
    const { lost } = this;
    this.lost = null;
    if (lost) throw lost;
    for (const due of await this.due()) {
      if (!over.aborted && this.mayStart(due)) this.launch(due, over, done);
    }
    return false;
  }

  /** Resolves when nothing is under way any more. */
  async ended(): Promise<void> {
    while (this.running.size > 0) await Promise.all(this.running.values());
  }

  private async due(): Promise<Due[]> {
    const runs = await this.database.glance((tx) => this.runs.active(tx));
    const lanes = await this.database.glance((tx) => this.views.lanesDue(tx, this.clock.now()));
    const refreshed = new Set(runs.map((run) => run.systemId));
    const due: Due[] = runs.map((run) => ({ systemId: run.systemId, run }));
    for (const systemId of lanes) if (!refreshed.has(systemId)) due.push({ systemId, run: null });
    return due;
  }

  private mayStart({ systemId, run }: Due): boolean {
    if (this.running.has(systemId) || this.running.size >= mostAtOnce) return false;
    if (this.underWay.mustWait(`system ${systemId}`)) return false;
    const trouble = this.troubles.get(systemId);
    if (!trouble) return true;
    const inTrouble = [...this.running.keys()].filter((one) => this.troubles.has(one)).length;
    const rests = performance.now() < trouble.restsUntil && (run === null || trouble.restsFrom === 'everything');
    return !rests && inTrouble < mostInTrouble;
  }

  private launch(due: Due, over: AbortSignal, done: () => void): void {
    const work = this.work(due, over).finally(() => {
      this.running.delete(due.systemId);
      done();
      const restMs = (this.troubles.get(due.systemId)?.restsUntil ?? 0) - performance.now();
      if (restMs > 0) setTimeout(done, restMs).unref();
    });
    this.running.set(due.systemId, work);
  }

  private async work({ systemId, run }: Due, over: AbortSignal): Promise<void> {
    try {
      await this.underWay.attempt(
        `system ${systemId}`,
        markOf(run),
        () =>
          run ? this.refresh.advance(run, over) : this.committer.named('lane', () => this.lane.deliver(systemId, over)),
        (deaths) => (run ? this.giveUp.run(run, deaths) : this.giveUp.lane(systemId, deaths)),
      );
      this.troubles.delete(systemId);
    } catch (error) {
      if (error instanceof DutyLost) this.lost = error;
      else if (!over.aborted) this.rest(systemId, error);
    }
  }

  private rest(systemId: number, error: unknown): void {
    const failures = (this.troubles.get(systemId)?.failures ?? 0) + 1;
    // Systems that share what broke must not come back all at the same moment.
    const restMs = Math.min(firstRestMs * 2 ** (failures - 1), longestRestMs) * (0.75 + Math.random() / 4);
    const ours = databaseTroubleIn(error);
    if (ours) this.hubTroubles.meet(ours.code);
    const isTheirs = error instanceof ProblemError;
    const restsFrom = isTheirs ? 'lane' : 'everything';
    this.troubles.set(systemId, { failures, restsUntil: performance.now() + restMs, restsFrom });
    const told = isTheirs ? error.code : failureInWords(error);
    this.log.warn(`System ${systemId} failed ${failures} times in a row and rests ${Math.round(restMs)} ms: ${told}`);
  }
}

/** Another one whenever the run has moved on: what the hub died over was the last step. */
function markOf(run: RunRow | null): string {
  if (run === null) return 'lane';
  const { listed, applied, parked, failed } = run.counts;
  return `run ${run.runId} ${run.phase} ${run.round}.${run.listing} ${listed} ${applied + parked + failed}`;
}
