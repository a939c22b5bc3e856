import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../scripts/test-database.ts';
import { Accounts } from '../src/platform/accounts/accounts.ts';
import { Database } from '../src/platform/transaction.ts';
import { ListeningHub } from './listening-hub.ts';
import { PostgresProxy } from './postgres-proxy.ts';

let database: TestDatabase;
let proxy: PostgresProxy;
let hub: ListeningHub;
let token: string;
let pushed = 0;

beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'));
  proxy = await PostgresProxy.before(database.url);
  hub = await ListeningHub.open(inject('postgresUrl'), { DATABASE_URL: proxy.url });
  token = await hub.aSystem('crm');
});
afterAll(async () => {
  await hub?.close();
  await proxy?.close();
  await database?.drop();
});

/** One push, with the milliseconds that its answer took. */
async function push() {
  const id = String((pushed += 1));
  const since = performance.now();
  const body = [{ id, data: { id, given: 'Ada', family: 'Byron' } }];
  const { status, headers } = await hub.call('POST', '/api/v1/systems/crm/records', { token, body });
  return { status, retryAfter: headers.get('retry-after'), tookMs: performance.now() - since };
}

const workedOn = async () => {
  const [row] = await hub.hub.app
    .get(Database)
    .glance((tx) => tx.query<{ waiting: number }>('select count(*) as waiting from inbox_batch where done_at is null'));
  return row!.waiting === 0;
};

/** Statements that the server works on and that do nothing but take time. */
const sleeps = async () => {
  const [row] = await hub.hub.app
    .get(Database)
    .glance((tx) =>
      tx.query<{ n: number }>(
        `select count(*)::int as n from pg_stat_activity where query = 'select pg_sleep(4)' and state = 'active'`,
      ),
    );
  return row!.n;
};

// A silence shows by time alone: the waits of these tests are the limits that they are about.
it('connections that fall silent are given up within seconds: pushes are answered, taken again and worked on', async () => {
  expect((await push()).status).toBe(202);
  const long = hub.hub.app
    .get(Database)
    .in('work')
    .glance((tx) => tx.query('select pg_sleep(4)'));
  const broken = long.catch((error: Error) => error.message);
  await expect.poll(sleeps).toBe(1);
  proxy.fallSilent();
  const answers = await Promise.all(Array.from({ length: 20 }, push));
  for (const { status, retryAfter, tookMs } of answers) {
    expect(tookMs).toBeLessThan(10_000);
    if (status !== 202) expect([status, retryAfter]).toEqual([503, '5']);
  }
  expect(await broken).toContain('Connection terminated');
  await expect.poll(async () => (await push()).status, { timeout: 10_000 }).toBe(202);
  await expect.poll(workedOn, { timeout: 10_000 }).toBe(true);
});

it('a long statement that the server works on is no silence', async () => {
  const rows = hub.hub.app
    .get(Database)
    .in('work')
    .glance((tx) => tx.query('select pg_sleep(5)'));
  await expect(rows).resolves.toHaveLength(1);
});

it('a database that nobody hears any more is told as away, and all goes on when it speaks again', async () => {
  proxy.fallSilent({ alsoNew: true });
  const answers = await Promise.all(Array.from({ length: 20 }, push));
  for (const { status, retryAfter, tookMs } of answers) {
    expect(status).toBe(503);
    expect(Number(retryAfter)).toBeGreaterThan(0);
    expect(tookMs).toBeLessThan(12_000);
  }
  const person = hub.hub.app.get(Accounts).logIn('admin@cinch.local', ListeningHub.password, undefined);
  await expect(person).rejects.toBeInstanceOf(Error);
  proxy.speak();
  await expect.poll(async () => (await push()).status, { timeout: 10_000 }).toBe(202);
  // Whoever was on duty rests longer after each try that failed.
  await expect.poll(workedOn, { timeout: 30_000 }).toBe(true);
});
