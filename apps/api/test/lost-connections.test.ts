import { setImmediate } from 'node:timers/promises';
import { afterEach, expect, inject, it } from 'vitest';
import pg from 'pg';
import { Accounts } from '../src/platform/accounts/accounts.ts';
import { Committer } from '../src/platform/committer.ts';
import { Database } from '../src/platform/transaction.ts';
import { ListeningHub } from './listening-hub.ts';

let hub: ListeningHub | undefined;
afterEach(async () => {
  await hub?.close();
  hub = undefined;
});

/** Ends all connections of the hub, as a restart of Postgres or an operator does. How many they were. */
async function endConnections(url: string): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
  );
  await client.end();
  return rows.length;
}

const row = (id: string) => [{ id, data: { id, given: 'Ada', family: 'Byron' } }];

it('Postgres ends every connection, whatever each was doing: the hub lives, and the next push is taken', async () => {
  hub = await ListeningHub.open(inject('postgresUrl'));
  const token = await hub.aSystem('crm');
  const database = hub.hub.app.get(Database);
  const idle = Promise.withResolvers<void>();
  const mayGoOn = Promise.withResolvers<void>();
  const works = [
    database.transaction(async (tx) => {
      await tx.query('select 1');
      idle.resolve();
      await mayGoOn.promise;
      await tx.query('select 2');
    }),
    database.read((tx) => tx.query('select pg_sleep(60)')),
    database.glance((tx) => tx.query('select pg_sleep(60)')),
    hub.hub.app.get(Committer).commit((tx) => tx.query('select pg_sleep(60)')),
  ].map((work) => work.catch((error: Error) => error));
  await idle.promise;
  const sessions = Array.from({ length: 5 }, () =>
    hub!.hub.app
      .get(Accounts)
      .logIn('admin@cinch.local', ListeningHub.password, undefined)
      .catch(() => null),
  );
  expect(await endConnections(hub.databaseUrl)).toBeGreaterThan(4);
  mayGoOn.resolve();
  let isOver = false;
  const ended = Promise.all(works).finally(() => (isOver = true));
  // On a busy machine one of them may have got its connection only now.
  while (!isOver) await endConnections(hub.databaseUrl);
  for (const one of await ended) expect(one).toBeInstanceOf(Error);
  await Promise.all(sessions);
  await expect
    .poll(async () => (await hub!.call('POST', '/api/v1/systems/crm/records', { token, body: row('1') })).status)
    .toBe(202);
});

it('connections that end while sessions are looked up, and between question and answer, end no process', async () => {
  hub = await ListeningHub.open(inject('postgresUrl'));
  const accounts = hub.hub.app.get(Accounts);
  const { cookies } = (await accounts.logIn('admin@cinch.local', ListeningHub.password, undefined))!;
  const cookie = cookies.map((text) => text.split(';', 1)[0]).join('; ');
  const isOver = new AbortController();
  const asking = Array.from({ length: 6 }, async () => {
    while (!isOver.signal.aborted) await accounts.whoIs(cookie).catch(() => setImmediate());
  });
  for (let times = 0; times < 40; times += 1) await endConnections(hub.databaseUrl);
  isOver.abort();
  await Promise.all(asking);
  await expect
    .poll(() =>
      accounts.whoIs(cookie).then(
        (person) => person?.me.role,
        () => null,
      ),
    )
    .toBe('admin');
});
