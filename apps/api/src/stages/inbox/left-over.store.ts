import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Care } from '../../platform/halving.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { ChunkRange } from './inbox.store.ts';

/** A line of a batch. */
interface LinePlace {
  batchId: number;
  line: number;
}

/** What is known of what was under way when the hub died. Instants in milliseconds since 1970. */
export interface KeptCare {
  /** The chunks of which lines are left; null: all are done. */
  range: ChunkRange | null;
  since: number | null;
  /** The lines that are tried, until they are committed. */
  trial: string[] | null;
  care: Care;
  /** When lines that wait are tried again, and how often in a row they have waited; null: they do not wait. */
  waitsUntil: number | null;
  waits: number;
  /** What came after it has died as well: nothing is worked on meanwhile. */
  allWait: boolean;
  diedAt: number;
}

/** What is known of what was under way when the hub died, and which of these lines are in their places by now. */
@Injectable()
export class LeftOverStore {
  async read(tx: Tx): Promise<KeptCare | null> {
    const [row] = await tx.query<{ kept: string }>('select kept from left_over');
    return row ? (JSON.parse(row.kept) as KeptCare) : null;
  }

  async keep(tx: Tx, kept: KeptCare): Promise<void> {
    await tx.query(
      `insert into left_over (kept, since, waits) values ($1, $2, $3)
       on conflict (only_one) do update set kept = excluded.kept, since = excluded.since, waits = excluded.waits`,
      [JSON.stringify(kept), kept.since === null ? null : new Date(kept.since), kept.waitsUntil !== null],
    );
  }

  async hasPlaced(tx: Tx): Promise<boolean> {
    return (await tx.query('select 1 from left_over_line limit 1')).length > 0;
  }

  /** Lines of these batches that are in their places. */
  placedIn(tx: Tx, batchIds: readonly number[]): Promise<LinePlace[]> {
    return tx.query('select batch_id as "batchId", line from left_over_line where batch_id = any($1::bigint[])', [
      batchIds,
    ]);
  }

  async place(tx: Tx, lines: readonly LinePlace[]): Promise<void> {
    await tx.write(
      'insert into left_over_line (batch_id, line) select * from unnest($1::bigint[], $2::int[])',
      columns(lines, ['batchId', 'line']),
    );
  }

  /** Their chunks are done, and say it of them. */
  async forget(tx: Tx, lines: readonly LinePlace[]): Promise<void> {
    await tx.write(
      `delete from left_over_line l using unnest($1::bigint[], $2::int[]) as t(batch, line)
       where l.batch_id = t.batch and l.line = t.line`,
      columns(lines, ['batchId', 'line']),
    );
  }
}
