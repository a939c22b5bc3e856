import { Injectable } from '@nestjs/common';
import type { MovedRecordPage } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';
import type { Cause } from '../../stages/mastering/cause.ts';
import { wordsOf } from '../customers/history-entries.ts';
import { cut, type Page } from '../paging.ts';

type Move = MovedRecordPage['moves'][number];
interface Row extends Omit<Move, 'at' | 'cause' | 'because' | 'reason'> {
  at: Date;
  kind: Move['cause'];
  cause: string;
}

@Injectable()
export class MovedRecordsQueries {
  /** The latest first. */
  async page(tx: Tx, { cause, cursor, limit }: Page & { cause?: string | undefined }): Promise<MovedRecordPage> {
    const rows = await tx.query<Row>(
      `select m.move_id as "moveId", m.at, s.code as system, r.source_key as "sourceId", f.public_id as "from", t.public_id as "to",
         m.kind, m.cause
       from moved_record m join source_record r using (record_id) join system s using (system_id)
       join customer f on f.customer_id = m.from_customer join customer t on t.customer_id = m.to_customer
       where ($1::text is null or m.kind = $1) and ($2::bigint is null or m.move_id < $2)
       order by m.move_id desc limit $3`,
      [cause ?? null, cursor ?? null, limit + 1],
    );
    const named = await tx.query<{ code: string; name: string }>('select code, name from system');
    const systems = Object.fromEntries(named.map(({ code, name }) => [code, name]));
    const { rows: shown, nextCursor } = cut(rows, limit, ({ moveId }) => moveId);
    return { moves: shown.map((row) => moveOf(row, systems)), nextCursor };
  }
}

function moveOf({ at, kind, cause: text, ...row }: Row, systems: Record<string, string>): Move {
  const cause = JSON.parse(text) as Cause;
  const reason = 'reason' in cause ? cause.reason || null : null;
  return { ...row, at: at.toISOString(), cause: kind, because: wordsOf(cause, systems), reason };
}
