import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { crashPoint } from '../platform/crash-points.ts';
import { PieceSize } from '../platform/piece-size.ts';
import type { Tx } from '../platform/transaction.ts';
import { ItemsStore, type PlannedItem } from '../stages/refreshes/items.store.ts';
import { addedTo } from '../stages/refreshes/run-counts.ts';
import { RunsStore, type RunRow } from '../stages/refreshes/runs.store.ts';
import { VersionsStore } from '../stages/refreshes/versions.store.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { Delivery } from './delivery.ts';
import { LaneBrake } from './lane-brake.ts';
import { Outbound } from './outbound.ts';
import { Planning } from './planning.ts';
import { SystemsInForce } from './systems-in-force.ts';

const mostTaken = 200;

/** Between refreshes: views that a push or a steward's act made stale go out within seconds, as items of a standing run. */
@Injectable()
export class Lane {
  private readonly pieces = new PieceSize(mostTaken);

  constructor(
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly inForce: SystemsInForce,
    private readonly views: ViewsStore,
    private readonly runs: RunsStore,
    private readonly items: ItemsStore,
    private readonly planning: Planning,
    private readonly brake: LaneBrake,
    private readonly delivery: Delivery,
    private readonly outbound: Outbound,
    private readonly versions: VersionsStore,
  ) {}

  /** What is stale by now. Where the system does not answer, the items stay planned and are tried again. */
  async deliver(systemId: number, signal: AbortSignal): Promise<void> {
    await this.brake.look(systemId);
    let count = 0;
    const held = (ms: number) => this.pieces.took(count, ms);
    const work = async (tx: Tx) => {
      const system = await this.inForce.working(tx, systemId);
      const run = await this.runs.standing(tx, systemId, this.clock.now());
      // A refresh that was started meanwhile plans for all, and takes over what is open here.
      if (await this.runs.isUnderWay(tx, systemId)) return { run, system, mayGo: false };
      const moved = await this.versions.movedSinceProof(tx, systemId);
      if (moved.length > 0) {
        await this.versions.noteLaneWaits(tx, systemId, moved);
        return { run, system, mayGo: false };
      }
      const atOnce = await this.brake.atOnce(tx, systemId, system.limits, this.pieces.now);
      const taken = await this.views.takeDirty(tx, systemId, this.clock.now(), atOnce);
      count = taken.length;
      crashPoint('dirty-taken');
      const customerIds = taken.map((one) => one.customerId);
      const planned = await this.planning.ofCustomers(tx, run, system, customerIds);
      const changedInBulk = await this.versions.changedInBulk(tx, systemId, customerIds);
      const isLeft = ({ customerId }: PlannedItem) => customerId !== null && changedInBulk.has(customerId);
      const items = planned.filter((item) => !isLeft(item));
      if (!(await this.brake.lets(tx, system, items))) {
        await this.views.putBack(tx, systemId, taken);
        return { run, system, mayGo: false };
      }
      const waits = planned.filter(isLeft).map(asWaiting);
      await this.items.add(
        tx,
        { runId: run.runId, round: 0, opensIn: systemId },
        [...items, ...waits],
        this.clock.now(),
      );
      const of = (kind: string) => items.filter((item) => item.kind === kind).length;
      const more = { create: of('create'), change: of('change') };
      const counted: RunRow = { ...run, counts: addedTo(run.counts, more) };
      await this.runs.save(tx, counted);
      crashPoint('lane-planned');
      return { run: counted, system, mayGo: true };
    };
    const { run, system, mayGo } = await this.committer.commit(work, { held });
    if (!mayGo) return;
    while (await this.delivery.next(run, system, signal)) if (await this.outbound.isStill(systemId)) return;
    await this.delivery.hearUnanswered(run, system, signal);
  }
}

/** Something in bulk has changed the customer too: its record is left to the next run, and stands among the items until then. */
function asWaiting(item: PlannedItem): PlannedItem {
  return { ...item, kind: 'withheld', outcome: 'exception', code: 'waits-for-run' };
}
