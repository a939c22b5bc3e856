import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/transaction.ts';
import { counts, isTombstoned } from './view-row.ts';

/** The last listing of a run. */
interface Listed {
  systemId: number;
  runId: number;
  listing: number;
  /** Records up to this one were known when it began. */
  listingFloor: number;
}

/** So many keys say enough. */
const mostKeys = 10_000;
/** What the last run that closed has named already is nothing that happened at once. */
const isNamed = (kind: 'missing' | 'surplus') => `exists (
  select 1 from refresh_item i where i.record_id = r.record_id and i.kind = '${kind}' and i.run_id = (
    select max(b.run_id) from refresh_run b where b.system_id = $1 and b.mode <> 'events' and b.confined is null and b.phase = 'closed'))`;

/** What a listing showed, beside what is known. */
@Injectable()
export class ListedStore {
  /**
   * Keys of records that the listing did not show, and of records that have ended and that it showed; only those of which no run has told
   * before, and none right after a person was asked.
   */
  async goneAndBack(
    tx: Tx,
    { systemId, runId, listing, listingFloor }: Listed,
  ): Promise<{ gone: string[]; back: string[] }> {
    const back = await tx.query<{ key: string }>(
      `select r.source_key as key from refresh_seen s join source_record r using (record_id)
       where s.run_id = $2 and s.listing = $3 and not r.excluded and ${isTombstoned} and not ${isNamed('surplus')}
         and not exists (
           select 1 from hold h where h.system_id = $1 and h.seen like '%gone-and-back%' and h.answered_at > coalesce(
             (select max(b.closed_at) from refresh_run b where b.system_id = $1 and b.phase = 'closed'), '-infinity'))
       order by 1 limit $4`,
      [systemId, runId, listing, mostKeys],
    );
    if (back.length === 0) return { gone: [], back: [] };
    const gone = await tx.query<{ key: string }>(
      `select r.source_key as key from source_record r
       where r.system_id = $1 and r.state = 'live' and r.record_id <= $4 and ${counts} and r.hold_id is null and not ${isNamed('missing')}
         and not exists (select 1 from refresh_seen s where s.run_id = $2 and s.listing = $3 and s.record_id = r.record_id)
       order by 1 limit $5`,
      [systemId, runId, listing, listingFloor, mostKeys],
    );
    return { gone: gone.map(({ key }) => key), back: back.map(({ key }) => key) };
  }
}
