import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Committer, DutyLost } from '../platform/committer.ts';
import { Duty } from '../platform/duty.ts';
import { databaseTroubleIn } from '../platform/database-trouble.ts';
import { ENVIRONMENT, type Environment } from '../platform/environment.ts';
import { Doorbell } from '../platform/doorbell.ts';
import { Troubles } from '../platform/troubles.ts';
import { Lanes } from '../platform/lanes.ts';
import { WorkUnderWay } from '../platform/work-under-way.ts';
import { Alerts } from './alerts.ts';
import { failureInWords } from './failure-in-words.ts';
import { Holds } from './holds.ts';
import { Ingest } from './ingest.ts';
import { Integrity } from './integrity.ts';
import { LeftOver } from './left-over.ts';
import { Rederive } from './rederive.ts';
import { Rematch } from './rematch.ts';
import { Replays } from './replays.ts';
import { Retention } from './retention.ts';
import { Schedules } from './schedules.ts';
import { SharedValuesWatch } from './shared-values.ts';
import { Sweep } from './sweep.ts';
import { SystemLoops } from './system-loops.ts';

const idleMs = 250;
/**
 * Where nothing has happened for so long it is looked less often: what makes work rings or wakes, here or from another process. Only what
 * its time has come for, and a ring that was not heard, waits so long.
 */
const [atRestAfterMs, atRestMs] = [30_000, 30_000];
const afterFailureMs = 2_000;
/**
 * Passes over few lines begin at least so far apart: what they cost is hardly more for all that comes meanwhile than for one push, and
 * what is saved works off what waited during a full collection. A push that finds the hub at rest waits for nothing.
 */
const [fewLines, betweenFewMs] = [100, 30];

type LoopName =
  'ingest' | 'replay' | 'rederive' | 'systems' | 'schedule' | 'integrity' | 'retention' | 'sweep' | 'alerts' | 'shared';

/** One kind of work that is done until none is left, then again when woken or after a while. */
interface Loop {
  name: LoopName;
  /** Does one piece; false when there is none. */
  step: (over: AbortSignal) => Promise<boolean>;
  /** For whom its work may make work. All of them looking after each push would cost more than the pushes. */
  wakes: readonly LoopName[];
  /** Aborted when there may be something to do. */
  woken: AbortController;
}

/**
 * Drives the pipeline while this process is on duty: takes in what waits and what is replayed, reads anew what has a new mapping,
 * keeps a loop for each system that is to be delivered to or refreshed, starts the refreshes that are due, sweeps loads, and looks now and then whether all is in order.
 */
@Injectable()
export class Worker implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly log = new Logger('Worker');
  private readonly stopping = new AbortController();
  private readonly loops: readonly Loop[];
  private serving: Promise<void> = Promise.resolve();
  private furtherStep: () => Promise<boolean> = () => Promise.resolve(false);
  private isOnDuty = false;
  private busyAt = performance.now();

  constructor(
    @Inject(ENVIRONMENT) private readonly environment: Environment,
    private readonly lanes: Lanes,
    private readonly duty: Duty,
    private readonly committer: Committer,
    private readonly ingest: Ingest,
    private readonly leftOver: LeftOver,
    private readonly systems: SystemLoops,
    private readonly underWay: WorkUnderWay,
    private readonly rematch: Rematch,
    replays: Replays,
    rederive: Rederive,
    schedules: Schedules,
    integrity: Integrity,
    retention: Retention,
    alerts: Alerts,
    private readonly sweep: Sweep,
    private readonly troubles: Troubles,
    private readonly doorbell: Doorbell,
    holds: Holds,
    shared: SharedValuesWatch,
  ) {
    const loop = (name: LoopName, step: Loop['step'], ...wakes: LoopName[]): Loop => {
      return { name, step, wakes, woken: new AbortController() };
    };
    this.loops = [
      // A load whose lines are all worked on can wait for the sweep's own look: two statements for each push would cost more.
      loop('ingest', () => this.takeIn(), 'systems'),
      loop('replay', () => replays.next(), 'sweep'),
      loop(
        'rederive',
        async () => (await holds.answerStanding()) || (await rederive.next()) || (await this.furtherStep()),
      ),
      loop('systems', (over) => this.systems.start(over, () => this.wakeHere(['systems']))),
      loop('schedule', () => schedules.startDue(), 'systems'),
      loop('integrity', () => integrity.next()),
      loop('retention', () => retention.next()),
      loop('sweep', () => sweep.next()),
      loop('alerts', () => alerts.next()),
      loop('shared', () => shared.next(), 'rederive'),
    ];
  }

  onApplicationBootstrap(): void {
    if (this.environment.role !== 'api') this.serving = this.serve();
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    this.wakeHere([]);
    if (this.environment.role !== 'api') await this.duty.leave();
    await this.serving;
  }

  /** There is something to do, for these or for whichever loop it concerns: do not wait for the next look. */
  wake(...names: LoopName[]): void {
    if (this.isOnDuty) this.wakeHere(names);
    else this.doorbell.ring(names);
  }

  /** After a rest all look: what one has to do may come from what another one does. */
  private wakeHere(names: readonly string[]): void {
    const all = names.length === 0 || this.isAtRest;
    this.busyAt = performance.now();
    for (const loop of this.loops) {
      if (!all && !names.includes(loop.name)) continue;
      loop.woken.abort();
      loop.woken = new AbortController();
    }
  }

  /** What people's acts leave to be done one after the other; it is told here, since these acts wake the worker. */
  alsoDo(step: () => Promise<boolean>): void {
    this.furtherStep = step;
  }

  /** Everything that was accepted so far is in its place: for tests and for those who must not miss a push. */
  async drained(): Promise<void> {
    while ((await this.ingest.next()) > 0 || (await this.sweep.next()));
  }

  private async serve(): Promise<void> {
    for (;;) {
      const shift = await this.duty.begin(this.stopping.signal, (name) => this.wakeHere(name === '' ? [] : [name]));
      if (shift === null) return;
      this.leftOver.lookAgain(shift.follows);
      this.underWay.lookAgain(shift.follows);
      const over = new AbortController();
      const end = () => {
        over.abort();
        this.wakeHere([]);
      };
      shift.lost.addEventListener('abort', end, { once: true });
      this.stopping.signal.addEventListener('abort', end, { once: true });
      if (this.stopping.signal.aborted || shift.lost.aborted) end();
      const work = async () => {
        await this.placeFirst(over.signal);
        if (shift.follows === 'died') await this.workOffAlone(over.signal);
        await Promise.all(this.loops.map((loop) => this.drive(loop, over.signal, end)));
      };
      this.isOnDuty = true;
      await this.lanes.during('work', () => this.committer.onDuty(shift.epoch, work));
      this.isOnDuty = false;
      this.stopping.signal.removeEventListener('abort', end);
      await this.systems.ended();
      await shift.end();
      if (!this.stopping.signal.aborted) this.log.warn('The duty is lost: this worker stands by.');
    }
  }

  /**
   * After an update that makes other match keys nobody is found by the stored ones: all records are placed anew before anything that is told
   * is matched. It is accepted meanwhile, and waits.
   */
  private async placeFirst(over: AbortSignal): Promise<void> {
    while (!over.aborted) {
      try {
        // What was put aside, since the hub died over it, keeps nobody waiting.
        if (!(await this.rematch.mustComeFirst()) || !(await this.rematch.next())) return;
      } catch (error) {
        if (error instanceof DutyLost || over.aborted) return;
        this.log.error(`placing all records failed and will be tried again: ${failureInWords(error)}`);
        await wait(afterFailureMs, undefined, { signal: over }).catch(() => undefined);
      }
    }
  }

  /** What was under way in the inbox when the hub died is worked off while this process works on nothing else, or as much of it as can be. */
  private async workOffAlone(over: AbortSignal): Promise<void> {
    try {
      while (!over.aborted && this.leftOver.mayBeLeft && (await this.ingest.next()) > 0);
    } catch {
      // Whatever it is, it shows again in the loop.
    }
  }

  private async drive(loop: Loop, over: AbortSignal, end: () => void): Promise<void> {
    while (!over.aborted) {
      let pauseMs = 0;
      const { signal } = loop.woken;
      try {
        if (!(await this.committer.named(loop.name, () => loop.step(over))))
          pauseMs = this.isAtRest ? atRestMs : idleMs;
        else if (loop.wakes.length > 0) this.wakeHere(loop.wakes);
        else this.busyAt = performance.now();
      } catch (error) {
        if (error instanceof DutyLost) end();
        if (over.aborted) return;
        this.tellFailure(loop, error);
        pauseMs = afterFailureMs;
      }
      if (pauseMs > 0) await wait(pauseMs, undefined, { signal }).catch(() => undefined);
    }
  }

  private get isAtRest(): boolean {
    return performance.now() - this.busyAt > atRestAfterMs;
  }

  private async takeIn(): Promise<boolean> {
    const began = performance.now();
    const lines = await this.ingest.next();
    const restMs = betweenFewMs - (performance.now() - began);
    if (lines > 0 && lines < fewLines && restMs > 0) await wait(restMs);
    return lines > 0;
  }

  private tellFailure({ name: loopName }: Loop, error: unknown): void {
    const trouble = databaseTroubleIn(error);
    if (trouble) this.troubles.meet(trouble.code);
    this.log.error(`${loopName} failed and will be tried again: ${failureInWords(error)}`);
  }
}
