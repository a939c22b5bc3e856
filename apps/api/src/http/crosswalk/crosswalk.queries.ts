import { Injectable } from '@nestjs/common';
import type { CrosswalkLine } from '@cinch/api-contract';
import type { Glance } from '../../platform/transaction.ts';
import { isTombstoned } from '../records/record-state.ts';

const atOnce = 1_000;

@Injectable()
export class CrosswalkQueries {
  /** Live records that have a key, behind this record. `next` is null behind the last of them. */
  async page(tx: Glance, after: number): Promise<{ lines: CrosswalkLine[]; next: number | null }> {
    const rows = await tx.query<CrosswalkLine & { recordId: number }>(
      `select r.record_id as "recordId", s.code as system, r.source_key as "sourceId", c.public_id as "customerId"
       from source_record r join system s using (system_id) join customer c using (customer_id)
       where r.record_id > $1 and r.state = 'live' and r.source_key is not null and not ${isTombstoned}
       order by r.record_id limit ${atOnce}`,
      [after],
    );
    const lines = rows.map(({ recordId: _, ...line }) => line);
    return { lines, next: rows.length < atOnce ? null : rows.at(-1)!.recordId };
  }
}
