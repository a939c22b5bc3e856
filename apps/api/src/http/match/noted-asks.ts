import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Audit } from '../../platform/audit.ts';
import { fromNowhere } from '../../platform/caller-address.ts';
import { Database } from '../../platform/transaction.ts';

const windowMs = 60 * 60_000;
/** So many at most go untold when the process is killed. */
const toldEach = 100;
const act = 'asked who somebody is';

interface Window {
  count: number;
  told: number;
  ends: NodeJS.Timeout;
}

/** Questions about who somebody is, in the audit log: by system and hour the first at once and the others counted, since a line each would bury it. */
@Injectable()
export class NotedAsks implements OnModuleDestroy {
  private readonly log = new Logger('NotedAsks');
  private readonly windows = new Map<string, Window>();

  constructor(
    private readonly database: Database,
    private readonly audit: Audit,
  ) {}

  async note(system: string): Promise<void> {
    const window = this.windowOf(system);
    window.count += 1;
    if (window.told === 0 || window.count - window.told >= toldEach) await this.tell(system, window);
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.windows.keys()].map((system) => this.end(system)));
  }

  private windowOf(system: string): Window {
    const known = this.windows.get(system);
    if (known) return known;
    const window = { count: 0, told: 0, ends: setTimeout(() => void this.end(system), windowMs).unref() };
    this.windows.set(system, window);
    return window;
  }

  private async end(system: string): Promise<void> {
    const window = this.windows.get(system)!;
    clearTimeout(window.ends);
    this.windows.delete(system);
    await fromNowhere(() => this.tell(system, window)).catch((error: Error) =>
      this.log.error(`Not noted: ${act}: ${error.name}`),
    );
  }

  private async tell(system: string, window: Window): Promise<void> {
    const more = window.count - window.told;
    if (more === 0) return;
    const text = window.told === 0 ? act : `${act} (${more} more times within an hour)`;
    window.told = window.count;
    await this.database.transaction((tx) => this.audit.note(tx, `system ${system}`, text, system));
  }
}
