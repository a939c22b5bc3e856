import { Injectable } from '@nestjs/common';
import { closingInWords, type RunProof } from '@cinch/api-contract';
import { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/transaction.ts';
import { ItemsStore } from '../stages/refreshes/items.store.ts';
import { RunsStore, type RunRow } from '../stages/refreshes/runs.store.ts';
import type { SystemInForce } from './systems-in-force.ts';

/** The end of a run: what it compared last, and what of that is not equal, is written down as its proof. */
@Injectable()
export class Closing {
  constructor(
    private readonly clock: Clock,
    private readonly runs: RunsStore,
    private readonly items: ItemsStore,
  ) {}

  async close(tx: Tx, run: RunRow, { lens }: Pick<SystemInForce, 'lens'>): Promise<void> {
    await this.runs.save(tx, run);
    const proof: RunProof = {
      asOf: new Date(run.listedAt ?? this.clock.now()).toISOString(),
      rows: run.counts.compared,
      fields: run.confined?.attributes?.length ?? lens.places.length,
      ...(run.confined && { confined: true }),
      excluded: await this.runs.excludedIn(tx, run),
      exceptions: await this.items.exceptions(tx, run.runId),
    };
    await this.runs.end(tx, run.runId, 'closed', { closing: closingInWords(proof), proof }, this.clock.now());
  }
}
