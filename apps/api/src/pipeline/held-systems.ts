import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/transaction.ts';
import { HoldsStore, type SeenOfSystem } from '../stages/records/holds.store.ts';
import { RunsStore, type RunRow } from '../stages/refreshes/runs.store.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';

const failure =
  'The system looks as if it had been set back, so it is held: nothing is sent to it, and what it sends waits. An admin says under “Held” what it was; then start a refresh anew.';

/** Many suspected rows are one question about their system. Until it is answered nothing is sent there, and what it sends waits. */
@Injectable()
export class HeldSystems {
  constructor(
    private readonly clock: Clock,
    private readonly holds: HoldsStore,
    private readonly runs: RunsStore,
    private readonly systems: SystemsStore,
  ) {}

  /** Whether the system is held from now on. */
  async holdIfMany(tx: Tx, systemId: number): Promise<boolean> {
    const { limits, holdId, standing } = (await this.systems.byId(tx, systemId))!;
    if (holdId !== null) return true;
    // A person has answered for all of them already.
    if (standing?.once) return false;
    const rows = await this.holds.rowsHeld(tx, systemId);
    if (rows < limits.suspectedRows) return false;
    await this.hold(tx, systemId, { code: 'many-rows', rows });
    return true;
  }

  /** Rows that were held when the run listed them were not compared: once their question is answered, it lists them again. */
  async listAgain(tx: Tx, run: RunRow): Promise<boolean> {
    if (run.listedAt === null || !(await this.holds.answeredSince(tx, run.systemId, run.listedAt))) return false;
    await this.runs.save(tx, { ...run, phase: run.round === 0 ? 'hear' : 'verify', cursor: null });
    return true;
  }

  async hold(tx: Tx, systemId: number, seen: SeenOfSystem): Promise<void> {
    const now = this.clock.now();
    await this.holds.openWhole(tx, systemId, seen, now);
    await this.runs.endOpen(tx, systemId, failure, now);
  }
}
