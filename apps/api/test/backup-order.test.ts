import pg from 'pg';
import { expect, inject, it } from 'vitest';
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
