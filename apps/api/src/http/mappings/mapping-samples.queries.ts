import type { Json } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';

/** The latest whole row of up to so many of the system's records, in its own form. */
export async function heldRows(tx: Tx, systemId: number, limit: number): Promise<Json[]> {
  const rows = await tx.query<{ native: string }>(
    `select e.native from (select record_id from source_record where system_id = $1 and state = 'live'
                           order by record_id limit $2) r
     cross join lateral (select native from record_entry e where e.record_id = r.record_id and e.kind <> 'offer'
                         order by entry_id desc limit 1) e`,
    [systemId, limit],
  );
  return rows.map((row) => JSON.parse(row.native) as Json).filter((row) => row !== null);
}
