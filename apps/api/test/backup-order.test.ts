import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { expect, inject, it } from 'vitest';
import { dumpHub } from '../../../scripts/backup/dump.ts';
import { tablesOf } from '../../../scripts/backup/tables.ts';
import { createHubDatabase } from './hub-database.ts';

it('every table of the hub has a place in a backup, after those that it refers to', async () => {
  const database = await createHubDatabase(inject('postgresUrl'));
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  try {
    const names = (await tablesOf(client)).map(({ name }) => name);
    expect(names.length).toBeGreaterThan(30);
    expect(names.indexOf('hold')).toBeGreaterThan(names.indexOf('system'));
  } finally {
    await client.end();
    await database.drop();
  }
});

it('a backup that begins while a table takes another one’s place has the rows of one of them', async () => {
  const database = await createHubDatabase(inject('postgresUrl'));
  const client = new pg.Client({ connectionString: database.url });
  const folder = await mkdtemp(join(tmpdir(), 'cinch-backup-'));
  await client.connect();
  try {
    await client.query('insert into match_key (key, record_id) values (2, 1)');
    const before = await dumpHub(database.url, join(folder, 'before'));
    // The first table of the backup keeps it waiting until the exchange is committed.
    const [first] = await tablesOf(client);
    await client.query(`begin; lock table ${first!.name} in access exclusive mode`);
    await client.query('alter table match_key set schema matching_before');
    await client.query('alter table matching_next.match_key set schema public');
    await client.query('insert into public.match_key (key, record_id) values (4, 1)');
    const dumping = dumpHub(database.url, join(folder, 'after'));
    const waiting = `select count(*)::int as n from pg_locks where not granted and database = (select oid from pg_database where datname = current_database())`;
    await expect.poll(async () => (await client.query<{ n: number }>(waiting)).rows[0]!.n).toBeGreaterThan(0);
    await client.query('commit');
    expect((await dumping).rows).toBe(before.rows);
  } finally {
    await client.end();
    await rm(folder, { recursive: true });
    await database.drop();
  }
});
