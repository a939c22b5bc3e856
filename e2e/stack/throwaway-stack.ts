import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { startStack, type Stack, type StackOptions } from '../../scripts/stack.ts';

/** What tests need of a running stack; plain data, so that it can be handed to another process. */
export type StackAddress = Pick<Stack, 'hubUrl' | 'databaseUrls' | 'adminEmail' | 'adminPassword' | 'adminToken'> & {
  adiposeUrl: string;
  bellyfatUrl: string;
};

export interface ThrowawayStack extends StackAddress {
  /** Resolves with a sentence when one of the programs ends without being told to. */
  broken: Promise<string>;
  /** Ends every process. With `keepData` the next start on the same folder goes on from here. */
  stop(options?: { keepData?: boolean }): Promise<void>;
}

export function newDataDir(): string {
  return mkdtempSync(join(tmpdir(), 'cinch-e2e-'));
}

/** Journeys change within minutes what people change in months: none of it is held before it counts. */
async function letAllIn(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    const limits = `'{"inboundShare": 1}'`;
    await client.query(`alter table system alter column limits set default ${limits}`);
    await client.query(`update system set limits = ${limits} where limits = '{}'`);
  } finally {
    await client.end();
  }
}

/** The whole product as its users run it: Postgres, hub and, with the demo, both systems, each a process on a port of its own. */
export async function startThrowawayStack(options: Partial<StackOptions> = {}): Promise<ThrowawayStack> {
  const { dataDir = newDataDir(), env, ...more } = options;
  const remove = () => rmSync(dataDir, { recursive: true, force: true });
  try {
    const stack = await startStack({ dataDir, throwaway: true, env: { LOG_LEVEL: 'error', ...env }, ...more });
    await letAllIn(stack.databaseUrls.hub);
    const { hubUrl, adiposeUrl = '', bellyfatUrl = '', databaseUrls, adminEmail, adminPassword, adminToken } = stack;
    return {
      hubUrl,
      adiposeUrl,
      bellyfatUrl,
      databaseUrls,
      adminEmail,
      adminPassword,
      adminToken,
      broken: stack.broken,
      async stop({ keepData = false } = {}) {
        await stack.stop();
        if (!keepData) remove();
      },
    };
  } catch (error) {
    remove();
    throw error;
  }
}
