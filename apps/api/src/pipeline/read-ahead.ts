import { setImmediate as turn } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { Database } from '../platform/transaction.ts';
import { InboxStore, type Claimed } from '../stages/inbox/inbox.store.ts';
import { Matching } from '../stages/matching/matching.ts';
import { foldAhead } from '../stages/records/sift-rows.ts';
import { LoadMarks } from './load-marks.ts';
import { stoppedIds, type SystemInForce } from './systems-in-force.ts';

/** Behind fewer lines there is no load that waits, and a look would cost an event more than it saves. */
const fewestLines = 100;
/** So many rows are read at a time, a few milliseconds: answers to what is being committed must not wait longer. */
const rowsATurn = 10;

/**
 * While Postgres writes one piece of work, the next one is read, folded and made ready for matching. Nothing hangs on it: what was read ahead is only remembered,
 * and read again where it was not.
 */
@Injectable()
export class ReadAhead {
  constructor(
    private readonly database: Database,
    private readonly inbox: InboxStore,
    private readonly marks: LoadMarks,
    private readonly matching: Matching,
  ) {}

  async behind(
    inForce: ReadonlyMap<number, SystemInForce>,
    current: readonly Claimed[],
    mostLines: number,
    over: AbortSignal,
  ): Promise<void> {
    if (current.reduce((sum, { arrivals }) => sum + arrivals.length, 0) < fewestLines) return;
    try {
      const [prepare, next] = await this.database.read(async (tx) => {
        const chunks = current.flatMap((one) => one.chunks);
        const claimed = await this.inbox.readAhead(tx, mostLines, chunks, stoppedIds(inForce));
        return Promise.all([
          this.matching.ahead(tx),
          Promise.all(claimed.map(async (one) => ({ ...one, load: await this.marks.loadOf(tx, one) }))),
        ]);
      });
      for (const { systemId, load, arrivals } of next) {
        const system = inForce.get(systemId);
        if (!system) continue;
        for (const [index, row] of arrivals.entries()) {
          if (index % rowsATurn === 0) await turn();
          // An urgent push may wait for what comes next; the rows that are left are read there.
          if (over.aborted) return;
          const folded = foldedAhead(row, { lens: system.lens, kind: 'push', load }, system.epochs);
          if (folded) prepare({ kind: folded.state.kind, said: folded.said, system: system.code });
        }
      }
    } catch {
      // Whatever it is, it shows again where the work is really done.
    }
  }
}

/** A row that the hub fails on shows where the work is really done. */
function foldedAhead(...of: Parameters<typeof foldAhead>): ReturnType<typeof foldAhead> {
  try {
    return foldAhead(...of);
  } catch {
    return null;
  }
}
