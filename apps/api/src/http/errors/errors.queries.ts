import { Injectable } from '@nestjs/common';
import type { ErrorCausePage, ErrorEntry, ErrorEntryPage } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';
import { along, cut, type SortedPage } from '../paging.ts';

interface Filter {
  system?: string | undefined;
  kind?: ErrorEntry['kind'] | undefined;
}

export interface CauseFilter extends Filter, Omit<SortedPage, 'cursor'> {
  cursor?: string | undefined;
}

export interface EntryFilter extends Filter, SortedPage {
  cause?: string | undefined;
  state?: ErrorEntry['state'] | undefined;
  sourceId?: string | undefined;
  /** Milliseconds since 1970; `until` itself is outside. */
  since?: number | undefined;
  until?: number | undefined;
}

interface CauseRow {
  cause: string;
  system: string;
  kind: ErrorEntry['kind'];
  code: string;
  path: string;
  mappingVersion: number | null;
  entries: number;
  firstAt: Date;
  lastAt: Date;
  errorId: number;
  sourceId: string | null;
  detail: string;
}

type EntryRow = Omit<ErrorEntry, 'at' | 'resolvedAt'> & { at: Date; resolvedAt: Date | null };

const state = `case when e.resolved_at is not null then 'resolved'
  when e.replay_id is not null and e.replayed_at is null then 'replaying' else 'open' end`;
const selected = `select e.error_id as "errorId", e.cause, s.code as system, e.kind, e.code, e.path, e.mapping_version as "mappingVersion",
    ${state} as state, e.source_key as "sourceId", e.batch_id as "batchId", e.line, e.run_id as "runId", e.detail, e.at,
    e.resolved_at as "resolvedAt", e.resolution, e.replay_id as "replayId"
  from error_entry e join system s using (system_id)`;

/** The error log: what the hub could not take, or could take only in part. */
@Injectable()
export class ErrorsQueries {
  /** Open entries by what they have in common; the cursor names the last cause that was shown by what the list is sorted by. */
  async causes(tx: Tx, { system, kind, cursor, limit, sort }: CauseFilter): Promise<ErrorCausePage> {
    const [beyond, order] = sort.startsWith('-') ? ['<', 'desc'] : ['>', 'asc'];
    const isByEntries = sort.endsWith('entries');
    const weight = isByEntries ? 'count(*)' : '0::bigint';
    const after = cursor === undefined ? null : cursor.split('.').map(Number);
    const rows = await tx.query<CauseRow>(
      `with causes as (
         select e.cause, count(*) as entries, ${weight} as weight, min(e.at) as first_at, max(e.at) as last_at, max(e.error_id) as latest
         from error_entry e join system s using (system_id)
         where e.resolved_at is null and ($1::text is null or s.code = $1) and ($2::text is null or e.kind = $2)
         group by e.cause having $4::bigint is null or (${weight}, max(e.error_id)) ${beyond} ($3::bigint, $4)
         order by weight ${order}, latest ${order} limit $5
       )
       select c.cause, s.code as system, e.kind, e.code, e.path, e.mapping_version as "mappingVersion", c.entries,
         c.first_at as "firstAt", c.last_at as "lastAt", e.error_id as "errorId", e.source_key as "sourceId", e.detail
       from causes c join error_entry e on e.error_id = c.latest join system s using (system_id)
       order by c.weight ${order}, c.latest ${order}`,
      [system ?? null, kind ?? null, after?.length === 2 ? after[0] : 0, after?.at(-1) ?? null, limit + 1],
    );
    const { rows: shown, nextCursor: latest } = cut(rows, limit, (row) => row.errorId);
    const nextCursor = latest !== null && isByEntries ? `${shown.at(-1)!.entries}.${latest}` : latest;
    const causes = shown.map(({ errorId, sourceId, detail, firstAt, lastAt, ...cause }) => {
      const times = { firstAt: firstAt.toISOString(), lastAt: lastAt.toISOString() };
      return { ...cause, ...times, example: { errorId, sourceId, detail } };
    });
    return { causes, nextCursor };
  }

  async entries(tx: Tx, filter: EntryFilter): Promise<ErrorEntryPage> {
    const { cause, system, sourceId, kind, since, until, cursor, limit } = filter;
    const logged = along('e.error_id', filter);
    const rows = await tx.query<EntryRow>(
      `${selected} where ($1::uuid is null or e.cause = $1) and ($2::text is null or s.code = $2) and ($3::text is null or e.kind = $3)
         and ($4::text is null or ${state} = $4) and ($5::timestamptz is null or e.at >= $5) and ($6::timestamptz is null or e.at < $6)
         and ${logged.beyond('$7')} and ($8::text is null or e.source_key = $8)
       order by ${logged.order} limit $9`,
      [cause, system, kind, filter.state, dateOf(since), dateOf(until), cursor, sourceId, limit + 1].map(
        (one) => one ?? null,
      ),
    );
    const { rows: shown, nextCursor } = cut(rows, limit, (row) => row.errorId);
    return { entries: shown.map(entryOf), nextCursor };
  }

  async one(tx: Tx, errorId: number): Promise<ErrorEntry | null> {
    const [row] = await tx.query<EntryRow>(`${selected} where e.error_id = $1`, [errorId]);
    return row ? entryOf(row) : null;
  }
}

function dateOf(ms: number | undefined): Date | null {
  return ms === undefined ? null : new Date(ms);
}

function entryOf({ at, resolvedAt, ...row }: EntryRow): ErrorEntry {
  return { ...row, at: at.toISOString(), resolvedAt: resolvedAt?.toISOString() ?? null };
}
