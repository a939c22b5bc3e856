import { Injectable } from '@nestjs/common';
import { decideSweep, forgottenAfterMs, isForgotten, sweepExcess } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { LoadsStore, type LoadRow } from '../stages/loads/loads.store.ts';
import { OldStore } from '../stages/loads/old.store.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';

/** Ends loads: sweeps those whose lines all have their place, and aborts those that nobody goes on with. */
@Injectable()
export class Sweep {
  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly loads: LoadsStore,
    private readonly old: OldStore,
    private readonly systems: SystemsStore,
  ) {}

  /** False when no load is due. */
  async next(): Promise<boolean> {
    const { complete, forgotten } = await this.database.glance(async (tx) => {
      const now = this.clock.now();
      const idle = await this.loads.openSince(tx, now - forgottenAfterMs);
      return {
        complete: await this.loads.completing(tx),
        forgotten: idle.filter((one) => isForgotten(one.heardOfAt, now)).map((one) => one.loadId),
      };
    });
    for (const loadId of forgotten) await this.forget(loadId);
    let moved = forgotten.length > 0;
    for (const loadId of complete) moved = (await this.sweep(loadId)) || moved;
    return moved;
  }

  private sweep(loadId: number): Promise<boolean> {
    return this.committer.commit(async (tx) => {
      const load = await this.loads.locked(tx, loadId);
      if (load?.state !== 'completing') return false;
      const counts = await this.loads.counts(tx, loadId);
      const isMuch = counts.waiting === 0 && (await this.isMuch(tx, load));
      const decided = decideSweep(counts, isMuch, load.allowedBy !== null);
      const now = this.clock.now();
      if (decided.kind === 'wait') return false;
      if (decided.kind === 'ask') {
        await this.loads.change(tx, loadId, { state: 'to-accept', why: decided.doubts });
        return true;
      }
      await this.old.sweep(tx, load, now);
      await this.loads.change(tx, loadId, { state: 'swept', closedAt: now });
      await this.loads.forgetSeen(tx, loadId);
      return true;
    });
  }

  /** Whether it would flag more of the system's records than pass without a person: a file that was cut off looks like this. */
  private async isMuch(tx: Tx, load: LoadRow): Promise<boolean> {
    const { unshown, records } = await this.old.noteUnshown(tx, load);
    const { limits } = (await this.systems.byId(tx, load.systemId))!;
    return sweepExcess(unshown, records, limits) !== null;
  }

  private async forget(loadId: number): Promise<void> {
    await this.committer.commit(async (tx) => {
      const load = await this.loads.locked(tx, loadId);
      if (load?.state !== 'open') return;
      await this.loads.change(tx, loadId, { state: 'aborted', why: ['idle'], closedAt: this.clock.now() });
      await this.loads.forgetSeen(tx, loadId);
    });
  }
}
