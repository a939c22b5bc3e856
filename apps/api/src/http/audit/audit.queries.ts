import { Injectable } from '@nestjs/common';
import type { AuditEntry, AuditPage } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';
import { along, cut, type SortedPage } from '../paging.ts';

export interface AuditFilter extends SortedPage {
  actor?: string | undefined;
  search?: string | undefined;
  /** Milliseconds since 1970; `until` itself is outside. */
  since?: number | undefined;
  until?: number | undefined;
}

@Injectable()
export class AuditQueries {
  async page(tx: Tx, { actor, search, since, until, cursor, limit, sort }: AuditFilter): Promise<AuditPage> {
    const done = along('seq', { sort });
    const rows = await tx.query<Omit<AuditEntry, 'at'> & { at: Date }>(
      `select seq, at, actor, act, subject, host(address) as address from audit
       where ($1::text is null or actor = $1) and ($2::text is null or position(lower($2) in lower(act || ' ' || subject)) > 0)
         and ($3::timestamptz is null or at >= $3) and ($4::timestamptz is null or at < $4) and ${done.beyond('$5')}
       order by ${done.order} limit $6`,
      [actor ?? null, search ?? null, dateOf(since), dateOf(until), cursor ?? null, limit + 1],
    );
    const { rows: shown, nextCursor } = cut(rows, limit, ({ seq }) => seq);
    return { entries: shown.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })), nextCursor };
  }
}

function dateOf(ms: number | undefined): Date | null {
  return ms === undefined ? null : new Date(ms);
}
