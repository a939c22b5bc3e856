import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Audit } from '../../platform/audit.ts';
import { fromNowhere } from '../../platform/caller-address.ts';
import { UsersStore } from '../../platform/accounts/users.store.ts';
import { LateNotes } from './late-notes.ts';
import { Database } from '../../platform/transaction.ts';

const windowMs = 10 * 60_000;
const notedEach = 3;
/** Whatever was typed may be a password in the wrong field, or the name of somebody who has nothing to do with the hub. */
const unknownName = 'unknown name';
const mostLookUps = 8;
const manyNames = 'more names than are looked up at once';

type Act = 'log-in failed' | 'log-in refused after too many attempts';

interface Window {
  count: number;
  ends: NodeJS.Timeout;
}

/**
 * Log-ins that came to nothing, in the audit log: whose account was tried, or that it was nobody's. Of an account the first three in ten minutes
 * each, of the others one line that counts them: whoever guesses passwords must not fill the log. There are as many windows as accounts.
 */
@Injectable()
export class NotedAttempts implements OnModuleDestroy {
  private readonly log = new Logger('NotedAttempts');
  private lookUps = 0;
  private readonly windows = new Map<string, Window>();

  constructor(
    private readonly database: Database,
    private readonly users: UsersStore,
    private readonly audit: Audit,
    private readonly late: LateNotes,
  ) {}

  async note(act: Act, typedEmail: string): Promise<void> {
    const subject = await this.subjectOf(typedEmail);
    const window = this.windowOf(act, subject);
    window.count += 1;
    if (window.count <= notedEach) await this.write(act, subject);
  }

  /** A flood must not take the database's time either. */
  private async subjectOf(typedEmail: string): Promise<string> {
    if (this.lookUps >= mostLookUps) return manyNames;
    this.lookUps += 1;
    try {
      return (await this.database.in('vital').glance((tx) => this.users.knownEmail(tx, typedEmail))) ?? unknownName;
    } finally {
      this.lookUps -= 1;
    }
  }

  onModuleDestroy(): Promise<void> {
    return this.endAll();
  }

  /** As if the ten minutes of each were over. */
  async endAll(): Promise<void> {
    await Promise.all([...this.windows.keys()].map((key) => this.end(key)));
  }

  private windowOf(act: Act, subject: string): Window {
    const key = `${act}\n${subject}`;
    const known = this.windows.get(key);
    if (known) return known;
    // What is counted came from many addresses.
    const ends = fromNowhere(() => setTimeout(() => void this.end(key), windowMs).unref());
    const window = { count: 0, ends };
    this.windows.set(key, window);
    return window;
  }

  private async end(key: string): Promise<void> {
    const { count, ends } = this.windows.get(key)!;
    clearTimeout(ends);
    this.windows.delete(key);
    const [act, subject] = key.split('\n') as [Act, string];
    if (count <= notedEach) return;
    const more = `${act} (${count - notedEach} more times)`;
    await this.write(more, subject).catch((error: Error) => this.log.error(`Not noted: ${more}: ${error.name}`));
  }

  private write(act: string, subject: string): Promise<void> {
    return this.late.write((tx) => this.audit.note(tx, 'nobody', act, subject));
  }
}
