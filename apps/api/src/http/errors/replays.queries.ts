import { Injectable } from '@nestjs/common';
import type { Replay, ReplayPage } from '@cinch/api-contract';
import type { Tx } from '../../platform/transaction.ts';
import { cut, type Page } from '../paging.ts';

type Row = Omit<Replay, 'askedAt' | 'doneAt' | 'settled'> & { askedAt: Date; doneAt: Date | null };

const selected = `select r.replay_id as "replayId", r.asked_by as by, r.asked_at as "askedAt", r.done_at as "doneAt", r.n as lines,
    (select count(*) from error_entry e where e.replay_id = r.replay_id and e.replayed_at is null and e.resolved_at is null) as waiting,
    r.n_applied as applied, r.n_superseded as superseded, r.n_error as error
  from replay r`;

@Injectable()
export class ReplaysQueries {
  async list(tx: Tx, { cursor, limit }: Page): Promise<ReplayPage> {
    const rows = await tx.query<Row>(
      `${selected} where $1::bigint is null or r.replay_id < $1 order by r.replay_id desc limit $2`,
      [cursor ?? null, limit + 1],
    );
    const { rows: shown, nextCursor } = cut(rows, limit, (row) => row.replayId);
    return { replays: shown.map(replayOf), nextCursor };
  }

  async one(tx: Tx, replayId: number): Promise<Replay | null> {
    const [row] = await tx.query<Row>(`${selected} where r.replay_id = $1`, [replayId]);
    return row ? replayOf(row) : null;
  }
}

function replayOf({ askedAt, doneAt, ...row }: Row): Replay {
  const { lines, waiting, applied, superseded, error } = row;
  const settled = lines - waiting - applied - superseded - error;
  return { ...row, settled, askedAt: askedAt.toISOString(), doneAt: doneAt?.toISOString() ?? null };
}
