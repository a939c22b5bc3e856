import { Injectable } from '@nestjs/common';
import { closingInWords, type RunProof } from '@cinch/api-contract';
import type { Lens } from '@cinch/canonical-model';
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
      ...driftUnseenBy(run, lens),
      excluded: await this.runs.excludedIn(tx, run),
      exceptions: await this.items.exceptions(tx, run.runId),
    };
    if (run.comparison) await this.runs.takeTurn(tx, run.systemId);
    await this.runs.end(tx, run.runId, 'closed', { closing: closingInWords(proof), proof }, this.clock.now());
  }
}

/** What it did not look for in every row, by the names that readers know. */
function driftUnseenBy({ comparison }: RunRow, lens: Lens): Pick<RunProof, 'driftUnseen'> {
  const mapped: readonly string[] = [...lens.attributes, ...lens.lists];
  const driftUnseen = (comparison?.sets ?? []).flatMap((set) => {
    const attributes = set.attributes.filter((one) => mapped.includes(one));
    const share = set.compared === 'sample' ? set.share : null;
    return attributes.length === 0 ? [] : [{ attributes: attributes.map((one) => lens.model.labelOf(one)), share }];
  });
  return driftUnseen.length === 0 ? {} : { driftUnseen };
}
