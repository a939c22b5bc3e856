import { afterEach, beforeEach, expect, inject, it } from 'vitest';
import type { DataSource } from 'typeorm';
import type {} from '../../../../scripts/test-postgres.ts';
import { createTestDatabase, type TestDatabase } from '../../../../scripts/test-database.ts';
import { dataSourceOptions, openDataSource } from './data-source.ts';
import { unfinishedRestore } from './schema-version.ts';

let database: TestDatabase;
let source: DataSource | null;
const open = async () => (source = await openDataSource(dataSourceOptions(database.url)));
const migrated = async () => (await source!.query<{ name: string }[]>('select name from migrations')).length;

beforeEach(async () => {
  source = null;
  database = await createTestDatabase(inject('postgresUrl'));
});
afterEach(async () => {
  if (source?.isInitialized) await source.destroy();
  await database.drop();
});

it('starts again on the schema that it made', async () => {
  await open();
  const before = await migrated();
  await source!.destroy();
  await open();
  expect(await migrated()).toBe(before);
});

it('refuses a schema of a newer version, names what it does not know, and changes nothing', async () => {
  await open();
  const sql = 'insert into migrations (timestamp, name) values ($1, $2)';
  await source!.query(sql, [9_999_999_999_999, 'FromTheFuture9999999999999']);
  await source!.query('delete from migrations where name = $1', ['OutboundSwitch1764001200000']);
  const before = await migrated();
  const first = source!;
  const refused = openDataSource(dataSourceOptions(database.url));
  await expect(refused).rejects.toThrow(/written by a newer version.*FromTheFuture9999999999999.*Start that version/s);
  expect(await migrated()).toBe(before);
  // Whoever was refused leaves neither its connections nor the lock on migrations behind.
  await first.query(`delete from migrations where name like 'FromTheFuture%'`);
  await first.query('drop table outbound_switch');
  await first.destroy();
  await open();
});

it('refuses a database in which a restore did not finish', async () => {
  await open();
  await source!.query(`create table ${unfinishedRestore} ()`);
  await source!.destroy();
  await expect(open()).rejects.toThrow(/a restore that did not finish.*create it anew/s);
});
