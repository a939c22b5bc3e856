import { Injectable } from '@nestjs/common';
import type { Load, LoadPage } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';
import { cut, type Page } from '../paging.ts';
import { loadInWords } from './load-words.ts';

type Row = Omit<Load, 'asOf' | 'openedAt' | 'closedAt' | 'detail'> & {
  asOf: Date;
  openedAt: Date;
  closedAt: Date | null;
};

const selected = `select l.load_id as "loadId", s.code as system, l.as_of as "asOf", l.state, l.why, l.opened_at as "openedAt",
    l.closed_at as "closedAt", l.expected, l.flagged, l.unshown, b.accepted, b.rejected, b.applied, b.superseded, b.error,
    b.accepted - b.applied - b.superseded - b.error as waiting
  from load l join system s using (system_id)
  cross join lateral (
    select coalesce(sum(n), 0)::bigint as accepted, coalesce(sum(n_rejected), 0)::bigint as rejected,
      coalesce(sum(n_applied), 0)::bigint as applied, coalesce(sum(n_superseded), 0)::bigint as superseded,
      coalesce(sum(n_error), 0)::bigint as error
    from inbox_batch where load_id = l.load_id) b`;

@Injectable()
export class LoadsQueries {
  async one(tx: Tx, loadId: number): Promise<Load | null> {
    const [row] = await tx.query<Row>(`${selected} where l.load_id = $1`, [loadId]);
    return row ? shown(row) : null;
  }

  /** Loads of the system, the latest first. */
  async list(tx: Tx, systemId: number, { cursor, limit }: Page): Promise<LoadPage> {
    const rows = await tx.query<Row>(
      `${selected} where l.system_id = $1 and ($2::bigint is null or l.load_id < $2) order by l.load_id desc limit $3`,
      [systemId, cursor ?? null, limit + 1],
    );
    const page = cut(rows, limit, (row) => row.loadId);
    return { loads: page.rows.map(shown), nextCursor: page.nextCursor };
  }
}

function shown(row: Row): Load {
  const load = {
    ...row,
    asOf: row.asOf.toISOString(),
    openedAt: row.openedAt.toISOString(),
    closedAt: row.closedAt?.toISOString() ?? null,
  };
  return { ...load, detail: loadInWords(load) };
}
