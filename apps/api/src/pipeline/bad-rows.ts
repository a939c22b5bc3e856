import { Injectable } from '@nestjs/common';
import { mostToldMistakes } from '@cinch/api-contract';
import { Clock } from '../platform/clock.ts';
import type { Tx } from '../platform/transaction.ts';
import { ErrorsStore } from '../stages/records/errors.store.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import type { BadRow } from '../stages/refreshes/listed-page.ts';
import { RunsStore, type RunRow } from '../stages/refreshes/runs.store.ts';
import type { SystemInForce } from './systems-in-force.ts';

/** A listed row that cannot be read: whatever its data are, they are not compared. */
const unreadable = JSON.stringify({ version: null, data: {} });

/** Rows of a listing that are not as the protocol has them: each is an error of its own, and the listing goes on. */
@Injectable()
export class BadRows {
  constructor(
    private readonly clock: Clock,
    private readonly errors: ErrorsStore,
    private readonly records: RecordsStore,
    private readonly runs: RunsStore,
  ) {}

  /** The records of them are there, and not missing; of the others it is said that they were not compared. */
  async note(tx: Tx, run: RunRow, { systemId, lens }: SystemInForce, bad: readonly BadRow[]): Promise<void> {
    if (bad.length === 0) return;
    const entries = bad.slice(0, mostToldMistakes).map(({ place, key, path, detail }) => ({
      kind: 'line' as const,
      sourceKey: key,
      batchId: null,
      line: place + 1,
      runId: run.runId,
      code: 'row-not-readable',
      path,
      detail: `The system listed a row that is not as the protocol has it (${path || 'the row'}: ${detail}). It is read again by each refresh, and by a replay: mend it there, or how the adapter tells it.`,
    }));
    await this.errors.add(tx, systemId, lens.version, entries, this.clock.now());
    const known = await this.records.byKeys(
      tx,
      systemId,
      bad.flatMap(({ key }) => key ?? []),
    );
    const seen = [...known.values()].map(({ recordId }) => ({ recordId, drifted: unreadable }));
    await this.runs.addSeen(tx, run, seen);
    const nameless = ({ place }: BadRow) => `(row ${run.counts.listed + place + 1} of the listing)`;
    const unread = bad.filter(({ key }) => key === null || !known.has(key)).map((one) => one.key ?? nameless(one));
    await this.runs.addUnread(tx, run, unread);
  }

  /** The system was listed to its end: what was met in an earlier listing, and not in this one, reads well or is gone. */
  async closeMet(tx: Tx, run: RunRow): Promise<void> {
    if (run.listedAt !== null) await this.errors.closeHeard(tx, run.systemId, run.listedAt, this.clock.now());
  }
}
