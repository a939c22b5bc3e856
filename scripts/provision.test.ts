import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { provisionServer, type DatabaseUrls } from './provision.ts';
import { openSecrets } from './secrets.ts';

const role = `Häuser ${process.pid}`;
const database = `hub "${process.pid}"`;
const folders: string[] = [];
let databaseUrl: string;

beforeAll(async () => {
  await run(inject('postgresUrl'), `create role "${role}" login password 'p@ss/w:rd' createdb createrole`);
  await run(inject('postgresUrl'), `create database ${pg.escapeIdentifier(database)} owner "${role}"`);
  const url = new URL(inject('postgresUrl'));
  url.username = encodeURIComponent(role);
  url.password = encodeURIComponent('p@ss/w:rd');
  url.pathname = `/${encodeURIComponent(database)}`;
  databaseUrl = url.href;
});

afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true })));

async function run<Row>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

function provisionFrom(folder?: string): Promise<DatabaseUrls> {
  const dataDir = folder ?? mkdtempSync(join(tmpdir(), 'cinch-secrets-'));
  if (!folder) folders.push(dataDir);
  return provisionServer(databaseUrl, { secrets: openSecrets(dataDir), demo: true });
}

/** The system's own credentials at another database. */
function at(url: string, name: string): string {
  const moved = new URL(url);
  moved.pathname = `/${encodeURIComponent(name)}`;
  return moved.href;
}

describe('a server with a role that may create databases and roles, and no superuser', () => {
  test('gives the hub the very database that was named, and each system one of its own', async () => {
    const urls = await provisionFrom();
    expect(urls.hub).toBe(databaseUrl);
    for (const url of [urls.adipose!, urls.bellyfat!]) {
      await run(url, 'create table mine as select 7 as n');
      await expect(run(url, 'select n from mine')).resolves.toEqual([{ n: 7 }]);
    }
  });

  test('keeps each system out of the database of the other', async () => {
    const urls = await provisionFrom();
    await expect(run(at(urls.adipose!, `${database}_bellyfat`), 'select 1')).rejects.toThrow(/permission denied/);
    await expect(run(at(urls.bellyfat!, `${database}_adipose`), 'select 1')).rejects.toThrow(/permission denied/);
  });

  test('does it again without harm, also when the data folder with the passwords is gone', async () => {
    await provisionFrom();
    await provisionFrom(folders[0]);
    const urls = await provisionFrom();
    await expect(run(urls.adipose!, 'select 1 as one')).resolves.toEqual([{ one: 1 }]);
  });

  test('leaves the hub no member of the roles of the systems', async () => {
    const urls = await provisionFrom();
    await run(urls.adipose!, 'create table if not exists secret_of_adipose (n int)');
    await expect(run(at(databaseUrl, `${database}_adipose`), 'select 1')).rejects.toThrow(/permission denied/);
  });

  test('says what the role lacks when it may not create roles', async () => {
    await run(inject('postgresUrl'), `alter role "${role}" nocreaterole`);
    await expect(provisionFrom()).rejects.toThrow(/Give it CREATEROLE and CREATEDB/);
    await run(inject('postgresUrl'), `alter role "${role}" createrole`);
  });
});

test('a database address that names none is refused with an example', async () => {
  const secrets = openSecrets(tmpdir());
  await expect(provisionServer('postgres://localhost', { secrets, demo: true })).rejects.toThrow(/names no database/);
  await expect(provisionServer('here', { secrets, demo: true })).rejects.toThrow(/is no URL/);
});
