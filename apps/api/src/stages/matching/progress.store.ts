import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/transaction.ts';

/** `apply`: all records are matched by a new model. `count`: it is counted what is common among them. `train`: weights are learned of them. */
export type MatchWork = 'apply' | 'count' | 'train';

export interface MatchProgress {
  work: MatchWork;
  /** Of the model that is applied, or counted into. */
  version: number;
  /** `compare`: with whom records go together; `decide`: who is who; `count`: what is common; `learn`: weights. */
  step: 'compare' | 'decide' | 'count' | 'learn';
  /** Records. */
  done: number;
  of: number;
  at: Date;
}

/** How far work on all records has come. A work that was interrupted leaves what it noted last. */
@Injectable()
export class MatchProgressStore {
  async note(tx: Tx, { work, version, step, done, of, at }: Omit<MatchProgress, 'at'> & { at: number }): Promise<void> {
    await tx.query(
      `insert into match_progress (work, version, step, done, of, at) values ($1, $2, $3, $4, $5, $6)
       on conflict (work) do update set version = excluded.version, step = excluded.step, done = excluded.done,
         of = excluded.of, at = excluded.at`,
      [work, version, step, done, of, new Date(at)],
    );
  }

  all(tx: Tx): Promise<MatchProgress[]> {
    return tx.query('select work, version, step, done, of, at from match_progress');
  }

  async end(tx: Tx, work: MatchWork): Promise<void> {
    await tx.query('delete from match_progress where work = $1', [work]);
  }
}
