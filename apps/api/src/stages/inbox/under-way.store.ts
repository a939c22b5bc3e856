import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/transaction.ts';
import type { ChunkRange } from './inbox.store.ts';

/** A line of a batch. */
export interface LinePlace {
  batchId: number;
  line: number;
}

/** What a hub that ended had under way. */
export interface Left extends ChunkRange {
  /** The line that it was working on alone, and how often that was begun; null where it worked on all of them together. */
  line: LinePlace | null;
  tries: number;
}

/** Notes what is worked on in a way that outlives the process and its transaction: the claim notes the chunks, this the single lines. */
@Injectable()
export class UnderWayStore {
  /** Null when all that was under way is done. */
  async left(tx: Tx): Promise<Left | null> {
    const [row] = await tx.query<
      Record<'fb' | 'fs' | 'lb' | 'ls' | 'batchId' | 'line' | 'tries' | 'urgent' | 'system' | 'load', string>
    >(
      `select fb.last_value as fb, fs.last_value as fs, lb.last_value as lb, ls.last_value as ls,
              b.last_value as "batchId", l.last_value as line, t.last_value as tries,
              u.last_value as urgent, s.last_value as system, o.last_value as load
       from under_way_first_batch fb, under_way_first_seq fs, under_way_last_batch lb, under_way_last_seq ls,
            under_way_line_batch b, under_way_line l, under_way_tries t,
            under_way_urgent u, under_way_system s, under_way_load o
       where exists (select 1 from inbox_chunk where done_at is null
         and (batch_id, seq) >= (fb.last_value, fs.last_value) and (batch_id, seq) <= (lb.last_value, ls.last_value)
         and urgent = (u.last_value = 1) and (urgent or system_id = s.last_value)
         and load_id is not distinct from nullif(o.last_value, 0))`,
    );
    if (!row) return null;
    const tries = Number(row.tries);
    return {
      from: { batchId: Number(row.fb), seq: Number(row.fs) },
      to: { batchId: Number(row.lb), seq: Number(row.ls) },
      isUrgent: Number(row.urgent) === 1,
      systemId: Number(row.system),
      loadId: Number(row.load) || null,
      line: tries === 0 ? null : { batchId: Number(row.batchId), line: Number(row.line) },
      tries,
    };
  }

  /** Resolves when the note stands. */
  async noteLine(tx: Tx, { batchId, line }: LinePlace, tries: number): Promise<void> {
    await tx.query(
      `select setval('under_way_line_batch', $1), setval('under_way_line', $2), setval('under_way_tries', $3)`,
      [batchId, line, tries],
    );
  }
}
