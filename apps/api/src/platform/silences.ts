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
 * for; the others are broken off, and so are those that are silent for longer than any statement of theirs may run. What the server still
 * has of them would keep its locks until its own limits: it is ended there as soon as the server can be heard.
 */
export class Silences {
  private readonly log = new Logger('Database');
  private readonly heard = new Map<HubClient, Heard>();
  private readonly timer: NodeJS.Timeout;
  private lookedAt = performance.now();
  private isAsking = false;
  /** Processes of the server whose connection was broken off here, and that may not have noticed. */
  private readonly unheard = new Set<number>();
  private isEnding = false;

  /** @param names of all connections that are watched, as a pattern of Postgres */
  constructor(
    private readonly connectionString: string,
    private readonly names: string,
  ) {
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
    if (this.unheard.size > 0 && !this.isEnding) void this.endUnheard();
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
    const pids = suspects.map(({ serverPid }) => serverPid);
    const active = await this.asked(`select pid from pg_stat_activity where pid = any($1) and state = 'active'`, [
      pids,
    ]);
    return new Set(active);
  }

  private async endUnheard(): Promise<void> {
    this.isEnding = true;
    // The number of one that has ended may be another connection's by now.
    const live = new Set([...this.heard.keys()].flatMap((client) => (client.hasEnded ? [] : client.serverPid)));
    const pids = [...this.unheard].filter((pid) => !live.has(pid));
    const end = `select pid from pg_stat_activity
       where pid = any($1) and application_name like $2 and pg_terminate_backend(pid)`;
    const isDone = await this.asked(end, [pids, this.names]).then(
      () => true,
      () => false,
    );
    if (isDone) for (const pid of pids) this.unheard.delete(pid);
    this.isEnding = false;
  }

  /** By a connection made for it: the others may all be silent. */
  private async asked(sql: string, given: readonly unknown[]): Promise<number[]> {
    const { connectionString } = this;
    const client = new HubClient({ connectionString, query_timeout: databaseWaits.suspectAfterMs });
    try {
      await client.connect();
      const { rows } = await client.query<{ pid: number }>(sql, [...given]);
      return rows.map(({ pid }) => pid);
    } finally {
      void client.sayGoodbye();
    }
  }

  /** Those that have said nothing since went the same way, it seems: what is asked next must not be asked of them. */
  private breakOff(silent: HubClient): void {
    this.log.warn('A connection to the database has fallen silent: it is given up.');
    const since = this.heard.get(silent)?.heardAt ?? 0;
    this.giveUp(silent);
    for (const [client, { heardAt }] of this.heard) if (!client.isWaiting && heardAt <= since) this.giveUp(client);
  }

  private giveUp(client: HubClient): void {
    if (client.serverPid !== null) this.unheard.add(client.serverPid);
    client.breakOff();
  }
}
