import pg from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../scripts/test-database.ts';
import { migrateTo } from '../src/platform/data-source.ts';

/** On the server of one test run; the lock's number only has to be the same for all workers of that run. */
const template = 'migrated_hub';
const templateLock = 7251043;
let made: Promise<void> | undefined;

/** A database of its own that has the hub's schema already: the steps are taken once in a test run, and copied from then on. */
export async function createHubDatabase(postgresUrl: string): Promise<TestDatabase> {
  await (made ??= makeTemplate(postgresUrl));
  return createTestDatabase(postgresUrl, { template });
}

/** Tests change within seconds what systems change in a year, and their systems master: that is held only where it is asked for. */
const letsAllIn = { inboundShare: 1 };

async function letIn(databaseUrl: string): Promise<void> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    await client.query(`alter table system alter column limits set default '${JSON.stringify(letsAllIn)}'`);
    await client.query('alter table system alter column masters_at set default now()');
  } finally {
    await client.end();
  }
}

async function makeTemplate(postgresUrl: string): Promise<void> {
  const admin = new pg.Client({ connectionString: postgresUrl });
  await admin.connect();
  try {
    await admin.query('select pg_advisory_lock($1)', [templateLock]);
    const found = await admin.query('select from pg_database where datname = $1', [template]);
    if (found.rowCount === 1) return;
    // Made beside and renamed, so that another worker never copies half of it.
    await admin.query(`drop database if exists ${template}_new with (force)`);
    await admin.query(`create database ${template}_new template template0`);
    const url = new URL(postgresUrl);
    url.pathname = `/${template}_new`;
    await migrateTo(url.href, null);
    await letIn(url.href);
    await admin.query(`alter database ${template}_new rename to ${template}`);
  } finally {
    await admin.end();
  }
}
