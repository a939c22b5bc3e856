import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { ItemsStore } from '../stages/refreshes/items.store.ts';
import { boundsOf, ConfinedStore, mustBeMapped, type Asked } from '../stages/refreshes/confined.store.ts';
import { RunsStore, type RunRow } from '../stages/refreshes/runs.store.ts';
import { hasEnded, mustBeCancellable, mustBeListable, mustNotBeHeld } from '../stages/refreshes/may-run.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';
import { ApplyPlan } from './apply-plan.ts';
import { Closing } from './closing.ts';
import { Delivery } from './delivery.ts';
import { HeldSystems } from './held-systems.ts';
import { Listing } from './listing.ts';
import { Outbound } from './outbound.ts';
import { Planning } from './planning.ts';
import { RunWatch } from './run-watch.ts';
import { SystemsInForce, type SystemInForce } from './systems-in-force.ts';

/** After this many plans a run closes with what still differs as exceptions: the system changes faster than it is refreshed. */
const mostRounds = 4;

/** A refresh run: hear, plan, apply, and hear and plan again until nothing differs. Each phase is durable; a crash resumes it. */
@Injectable()
export class Refresh {
  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly systems: SystemsStore,
    private readonly inForce: SystemsInForce,
    private readonly runs: RunsStore,
    private readonly items: ItemsStore,
    private readonly listing: Listing,
    private readonly planning: Planning,
    private readonly delivery: Delivery,
    private readonly closing: Closing,
    private readonly outbound: Outbound,
    private readonly watch: RunWatch,
    private readonly applying: ApplyPlan,
    private readonly confined: ConfinedStore,
    private readonly held: HeldSystems,
  ) {}

  start(systemCode: string, mode: 'plan' | 'full', by: string, asked: Asked = {}): Promise<{ runId: number }> {
    return this.committer.commit(async (tx) => ({ runId: await this.open(tx, systemCode, mode, by, asked) }));
  }

  async open(tx: Tx, systemCode: string, mode: 'plan' | 'full', by: string, asked: Asked = {}): Promise<number> {
    const system = await this.systems.named(tx, systemCode);
    mustBeListable(system);
    mustNotBeHeld(system);
    if (mode === 'full') await this.outbound.mustSendTo(tx, system);
    if (asked.attributes) mustBeMapped(await this.inForce.working(tx, system.systemId), asked.attributes);
    const confined = await this.confined.of(tx, system.systemId, asked);
    const bounds = boundsOf(confined, system.comparison);
    const runId = await this.runs.open(tx, system.systemId, mode, by, this.clock.now(), bounds);
    if (runId === null)
      throw new ProblemError('run-open', `A refresh of ${system.name} is open: finish or cancel it first.`);
    return runId;
  }

  apply(runId: number, seenHash: string, typed?: number): Promise<void> {
    return this.applying.apply(runId, seenHash, typed);
  }

  async cancel(runId: number): Promise<void> {
    const { systemId } = await this.committer.commit(async (tx) => {
      const run = mustBeCancellable(await this.runs.byId(tx, runId));
      await this.runs.end(tx, runId, 'cancelled', {}, this.clock.now());
      return run;
    });
    await this.tidy(systemId);
  }

  /** What ended runs leave behind may be as much as the system has rows, so it is not done while everybody waits. */
  private async tidy(systemId: number): Promise<void> {
    while (await this.committer.aside((tx) => this.runs.tidyEnded(tx, systemId)));
  }

  /** Takes the run one phase further, if nobody cancels it. One that its system fails has ended when this throws. */
  async advance(run: RunRow, over: AbortSignal): Promise<void> {
    try {
      await this.committer.named(`refresh ${run.phase}`, () =>
        this.watch.whileOpen(run.runId, over, (signal) => this.phase(run, signal)),
      );
    } catch (cause) {
      if (over.aborted || !(cause instanceof ProblemError)) throw cause;
      const said = { failure: cause.message };
      await this.committer.commit((tx) => this.runs.end(tx, run.runId, 'failed', said, this.clock.now()));
      await this.tidy(run.systemId);
      throw cause;
    }
  }

  private async phase(run: RunRow, signal: AbortSignal): Promise<void> {
    const system = await this.database.read((tx) => this.inForce.working(tx, run.systemId));
    if (run.phase === 'apply') {
      if (await this.delivery.next(run, system, signal)) return;
      await this.committer.commit(async (tx) => {
        const applied = (await this.runs.byId(tx, run.runId))!;
        await this.runs.save(tx, { ...applied, round: run.round + 1, phase: 'verify', cursor: null });
      });
    } else if (run.phase === 'plan') await this.planOrClose(run, signal);
    else {
      const heard = await this.listing.hear(run, system, signal);
      // From this commit on it is noted whom others change: the plan may be made beside them.
      await this.committer.commit((tx) => this.runs.save(tx, { ...heard, phase: 'plan' }));
    }
  }

  private async planOrClose(run: RunRow, signal: AbortSignal): Promise<void> {
    let planned = await this.planning.whole(run, signal);
    const goOn = async (tx: Tx) => {
      const system = await this.inForce.working(tx, run.systemId);
      if (await this.planning.isOutdated(tx, planned)) return 'outdated';
      if (await this.held.listAgain(tx, run)) return 'gone-on';
      planned = await this.planning.catchUp(tx, planned, system);
      const isBehind = await this.runs.haveChanged(tx, run.runId, 0);
      await (isBehind ? this.runs.save(tx, planned) : this.goOn(tx, planned, system));
      return isBehind ? 'behind' : 'gone-on';
    };
    for (;;) {
      signal.throwIfAborted();
      const became = await this.committer.commit(goOn);
      if (became === 'gone-on') return this.tidy(run.systemId);
      if (became === 'outdated') planned = await this.planning.whole(run, signal);
    }
  }

  /** What the plan amounts to decides, where nothing has changed since. */
  private async goOn(tx: Tx, planned: RunRow, system: SystemInForce): Promise<void> {
    const isDone = (await this.items.open(tx, planned.runId, 'planned', 1)).length === 0;
    const isOver = isDone || planned.round >= mostRounds;
    const isHeld = planned.brake.length > 0 && (planned.round === 0 || !isOver);
    if (isHeld || (planned.round === 0 && planned.mode === 'plan' && !isOver))
      return this.runs.save(tx, { ...planned, phase: 'planned' });
    if (isDone) await this.delivery.proved(tx, planned);
    if (isOver) return this.closing.close(tx, planned, system);
    await this.delivery.begin(tx, planned);
  }

  /** Resolves when the run waits for an admin, or has ended. */
  async finished(runId: number): Promise<void> {
    const read = () => this.database.read((tx) => this.runs.byId(tx, runId));
    for (let run = await read(); run && !hasEnded(run) && run.phase !== 'planned'; run = await read()) await wait(50);
  }
}
