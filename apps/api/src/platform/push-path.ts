import { setTimeout as wait } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { readyzLimits, troubleWords } from '@cinch/api-contract';
import { rehearse } from './attempt.ts';
import { databaseTroubleIn } from './database-trouble.ts';
import { Database } from './transaction.ts';
import { Troubles } from './troubles.ts';

/** Whether a push would be stored: tried on the connections, by the locks and by the kind of statement that pushes are stored by. */
@Injectable()
export class PushPath {
  private underWay: Promise<string | null> | null = null;
  private goodUntil = -Infinity;

  constructor(
    private readonly database: Database,
    private readonly troubles: Troubles,
  ) {}

  /** Null where it would, else why not. However many ask, one try is under way. */
  async obstacle(): Promise<string | null> {
    if (performance.now() < this.goodUntil) return null;
    this.underWay ??= this.tried().finally(() => (this.underWay = null));
    return this.underWay;
  }

  private async tried(): Promise<string | null> {
    const over = new AbortController();
    const late = wait(readyzLimits.deadlineMs, 'late' as const, { signal: over.signal }).catch(() => 'late' as const);
    try {
      if ((await Promise.race([this.store(), late])) === 'late') return this.met('database-busy');
      this.goodUntil = performance.now() + readyzLimits.goodForMs;
      return null;
    } catch (error) {
      return this.met(databaseTroubleIn(error)?.code ?? 'database-away');
    } finally {
      over.abort();
    }
  }

  private store(): Promise<void> {
    return this.database.in('intake').transaction((tx) =>
      rehearse(tx, async () => {
        // A try that waits for a lock must not wait among those that come after it.
        await tx.write(`select set_config('lock_timeout', $1, true)`, [String(readyzLimits.lockMs)]);
        await tx.write('lock table system in access share mode');
        await tx.write('lock table inbox_batch, inbox_chunk in row exclusive mode');
        await tx.write('insert into push_probe (at) values (now())');
      }),
    );
  }

  private met(code: Parameters<Troubles['meet']>[0]): string {
    this.troubles.meet(code);
    return troubleWords[code].title;
  }
}
