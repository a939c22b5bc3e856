import { Injectable } from '@nestjs/common';
import { Committer } from '../platform/committer.ts';
import { Database } from '../platform/transaction.ts';
import { AdapterClient } from '../stages/refreshes/adapter-client.ts';
import { ListedStore } from '../stages/views/listed.store.ts';
import type { RunRow } from '../stages/refreshes/runs.store.ts';
import { HeldSystems } from './held-systems.ts';
import type { SystemInForce } from './systems-in-force.ts';

/** A system of which many rows are gone at once, and others that had ended are back, was likely set back as a whole. */
@Injectable()
export class GoneAndBack {
  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly adapters: AdapterClient,
    private readonly listed: ListedStore,
    private readonly heldSystems: HeldSystems,
  ) {}

  /** Looks at a listing that has come to its end. */
  async look(run: RunRow, system: SystemInForce, signal: AbortSignal): Promise<void> {
    const { suspectedRows } = system.limits;
    const { gone, back } = await this.database.read((tx) => this.listed.goneAndBack(tx, run));
    if (gone.length < suspectedRows || back.length === 0) return;
    // A lagging copy shows the same: of so many the system itself is asked.
    for (const key of gone.slice(0, suspectedRows)) if (await this.isThere(system, key, signal)) return;
    for (const key of back.slice(0, suspectedRows)) if ((await this.isThere(system, key, signal)) === false) return;
    const seen = { code: 'gone-and-back', gone: gone.length, back: back.length } as const;
    await this.committer.commit((tx) => this.heldSystems.hold(tx, run.systemId, seen));
  }

  /** Undefined of a system that cannot be asked for a single row. */
  private async isThere(system: SystemInForce, key: string, signal: AbortSignal): Promise<boolean | undefined> {
    const row = await this.adapters.find(system, key, signal);
    return row === undefined ? undefined : row !== null;
  }
}
