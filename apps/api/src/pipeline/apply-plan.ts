import { Injectable } from '@nestjs/common';
import { Committer } from '../platform/committer.ts';
import { ProblemError } from '../platform/problem-error.ts';
import type { Tx } from '../platform/transaction.ts';
import { ItemsStore } from '../stages/refreshes/items.store.ts';
import { mustBePlanned } from '../stages/refreshes/may-run.ts';
import { RunsStore } from '../stages/refreshes/runs.store.ts';
import { approved, mustBeReleased } from './brake.ts';
import { Delivery } from './delivery.ts';
import { Outbound } from './outbound.ts';
import { Planning } from './planning.ts';
import { SystemsInForce } from './systems-in-force.ts';

/** Of more customers that changed since a plan was made, it is not planned again while somebody waits for the answer. */
const mostCaughtUpInCall = 2_000;

/** Lets a plan go on that a person has looked at. */
@Injectable()
export class ApplyPlan {
  constructor(
    private readonly committer: Committer,
    private readonly inForce: SystemsInForce,
    private readonly runs: RunsStore,
    private readonly items: ItemsStore,
    private readonly planning: Planning,
    private readonly delivery: Delivery,
    private readonly outbound: Outbound,
  ) {}

  /** A plan that would be another one by now is replaced and has to be looked at again. */
  async apply(runId: number, seenHash: string, typed?: number): Promise<void> {
    for (;;) {
      const became = await this.committer.commit((tx) => this.applyIfSeen(tx, runId, seenHash, typed));
      if (became === 'begun') return;
      if (became === 'catching-up') continue;
      const isThere = became === 'replaced' ? 'has been made anew' : 'is being made anew';
      const detail = `Something changed since the plan was made. It ${isThere}: look at it and apply it again.`;
      throw new ProblemError('stale-plan', detail);
    }
  }

  private async applyIfSeen(tx: Tx, runId: number, seenHash: string, typed: number | undefined) {
    const run = mustBePlanned(await this.runs.byId(tx, runId));
    const system = await this.inForce.working(tx, run.systemId);
    await this.outbound.mustSendTo(tx, system);
    const isFar = await this.runs.haveChanged(tx, runId, mostCaughtUpInCall);
    if (isFar || (await this.planning.isOutdated(tx, run))) {
      await this.runs.save(tx, { ...run, phase: 'plan' });
      return 'to-be-made';
    }
    const planned = await this.planning.catchUp(tx, run, system);
    const isUpToDate = !(await this.runs.haveChanged(tx, runId, 0));
    if (isUpToDate && planned.planHash === seenHash) {
      mustBeReleased(planned, typed);
      await this.items.noteSeen(tx, runId);
      await this.delivery.begin(tx, approved(planned));
      return 'begun';
    }
    await this.runs.save(tx, planned);
    return isUpToDate ? 'replaced' : 'catching-up';
  }
}
