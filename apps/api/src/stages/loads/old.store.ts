import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { LoadRow } from './loads.store.ts';

/**
 * A record that was told of. `shownAt`: a row says that it was there at this instant, in milliseconds since 1970; null for an event,
 * which may be late.
 */
export interface Told {
  key: string;
  shownAt: number | null;
}

/** Records of system $2 that load $1 did not show, and of which nothing was told since the instant $3 that it shows. */
const isUnshown = `r.system_id = $2 and r.state = 'live' and r.source_key is not null and not r.excluded
    and (r.deleted is not null or r.confirmed_gone = r.head_position) is not true
    and not exists (select 1 from load_seen s where s.load_id = $1 and s.record_id = r.record_id)
    and not exists (select 1 from load_rejected_key k where k.load_id = $1 and k.source_key = r.source_key)`;
const isUntoldSince = 'not exists (select 1 from record_entry e where e.record_id = r.record_id and e.at > $3)';

/** Records that the last load of their system did not show. Being old changes nothing by itself: a person looks and decides. */
@Injectable()
export class OldStore {
  /** Keeps with the load how many records it did not show, and says of how many. */
  async noteUnshown(tx: Tx, load: LoadRow): Promise<{ unshown: number; records: number }> {
    // It was filled a moment ago, and without statistics it would be joined row by row.
    await tx.write('analyze load_seen');
    const [row] = await tx.query<{ unshown: number; records: number }>(
      `with missing as materialized (select r.record_id from source_record r where ${isUnshown}),
         unshown as (select count(*) as n from missing r where ${isUntoldSince})
       update load set unshown = unshown.n from unshown where load_id = $1
       returning unshown.n as unshown, (select count(*) from source_record where system_id = $2 and state = 'live') as records`,
      [load.loadId, load.systemId, new Date(load.asOf)],
    );
    return row!;
  }

  /**
   * Flags those of the next so many records of the system that the load did not show, unless something was told of them after the instant
   * that it shows. The last that was looked at and how many; null where none was left.
   */
  async flagPage(
    tx: Tx,
    { loadId, systemId, asOf }: LoadRow,
    { after, most, now }: { after: number; most: number; now: number },
  ): Promise<{ last: number | null; looked: number }> {
    const [row] = await tx.query<{ last: number | null; looked: number }>(
      `with page as materialized (
         select record_id from source_record where system_id = $2 and record_id > $5 order by record_id limit $6
       ), flagged as (
         update source_record r set old_in_load = $1, old_since = coalesce(r.old_since, $4) from page
         where r.record_id = page.record_id and ${isUnshown} and ${isUntoldSince}
       )
       select max(record_id)::bigint as last, count(*)::int as looked from page`,
      [loadId, systemId, new Date(asOf), new Date(now), after, most],
    );
    return row!;
  }

  /** Keeps with the load how many it has flagged. */
  async noteFlagged(tx: Tx, { loadId, systemId }: LoadRow): Promise<void> {
    await tx.write(
      `update load set flagged = (select count(*) from source_record where system_id = $2 and old_in_load = $1) where load_id = $1`,
      [loadId, systemId],
    );
  }

  /** Whether records of the system are old: most of the time none is, and what was told of need not be held against it. */
  async hasAny(tx: Tx, systemId: number): Promise<boolean> {
    const rows = await tx.query(
      'select 1 from source_record where system_id = $1 and old_in_load is not null limit 1',
      [systemId],
    );
    return rows.length > 0;
  }

  /**
   * What was told of after the load that flagged it is old no longer: a row that was there then, or anything of a later time. A line
   * that waited or is replayed was accepted long ago and says nothing of what the load did not show. Where the clock of a system goes
   * ahead of the hub's, its load shows nothing from after it was opened.
   */
  async noteTold(tx: Tx, systemId: number, told: readonly Told[]): Promise<void> {
    const rows = told.map(({ key, shownAt }) => ({ key, at: shownAt === null ? null : new Date(shownAt) }));
    await tx.write(
      `update source_record r set old_in_load = null, old_since = null
       from (select key, max(shown_at) as shown_at from unnest($2::text[], $3::timestamptz[]) as u(key, shown_at) group by 1) t, load l
       where r.system_id = $1 and r.source_key = t.key and l.load_id = r.old_in_load
         and (t.shown_at > least(l.as_of, l.opened_at) or exists (select 1 from record_entry e where e.record_id = r.record_id and e.at > l.as_of))`,
      [systemId, ...columns(rows, ['key', 'at'])],
    );
  }
}
