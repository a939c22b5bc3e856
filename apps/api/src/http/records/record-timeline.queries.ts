import { Injectable } from '@nestjs/common';
import type { RecordTimelinePage, TimelineEntry } from '@cinch/api-contract';
import { allFields, type ByAttribute, type Carried, type Json } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { along, cut, type SortedPage } from '../paging.ts';

interface Row extends Omit<TimelineEntry, 'at' | 'filedAt' | 'native' | 'refused'> {
  at: Date;
  filedAt: Date;
  native: string;
  refused: string | null;
}

/** All that one record said, was heard to hold, or was offered. */
@Injectable()
export class RecordTimelineQueries {
  /** In the order of filing; none for a record that the hub does not have. */
  async page(
    tx: Tx,
    systemId: number,
    sourceId: string,
    { cursor, limit, sort }: SortedPage,
  ): Promise<RecordTimelinePage> {
    const filed = along('e.entry_id', { sort });
    const rows = await tx.query<Row>(
      `select e.entry_id as "entryId", e.kind, e.version, e.at, e.filed_at as "filedAt", e.batch_id as "batchId", e.line,
         e.run_id as "runId", e.delivery_id as "deliveryId", e.native, e.refused
       from source_record r join record_entry e using (record_id)
       where r.system_id = $1 and r.source_key = $2 and ${filed.beyond('$3')}
       order by ${filed.order} limit $4`,
      [systemId, sourceId, cursor ?? null, limit + 1],
    );
    const shown = cut(rows, limit, (row) => row.entryId);
    return { entries: shown.rows.map(entryOf), nextCursor: shown.nextCursor };
  }
}

function entryOf({ at, filedAt, native, refused, ...entry }: Row): TimelineEntry {
  const said = JSON.parse(native) as Json;
  return {
    ...entry,
    at: at.toISOString(),
    filedAt: filedAt.toISOString(),
    native: entry.kind === 'offer' ? allFields(said as unknown as ByAttribute<Carried>) : said,
    refused: refused === null ? {} : (JSON.parse(refused) as Record<string, string>),
  };
}
