import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { startPostgres } from './postgres.ts';
import { keepsDatabases } from './test-database.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's connection string of the one throw-away server of this test run; take a database by createTestDatabase. */
    postgresUrl: string;
  }
}

interface Server {
  url: string;
  stop(): Promise<void>;
}

/** The server of this process, and how many projects still use it. */
interface Shared {
  server: Promise<Server>;
  users: number;
}

/** Every project loads this file anew, so that what they share stands outside of it. */
const place = globalThis as { cinchTestPostgres?: Shared };

/** Of each project that needs a server; the first one's is everybody's. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const shared = (place.cinchTestPostgres ??= { server: startServer(), users: 0 });
  shared.users++;
  const server = await shared.server;
  project.provide('postgresUrl', server.url);
  return async () => {
    shared.users--;
    if (shared.users === 0) await server.stop();
  };
}

async function startServer(): Promise<Server> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cinch-test-'));
  const postgres = await startPostgres({ dataDir, throwaway: true, outlivesUs: keepsDatabases });
  return {
    url: postgres.url,
    async stop() {
      if (keepsDatabases) {
        console.log(
          `The databases stay, on ${postgres.url}, until you end them: kill -INT ${postgres.pid}; rm -r ${dataDir}`,
        );
        return postgres.letGo();
      }
      await postgres.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
