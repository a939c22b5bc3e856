import { Injectable } from '@nestjs/common';
import { decideSweep, forgottenAfterMs, isForgotten, sweepExcess } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { PieceSize } from '../platform/piece-size.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { LoadsStore } from '../stages/loads/loads.store.ts';
import { OldStore } from '../stages/loads/old.store.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';

const mostAtOnce = 20_000;

/** Ends loads: sweeps those whose lines all have their place, and aborts those that nobody goes on with. */
@Injectable()
export class Sweep {
  private readonly pieces = new PieceSize(mostAtOnce, 500);

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

  /** Looking through all records of a system holds up nobody: what was not shown is counted aside, and flagged page by page. */
  private async sweep(loadId: number): Promise<boolean> {
    const isMuch = await this.committer.aside((tx) => this.isMuch(tx, loadId));
    const decided = await this.committer.commit(async (tx) => {
      const load = await this.loads.locked(tx, loadId);
      if (load?.state !== 'completing') return 'wait';
      const decided = decideSweep(await this.loads.counts(tx, loadId), isMuch, load.allowedBy !== null);
      if (decided.kind === 'ask') await this.loads.change(tx, loadId, { state: 'to-accept', why: decided.doubts });
      return decided.kind;
    });
    if (decided !== 'sweep') return decided === 'ask';
    for (let after: number | null = 0; after !== null;) after = await this.flagPage(loadId, after);
    return true;
  }

  /** After a crash it begins again: what is flagged is only looked at once more. The last record looked at; null when it is over. */
  private flagPage(loadId: number, after: number): Promise<number | null> {
    let done = 0;
    const held = (ms: number) => this.pieces.took(done, ms);
    const work = async (tx: Tx) => {
      const load = await this.loads.locked(tx, loadId);
      if (load?.state !== 'completing') return null;
      const now = this.clock.now();
      const { last, looked } = await this.old.flagPage(tx, load, { after, most: this.pieces.now, now });
      done = looked;
      if (last !== null) return last;
      await this.old.noteFlagged(tx, load);
      await this.loads.change(tx, loadId, { state: 'swept', closedAt: now });
      await this.loads.forgetSeen(tx, loadId);
      return null;
    };
    return this.committer.commit(work, { held });
  }

  /** Whether it would flag more of the system's records than pass without a person: a file that was cut off looks like this. */
  private async isMuch(tx: Tx, loadId: number): Promise<boolean> {
    const load = await this.loads.locked(tx, loadId);
    if (load?.state !== 'completing' || (await this.loads.counts(tx, loadId)).waiting > 0) return false;
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
