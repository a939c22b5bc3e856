import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { callerAddress, fromAddress, fromNowhere } from '../../platform/caller-address.ts';
import { databaseTroubleIn } from '../../platform/database-trouble.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { Troubles } from '../../platform/troubles.ts';

const mostKept = 100;
const againMs = 30_000;

interface Note {
  address: string | null;
  write: (tx: Tx) => Promise<void>;
}

/**
 * What is written down about log-ins, if need be later: while the database takes no rows people must be able to log in all the same, and
 * what they did stands in the audit log once there is room again.
 */
@Injectable()
export class LateNotes implements OnModuleDestroy {
  private readonly log = new Logger('LateNotes');
  private kept: Note[] = [];
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly database: Database,
    private readonly troubles: Troubles,
  ) {}

  async write(write: Note['write']): Promise<void> {
    const note = { address: callerAddress(), write };
    if (await this.isWritten(note)) return;
    if (this.kept.length >= mostKept) return this.log.warn('A log-in stands nowhere: too many wait for room.');
    this.kept.push(note);
    this.timer ??= fromNowhere(() => setInterval(() => void this.again(), againMs).unref());
  }

  /** Writes what waits, as far as it can. */
  async again(): Promise<void> {
    const waiting = this.kept;
    this.kept = [];
    for (const note of waiting) {
      if (!(await this.isWritten(note).catch(() => false))) this.kept.push(note);
    }
    if (this.kept.length === 0) this.stop();
  }

  async onModuleDestroy(): Promise<void> {
    this.stop();
    await this.again();
  }

  /** False: the database is in trouble. */
  private async isWritten({ address, write }: Note): Promise<boolean> {
    try {
      await fromAddress(address, () => this.database.in('vital').transaction(write));
      return true;
    } catch (error) {
      const trouble = databaseTroubleIn(error);
      if (!trouble) throw error;
      this.troubles.meet(trouble.code);
      return false;
    }
  }

  private stop(): void {
    if (this.timer) clearInterval(this.timer);
    this.timer = null;
  }
}
