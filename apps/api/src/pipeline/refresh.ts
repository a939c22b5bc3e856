import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { ItemsStore } from '../stages/refreshes/items.store.ts';
import { withRefused, withUnseen } from '../stages/refreshes/plan.ts';
import { RunsStore, type RunRow } from '../stages/refreshes/runs.store.ts';
import { mustBeListable, mustBePlanned, mustNotBeHeld } from '../stages/refreshes/may-run.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';
import { approved, mustBeReleased, withPlan, type Next } from './brake.ts';
import { Closing } from './closing.ts';
import { Delivery } from './delivery.ts';
import { Listing } from './listing.ts';
import { Outbound } from './outbound.ts';
import { Planning } from './planning.ts';
import { RunWatch } from './run-watch.ts';
import { SystemsInForce, type SystemInForce } from './systems-in-force.ts';

/** After this many plans a run closes with what still differs as exceptions: the system changes faster than it is refreshed. */
const mostRounds = 4;
const ended = new Set(['closed', 'failed', 'cancelled']);

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
  ) {}

  start(systemCode: string, mode: 'plan' | 'full', by: string): Promise<{ runId: number }> {
    return this.committer.commit(async (tx) => ({ runId: await this.open(tx, systemCode, mode, by) }));
  }

  async open(tx: Tx, systemCode: string, mode: 'plan' | 'full', by: string): Promise<number> {
    const system = await this.systems.named(tx, systemCode);
    mustBeListable(system);
    mustNotBeHeld(system);
    if (mode === 'full') await this.outbound.mustSendTo(tx, system);
    const runId = await this.runs.open(tx, system.systemId, mode, by, this.clock.now());
    if (runId === null)
      throw new ProblemError('run-open', `A refresh of ${system.name} is open: finish or cancel it first.`);
    return runId;
  }

  /** Applies the plan that was looked at. A plan that would be another one by now is replaced and has to be looked at again. */
  async apply(runId: number, seenHash: string, typed?: number): Promise<void> {
    const stale = await this.committer.commit(async (tx) => {
      const run = mustBePlanned(await this.runs.byId(tx, runId));
      const system = await this.inForce.working(tx, run.systemId);
      await this.outbound.mustSendTo(tx, system);
      const { run: planned, next } = await this.plan(tx, run, system);
      const isStale = planned.planHash !== seenHash;
      if (!isStale) mustBeReleased(planned, typed);
      if (!isStale) await this.items.noteSeen(tx, runId);
      await (isStale
        ? this.runs.save(tx, { ...planned, phase: 'planned' })
        : this.delivery.begin(tx, approved(planned, next)));
      return isStale;
    });
    if (stale)
      throw new ProblemError(
        'stale-plan',
        'Something changed since the plan was made. It has been made anew: look at it and apply it again.',
      );
  }

  async cancel(runId: number): Promise<void> {
    await this.committer.commit(async (tx) => {
      const run = await this.runs.byId(tx, runId);
      if (!run) throw new ProblemError('not-found', 'There is no such refresh run: look at the list.');
      if (ended.has(run.phase) || run.mode === 'events')
        throw new ProblemError('wrong-phase', 'This run has ended already, or never ends.');
      await this.runs.end(tx, runId, 'cancelled', {}, this.clock.now());
    });
  }

  /** Takes the run one phase further, if nobody cancels it. One that its system fails has ended when this throws. */
  async advance(run: RunRow, over: AbortSignal): Promise<void> {
    try {
      await this.watch.whileOpen(run.runId, over, (signal) => this.phase(run, signal));
    } catch (cause) {
      if (over.aborted || !(cause instanceof ProblemError)) throw cause;
      const said = { failure: cause.message };
      await this.committer.commit((tx) => this.runs.end(tx, run.runId, 'failed', said, this.clock.now()));
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
    } else if (run.phase === 'plan') await this.committer.commit((tx) => this.planOrClose(tx, run));
    else {
      const heard = await this.listing.hear(run, system, signal);
      await this.committer.commit((tx) => this.runs.save(tx, { ...heard, phase: 'plan' }));
    }
  }

  private async planOrClose(tx: Tx, run: RunRow): Promise<void> {
    const system = await this.inForce.working(tx, run.systemId);
    const { run: planned } = await this.plan(tx, run, system);
    const open = await this.items.open(tx, run.runId, 'planned', 1);
    const isOver = open.length === 0 || run.round >= mostRounds;
    const isHeld = planned.brake.length > 0 && (run.round === 0 || !isOver);
    if (isHeld || (run.round === 0 && run.mode === 'plan' && !isOver))
      return this.runs.save(tx, { ...planned, phase: 'planned' });
    if (isOver) return this.closing.close(tx, planned, system);
    await this.delivery.begin(tx, planned);
  }

  private async plan(tx: Tx, run: RunRow, system: SystemInForce): Promise<{ run: RunRow; next: Next }> {
    const { items: differing, ...made } = await this.planning.whole(tx, run, system);
    const known = withRefused(differing, await this.items.refused(tx, run.runId));
    const items = withUnseen(known, run.tallies.approved && (await this.items.seen(tx, run.runId)));
    await this.items.replacePlan(tx, run.runId, run.round, items, this.clock.now());
    return withPlan(run, system, { items, ...made }, await this.runs.written(tx, run.runId));
  }

  /** Resolves when the run waits for an admin, or has ended. */
  async finished(runId: number): Promise<void> {
    for (;;) {
      const run = await this.database.read((tx) => this.runs.byId(tx, runId));
      if (!run || ended.has(run.phase) || run.phase === 'planned') return;
      await wait(50);
    }
  }
}
