import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** Of whoever runs tests and wants to look at what they left. */
export const keepsDatabases = process.env['KEEP_DATABASES'] === '1';

export interface TestDatabase {
  url: string;
  /** Throws out whoever is still connected. */
  drop(): Promise<void>;
}

/** A database of its own for one test file; a copy of `template` when that is given, which nobody may be connected to. */
export async function createTestDatabase(adminUrl: string, options: { template?: string } = {}): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const template = pg.escapeIdentifier(options.template ?? 'template0');
  await asAdmin(adminUrl, `create database ${name} template ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const drop = () => asAdmin(adminUrl, `drop database if exists ${name} with (force)`);
  return { url: url.href, drop: keepsDatabases ? async () => console.log(`kept: ${url.href}`) : drop };
}

async function asAdmin(adminUrl: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
