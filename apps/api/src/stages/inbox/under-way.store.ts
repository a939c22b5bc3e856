import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/transaction.ts';
import type { ChunkRange } from './inbox.store.ts';

/** What the claim has noted in a way that outlives the process and its transaction. */
@Injectable()
export class UnderWayStore {
  /** What was claimed last; null when all of it is done. */
  async left(tx: Tx): Promise<ChunkRange | null> {
    const [row] = await tx.query<Record<'fb' | 'fs' | 'lb' | 'ls' | 'urgent' | 'system' | 'load', string>>(
      `select fb.last_value as fb, fs.last_value as fs, lb.last_value as lb, ls.last_value as ls,
              u.last_value as urgent, s.last_value as system, o.last_value as load
       from under_way_first_batch fb, under_way_first_seq fs, under_way_last_batch lb, under_way_last_seq ls,
            under_way_urgent u, under_way_system s, under_way_load o
       where exists (select 1 from inbox_chunk where done_at is null
         and (batch_id, seq) >= (fb.last_value, fs.last_value) and (batch_id, seq) <= (lb.last_value, ls.last_value)
         and urgent = (u.last_value = 1) and (urgent or system_id = s.last_value)
         and load_id is not distinct from nullif(o.last_value, 0))`,
    );
    if (!row) return null;
    return {
      from: { batchId: Number(row.fb), seq: Number(row.fs) },
      to: { batchId: Number(row.lb), seq: Number(row.ls) },
      isUrgent: Number(row.urgent) === 1,
      systemId: Number(row.system),
      loadId: Number(row.load) || null,
    };
  }
}
