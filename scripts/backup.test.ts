import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { migrateTo } from '../apps/api/src/platform/data-source.ts';
import { startPostgres } from './postgres.ts';
import { provisionEmbedded } from './provision.ts';
import { openSecrets } from './secrets.ts';
import { root } from './workspaces.ts';

const folder = mkdtempSync(join(tmpdir(), 'cinch-commands-'));
const [first, second] = [join(folder, 'first'), join(folder, 'second')];
const file = join(folder, 'cinch.backup');

async function run(script: 'backup' | 'restore', dataDir: string, ...args: string[]) {
  const env = { ...process.env, DATA_DIR: dataDir, DATABASE_URL: '' };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [`scripts/${script}.ts`, ...args], {
      cwd: root,
      env,
    });
    return { code: 0, said: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, said: stderr };
  }
}

/** The embedded Postgres of a data folder, while something is done with the hub's database in it. */
async function within<T>(dataDir: string, work: (url: string) => Promise<T>): Promise<T> {
  const postgres = await startPostgres({ dataDir, throwaway: true });
  try {
    return await work((await provisionEmbedded(postgres.url, { secrets: openSecrets(dataDir), demo: false })).hub);
  } finally {
    await postgres.stop();
  }
}

async function ask(url: string, sql: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<object>(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  await within(first, async (url) => {
    await migrateTo(url, null);
    await ask(url, `insert into system (code, name, scope) values ('shop', E'Sh\\\\o\\tp\\n"1"', '{}')`);
    await ask(
      url,
      `insert into login_user (id, name, email, "emailVerified", role) values ('u1', 'Ann', 'ann@example.com', true, 'admin');
       insert into login_session (id, "expiresAt", token, "updatedAt", "userId") values ('s1', now(), 't', now(), 'u1');
       insert into account_link values ('u1', 'hash', 'reset', now())`,
    );
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('backs up the hub of a data folder, whether it runs or not, into a file for its owner alone', async () => {
  const whileRunning = await within(first, () => run('backup', first, file));
  expect(whileRunning).toEqual({
    code: 0,
    said: expect.stringMatching(/\d+ rows of \d+ tables, \d+ bytes, schema \w+/),
  });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(await run('backup', first, `${file}.2`)).toMatchObject({ code: 0 });
  expect(await run('backup', first, file)).toEqual({ code: 1, said: expect.stringContaining('choose another name') });
});

it('restores it into a new data folder, once, with all outbound paused', async () => {
  expect(await run('restore', second, file)).toEqual({ code: 0, said: expect.stringContaining('sends nothing') });
  const [system] = await within(second, (url) => ask(url, 'select code, name from system'));
  expect(system).toEqual({ code: 'shop', name: 'Sh\\o\tp\n"1"' });
  const [outbound] = await within(second, (url) => ask(url, 'select state, reason from outbound_switch'));
  expect(outbound).toEqual({ state: 'paused', reason: 'restored from a backup' });
  const people = `select (select count(*) from login_user)::int as users, (select count(*) from login_session)::int as sessions,
                    (select count(*) from account_link)::int as links`;
  // A session that was ended and a link that was used must not come to life again.
  expect(await within(second, (url) => ask(url, people))).toEqual([{ users: 1, sessions: 0, links: 0 }]);
  expect(await run('restore', second, file)).toEqual({ code: 1, said: expect.stringContaining('not empty') });
});

it('says how it is called, and where there is nothing', async () => {
  expect(await run('backup', first)).toEqual({ code: 1, said: expect.stringContaining('npm run backup -- ') });
  expect(await run('restore', second)).toEqual({ code: 1, said: expect.stringContaining('npm run restore -- ') });
  const nowhere = join(folder, 'nowhere');
  expect(await run('backup', nowhere, `${file}.3`)).toEqual({ code: 1, said: expect.stringContaining('no hub in') });
  expect(await run('restore', join(folder, 'third'), join(folder, 'none'))).toEqual({
    code: 1,
    said: expect.stringContaining('There is no file'),
  });
});
