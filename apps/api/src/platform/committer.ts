import { Injectable } from '@nestjs/common';
import { Database, type Tx } from './transaction.ts';

const committerLock = 7251043;

/**
 * The one writer of facts and of what follows from them, across all processes: the lock lives and dies with its transaction, so a
 * committer that lost its connection cannot write any more.
 */
@Injectable()
export class Committer {
  constructor(private readonly database: Database) {}

  commit<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.transaction(async (tx) => {
      await tx.query('select pg_advisory_xact_lock($1)', [committerLock]);
      return work(tx);
    });
  }
}
