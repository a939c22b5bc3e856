import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { databaseLanes, databaseWaits, type DatabaseLane } from '@cinch/api-contract';
import pg from 'pg';
import { sessionOptions } from './data-source.ts';
import { HubClient } from './hub-client.ts';
import { Silences } from './silences.ts';

const closingMs = 2_000;

/** The connections of this process to Postgres: a pool for each lane, so that none of them can take those of another. */
export class Lanes {
  /** In the name of every connection of this process, so that another one can tell them from its own. */
  readonly processName = randomBytes(6).toString('hex');
  readonly silences: Silences;
  private readonly laneOfWork = new AsyncLocalStorage<DatabaseLane>();
  private readonly pools: Readonly<Record<DatabaseLane, pg.Pool>>;

  constructor(readonly databaseUrl: string) {
    this.silences = new Silences(databaseUrl, `cinch % ${this.processName}`);
    const names = Object.keys(databaseLanes) as DatabaseLane[];
    const pools = names.map((lane) => [lane, this.poolOf(lane)] as const);
    this.pools = Object.fromEntries(pools) as Record<DatabaseLane, pg.Pool>;
  }

  /** As Postgres shows the connections of a lane of a process. */
  nameOf(lane: DatabaseLane | 'duty', process = this.processName): string {
    return `cinch ${lane} ${process}`;
  }

  /** All that `work` asks goes by this lane, unless it names another. */
  during<T>(lane: DatabaseLane, work: () => Promise<T>): Promise<T> {
    return this.laneOfWork.run(lane, work);
  }

  pool(lane: DatabaseLane | null): pg.Pool {
    return this.pools[lane ?? this.laneOfWork.getStore() ?? 'calls'];
  }

  /** Whoever has a connection may finish; one that never answers is not waited for. */
  async close(): Promise<void> {
    const ended = Promise.all(Object.values(this.pools).map((pool) => pool.end()));
    await Promise.race([ended, wait(closingMs, undefined, { ref: false })]);
    this.silences.close();
  }

  private poolOf(lane: DatabaseLane): pg.Pool {
    const { connections, waitMs, statementMs, lockMs, idleInTransactionMs } = databaseLanes[lane];
    const pool = new pg.Pool({
      Client: HubClient,
      connectionString: this.databaseUrl,
      application_name: this.nameOf(lane),
      max: connections,
      min: 1,
      connectionTimeoutMillis: waitMs,
      idleTimeoutMillis: databaseWaits.unusedMs,
      statement_timeout: statementMs,
      lock_timeout: lockMs,
      idle_in_transaction_session_timeout: idleInTransactionMs,
      options: sessionOptions,
      keepAlive: true,
      keepAliveInitialDelayMillis: databaseWaits.keepAliveMs,
      // Statements that do not wait for each other go out together.
      pipeline: true,
    } as unknown as pg.PoolConfig);
    pool.on('connect', (client) =>
      this.silences.watch(client as HubClient & pg.PoolClient, statementMs + databaseWaits.graceMs),
    );
    // A connection that nobody uses has ended: there is nothing to do but to forget it, as the pool does.
    pool.on('error', () => undefined);
    return pool;
  }
}
