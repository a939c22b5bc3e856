import { setImmediate as turn } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import { databaseWaits } from '@cinch/api-contract';
import { HubClient } from './hub-client.ts';

const lookEveryMs = 500;
/** Later than this, the process itself stood still: what its connections have heard meanwhile is not read yet. */
const stoodStillMs = 4 * lookEveryMs;

interface Heard {
  /** Longest silence after a question, in ms. */
  limitMs: number;
  bytes: number;
  /** When it said something last. */
  heardAt: number;
  /** Since when a question of it is open, or it said something later. */
  openSince: number;
}

/**
 * A network that loses packets says nothing: the server's own limits do not help a client that no longer hears it. So each connection
 * that owes an answer is watched. After two seconds the server is asked, by a connection made for that, which of them it still works
 * for; the others are broken off, and so are those that are silent for longer than any statement of theirs may run.
 */
export class Silences {
  private readonly log = new Logger('Database');
  private readonly heard = new Map<HubClient, Heard>();
  private readonly timer: NodeJS.Timeout;
  private lookedAt = performance.now();
  private isAsking = false;

  constructor(private readonly connectionString: string) {
    this.timer = setInterval(() => this.look(performance.now()), lookEveryMs).unref();
  }

  watch(client: HubClient, limitMs: number): void {
    const now = performance.now();
    this.heard.set(client, { limitMs, bytes: client.bytesHeard, heardAt: now, openSince: now });
    client.once('end', () => this.heard.delete(client));
  }

  /** Breaks off all that is left. */
  close(): void {
    clearInterval(this.timer);
    for (const client of this.heard.keys()) client.breakOff();
  }

  private look(now: number): void {
    const stoodStill = now - this.lookedAt > stoodStillMs;
    this.lookedAt = now;
    const suspects: HubClient[] = [];
    for (const [client, heard] of this.heard) {
      const bytes = client.bytesHeard;
      if (stoodStill || bytes !== heard.bytes) Object.assign(heard, { bytes, heardAt: now });
      if (heard.heardAt === now || !client.isWaiting) heard.openSince = now;
      else if (now - heard.openSince > heard.limitMs) this.breakOff(client);
      else if (now - heard.openSince > databaseWaits.suspectAfterMs) suspects.push(client);
    }
    if (suspects.length > 0 && !this.isAsking) void this.ask(suspects);
  }

  private async ask(suspects: readonly HubClient[]): Promise<void> {
    this.isAsking = true;
    const bytes = suspects.map((client) => client.bytesHeard);
    // Where a new connection is silent too, there is nothing to tell them apart by: their own limits end them.
    const working = await this.workedFor(suspects).catch(() => null);
    // An answer that came meanwhile may be behind this one in the loop.
    await turn();
    await turn();
    for (const [index, client] of working === null ? [] : suspects.entries()) {
      if (client.isWaiting && client.bytesHeard === bytes[index] && !working!.has(client.serverPid))
        this.breakOff(client);
    }
    this.isAsking = false;
  }

  private async workedFor(suspects: readonly HubClient[]): Promise<Set<number | null>> {
    const { connectionString } = this;
    const client = new HubClient({ connectionString, query_timeout: databaseWaits.suspectAfterMs });
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number }>(
        `select pid from pg_stat_activity where pid = any($1) and state = 'active'`,
        [suspects.map(({ serverPid }) => serverPid)],
      );
      return new Set(rows.map(({ pid }) => pid));
    } finally {
      void client.sayGoodbye();
    }
  }

  /** Those that have said nothing since went the same way, it seems: what is asked next must not be asked of them. */
  private breakOff(silent: HubClient): void {
    this.log.warn('A connection to the database has fallen silent: it is given up.');
    const since = this.heard.get(silent)?.heardAt ?? 0;
    silent.breakOff();
    for (const [client, { heardAt }] of this.heard) if (!client.isWaiting && heardAt <= since) client.breakOff();
  }
}
