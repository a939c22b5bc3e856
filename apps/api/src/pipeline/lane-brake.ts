import { Injectable } from '@nestjs/common';
import { laneExcess } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/transaction.ts';
import { LaneBrakeStore } from '../stages/refreshes/lane-brake.store.ts';
import type { SystemInForce } from './systems-in-force.ts';

/** Pauses the lane of a system before more goes out between refreshes within an hour than its limits let pass. */
@Injectable()
export class LaneBrake {
  constructor(
    private readonly clock: Clock,
    private readonly store: LaneBrakeStore,
  ) {}

  /** Whether so many records more may go. They then count as sent; otherwise the lane is paused until a person lets it go on. */
  async lets(tx: Tx, { systemId, limits }: SystemInForce, count: number): Promise<boolean> {
    if (count === 0) return true;
    const now = this.clock.now();
    const total = count + (await this.store.sentInTheLastHour(tx, systemId, now));
    // Counting all records of a large system is only worth it once the limit in rows is reached.
    const records = total < limits.laneRows ? 0 : await this.store.records(tx, systemId);
    const excess = laneExcess(total, records, limits);
    if (excess) await this.store.pause(tx, systemId, excess, now);
    else await this.store.noteSent(tx, systemId, count, now);
    return excess === null;
  }
}
