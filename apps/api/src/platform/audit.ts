import { Injectable } from '@nestjs/common';
import type { Tx } from './transaction.ts';

/** Who did what to what: written in the transaction of the act itself, and only ever added to. */
@Injectable()
export class Audit {
  async note(tx: Tx, actor: string, act: string, subject: string): Promise<void> {
    await tx.query('insert into audit (at, actor, act, subject) values (now(), $1, $2, $3)', [actor, act, subject]);
  }
}
