import { Injectable } from '@nestjs/common';
import type { Glance, Tx } from '../../platform/transaction.ts';

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

/** A model by which all records are placed, and up to which of them it was worked out who is who. */
export interface Deciding {
  version: number;
  by: string | null;
  reason: string;
  after: number;
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

  async beginDeciding(tx: Tx, { version, by, reason }: Omit<Deciding, 'after'>): Promise<void> {
    await tx.query(
      `insert into match_deciding (version, published_by, reason, after) values ($1, $2, $3, 0)
       on conflict (only_one) do update
       set version = excluded.version, published_by = excluded.published_by, reason = excluded.reason, after = 0`,
      [version, by, reason],
    );
  }

  /** Null: who is who is worked out for all. */
  async deciding(tx: Glance): Promise<Deciding | null> {
    const [row] = await tx.query<Deciding>(
      'select version, published_by as by, reason, after from match_deciding where only_one',
    );
    return row ?? null;
  }

  /** Null: it has come to all of them. */
  async decided(tx: Tx, upTo: number | null): Promise<void> {
    if (upTo === null) await tx.query('delete from match_deciding');
    else await tx.query('update match_deciding set after = $1', [upTo]);
  }

  async end(tx: Tx, work: MatchWork): Promise<void> {
    await tx.query('delete from match_progress where work = $1', [work]);
  }
}
