import type { AddressInfo } from 'node:net';
import { mountAdapter, notFound, problemHandler } from '@cinch/system-adapter';
import express from 'express';
import { CsvStore, type CsvOptions } from './csv-store.ts';

export interface ServeOptions extends CsvOptions {
  /** Code of the system at the hub. */
  system: string;
  /** Bearer token of the hub. */
  token: string;
  host?: string;
  /** 0 or absent: any free one. */
  port?: number;
}

export interface ServedCsv {
  url: string;
  rows: number;
  stop(): Promise<void>;
}

/** Lets the hub list the rows of a file and write them back. */
export async function serveCsv({
  system,
  token,
  host = '127.0.0.1',
  port = 0,
  ...options
}: ServeOptions): Promise<ServedCsv> {
  const store = new CsvStore(options);
  const { rows } = await store.check();
  const app = express();
  app.disable('x-powered-by');
  app.get('/livez', (_request, response) => void response.json({ status: 'ok' }));
  mountAdapter(app, { system, token, store });
  app.use(notFound, problemHandler);
  const server = app.listen(port, host);
  await new Promise<void>((resolve, reject) => server.once('listening', resolve).once('error', reject));
  const { port: actual } = server.address() as AddressInfo;
  return {
    url: `http://${host}:${actual}`,
    rows,
    async stop() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}
