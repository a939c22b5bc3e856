import type { AddressInfo } from 'node:net';
import express from 'express';
import pg from 'pg';
import { mountAdapter } from '../adapter.ts';
import { type Outbox, startOutbox } from '../outbox.ts';
import { notFound, problemHandler } from '../problem.ts';
import { customerApi, type OwnRoutes } from './customer-api.ts';
import { customerPages } from './customer-pages.ts';
import { createCustomerStore, type DemoRow, migrate } from './customer-store.ts';
import type { CustomerTable, NativeModel, PageModel } from './native-model.ts';
import { rehearsalPages } from './rehearsal.ts';
import { refuseForeignOrigin } from './origin-guard.ts';

export interface SystemOptions {
  databaseUrl: string;
  /** Without a hub the events stay in the outbox. */
  hubUrl?: string;
  /** Bearer key of this system at the hub. */
  hubKey?: string;
  /** Bearer token of the hub at this system. */
  adapterToken: string;
  /** Insert the demo customers into an empty system. */
  demo: boolean;
  host?: string;
  /** 0 or absent: any free port. */
  port?: number;
  /** Send events from the start; default true. */
  pushing?: boolean;
}

export interface SystemParts {
  system: string;
  model: NativeModel;
  table: CustomerTable;
  page: PageModel;
  demo: () => readonly DemoRow[];
  /** What this system's API has beside customers. */
  routes?: OwnRoutes;
}

export interface RunningSystem {
  url: string;
  /** Enqueues every row whole as an event; answers how many. */
  pushAll(): Promise<number>;
  setPushing(on: boolean): Promise<void>;
  stop(): Promise<void>;
}

/** Brings one reference system up: its tables, its page and API, the adapter for the hub, and the outbox to it. */
export async function createSystem(parts: SystemParts, options: SystemOptions): Promise<RunningSystem> {
  const { system, model, table, page } = parts;
  const pool = new pg.Pool({ connectionString: options.databaseUrl, max: 6, types: { getTypeParser: parserFor } });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  pool.on('error', (error) => console.warn(`${system}: a database connection was lost, ${error.message}`));
  let outbox: Outbox | null = null;
  try {
    await migrate(pool, table);
    outbox =
      options.hubUrl && options.hubKey
        ? startOutbox({
            pool,
            system,
            hubUrl: options.hubUrl,
            hubKey: options.hubKey,
            pushing: options.pushing ?? true,
          })
        : null;
    const store = createCustomerStore({
      pool,
      system,
      model,
      table,
      now: Date.now,
      committed: () => outbox?.wake(),
    });
    if (options.demo) await store.seedOnce(parts.demo);

    const app = express();
    app.disable('x-powered-by');
    app.get('/livez', (_request, response) => void response.json({ status: 'ok' }));
    mountAdapter(app, { system, token: options.adapterToken, store });
    app.use(refuseForeignOrigin);
    app.use('/api', customerApi(store, parts.routes));
    app.use(customerPages(page, store, options.demo ? rehearsalPages(page, store, table) : null));
    app.use(notFound, problemHandler);

    const server = await listen(app, options.host ?? '127.0.0.1', options.port ?? 0);
    return {
      url: server.url,
      pushAll: () => store.pushAll(),
      setPushing: async (on) => outbox?.setPushing(on),
      async stop() {
        await server.close();
        await outbox?.stop();
        await pool.end();
      },
    };
  } catch (error) {
    await outbox?.stop();
    await pool.end();
    throw error;
  }
}

// Counters of this size are exact as numbers; the driver's default for bigint is text.
const bigintOid = 20;
const parserFor = ((oid: number, format?: 'text') =>
  oid === bigintOid ? Number : pg.types.getTypeParser(oid, format)) as typeof pg.types.getTypeParser;

async function listen(app: express.Express, host: string, port: number) {
  const server = app.listen(port, host);
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const address = server.address() as AddressInfo;
  const shownHost = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    url: `http://${shownHost}:${address.port}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      // Browsers keep connections open; requests under way still get their answer.
      server.closeIdleConnections();
      const forced = setTimeout(() => server.closeAllConnections(), 2_000);
      await closed;
      clearTimeout(forced);
    },
  };
}
