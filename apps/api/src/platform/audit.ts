import { Injectable } from '@nestjs/common';
import { callerAddress } from './caller-address.ts';
import type { Tx } from './transaction.ts';

/** Who did what to what, and from which address: written in the transaction of the act itself, and only ever added to. */
@Injectable()
export class Audit {
  async note(tx: Tx, actor: string, act: string, subject: string): Promise<void> {
    await tx.query('insert into audit (at, actor, act, subject, address) values (now(), $1, $2, $3, $4)', [
      actor,
      act,
      subject,
      callerAddress(),
    ]);
  }
}
