import type { CrosswalkLine } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';
import { isTombstoned } from '../records/record-state.ts';

/** Live records that have a key, a thousand at a time, all as of the moment when reading began. */
export async function* crosswalkPages(tx: Tx): AsyncGenerator<CrosswalkLine[]> {
  await tx.query(
    `declare crosswalk no scroll cursor for
     select s.code as system, r.source_key as "sourceId", c.public_id as "customerId"
     from source_record r join system s using (system_id) join customer c using (customer_id)
     where r.state = 'live' and r.source_key is not null and not ${isTombstoned} order by r.record_id`,
  );
  for (;;) {
    const lines = await tx.query<CrosswalkLine>('fetch 1000 from crosswalk');
    if (lines.length === 0) return;
    yield lines;
  }
}
