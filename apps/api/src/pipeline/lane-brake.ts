import { Injectable } from '@nestjs/common';
import { added, laneAllows, laneExcess, tallyOf, type Limits } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import type { PlannedItem } from '../stages/refreshes/items.store.ts';
import { LaneBrakeStore } from '../stages/refreshes/lane-brake.store.ts';
import type { SystemInForce } from './systems-in-force.ts';

/** Counting all records of a large system costs more than what is sent: a share need not be of the latest number. */
const countedForMs = 60_000;

/** Pauses the lane of a system before more goes out between refreshes within an hour than its limits let pass. */
@Injectable()
export class LaneBrake {
  private readonly counted = new Map<number, { records: number; until: number }>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly store: LaneBrakeStore,
  ) {}

  /** Counts the system's records where that is due, before anybody waits for it. */
  async look(systemId: number): Promise<void> {
    if (this.isCounted(systemId)) return;
    await this.database.read((tx) => this.records(tx, systemId));
  }

  /** Whether these may go. They then count as sent; otherwise the lane is paused until a person lets it go on. */
  async lets(tx: Tx, { systemId, limits, lens }: SystemInForce, items: readonly PlannedItem[]): Promise<boolean> {
    if (items.length === 0) return true;
    const now = this.clock.now();
    const tally = tallyOf(items, lens);
    const total = added(await this.store.sentInTheLastHour(tx, systemId, now), tally);
    const excess = laneExcess(total, await this.records(tx, systemId), limits);
    if (excess) await this.store.pause(tx, systemId, excess, now);
    else await this.store.noteSent(tx, systemId, tally, now);
    return excess === null;
  }

  /** Never more at once than an hour lets pass: a lane that a person lets go on would stop at once again. */
  async atOnce(tx: Tx, systemId: number, limits: Limits, most: number): Promise<number> {
    return Math.max(1, Math.min(most, laneAllows(await this.records(tx, systemId), limits)));
  }

  private async records(tx: Tx, systemId: number): Promise<number> {
    if (!this.isCounted(systemId)) {
      const records = await this.store.records(tx, systemId);
      this.counted.set(systemId, { records, until: this.clock.now() + countedForMs });
    }
    return this.counted.get(systemId)!.records;
  }

  private isCounted(systemId: number): boolean {
    return this.clock.now() < (this.counted.get(systemId)?.until ?? 0);
  }
}
