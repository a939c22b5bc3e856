import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import type { TestDatabase } from '../../../scripts/test-database.ts';
import { openHub, type Hub } from '../src/hub.ts';
import { openWorker } from '../src/lone-worker.ts';
import { Worker } from '../src/pipeline/worker.ts';
import { Committer, DutyLost } from '../src/platform/committer.ts';
import { Doorbell } from '../src/platform/doorbell.ts';
import { Duty } from '../src/platform/duty.ts';
import { readEnvironment } from '../src/platform/environment.ts';
import { Heartbeat } from '../src/platform/heartbeat.ts';
import { HoldTimes } from '../src/platform/hold-times.ts';
import { Lanes } from '../src/platform/lanes.ts';
import { Database } from '../src/platform/transaction.ts';
import { AcceptanceStore } from '../src/stages/inbox/acceptance.store.ts';
import { acceptBody } from '../src/stages/inbox/read-body.ts';
import { MappingsStore } from '../src/stages/mappings/mappings.store.ts';
import { SystemsStore } from '../src/stages/systems/systems.store.ts';
import { createHubDatabase } from './hub-database.ts';
import { aMapping } from './listening-hub.ts';

let database: TestDatabase;
let api: Hub;
const workers: Hub[] = [];
const pollMs = 20;

const environment = (role: 'api' | 'worker') =>
  readEnvironment({ ROLE: role, DATABASE_URL: database.url, AUTH_SECRET: 'x'.repeat(40), LOG_LEVEL: 'silent' });

async function aWorker(): Promise<Hub> {
  const worker = await openWorker(environment('worker'));
  workers.push(worker);
  return worker;
}

beforeAll(async () => {
  database = await createHubDatabase(inject('postgresUrl'));
  api = await openHub(environment('api'));
  await api.app.get(Database).transaction(async (tx) => {
    const scope = { create: 'nobody', keep: 'everybody' } as const;
    const made = await api.app
      .get(SystemsStore)
      .create(tx, { code: 'crm', name: 'CRM', adapterUrl: null, adapterToken: null, scope });
    await api.app.get(MappingsStore).publish(tx, made!.systemId, aMapping('crm') as never, new Date(), 'test');
  });
});
afterAll(async () => {
  for (const hub of [...workers, api]) await hub?.close();
  await database?.drop();
});

const read = <Row>(sql: string) => api.app.get(Database).read((tx) => tx.query<Row>(sql));
const waiting = async () =>
  (await read<{ n: number }>('select count(*)::int as n from inbox_batch where done_at is null'))[0]!.n;
const epoch = async () => (await read<{ epoch: number }>('select epoch from committer'))[0]!.epoch;
const inThisDatabase = `locktype = 'advisory' and database = (select oid from pg_database where datname = current_database())`;
const onDuty = async () =>
  (await read<{ pid: number }>(`select pid from pg_locks where ${inThisDatabase} and objid = 7251044 and granted`)).map(
    (row) => row.pid,
  );
const waitsForCommitter = async () =>
  (await read(`select 1 from pg_locks where ${inThisDatabase} and objid = 7251043 and not granted`)).length > 0;

const dutyOf = (settings: ReturnType<typeof environment>, lanes: Lanes) =>
  new Duty(
    settings,
    new Database(lanes),
    new Committer(new Database(lanes), api.app.get(HoldTimes)),
    api.app.get(Heartbeat),
    lanes,
    api.app.get(HoldTimes),
  );

async function push(id: string): Promise<void> {
  const body = Buffer.from(JSON.stringify([{ id, data: { id, given: 'Ada', family: 'Byron' } }]));
  await api.app.get(Database).transaction(async (tx) => {
    const read = await acceptBody('records', body);
    const delivered = {
      system: 'crm',
      loadId: null,
      form: 'records',
      body,
      read,
      idempotencyKey: null,
      receivedAt: Date.now(),
    } as const;
    await api.app.get(AcceptanceStore).accept(tx, delivered);
  });
}

/** Polls until it is so; the test's own limit ends a wait for what never comes. */
async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, pollMs));
}

it.each([
  ['that vanished', { process: 'nobody', leaving: false }, 'died'],
  ['that was stopped in order', { process: 'nobody', leaving: true }, 'left'],
  ['that lives and lost its session only', { process: 'the one that answers', leaving: false }, 'left'],
  ['that was itself', { process: 'the same', leaving: false }, 'itself'],
] as const)('whoever takes the duty knows what became of one %s', async (_, before, follows) => {
  const lanes = new Lanes(database.url);
  const name = {
    nobody: 'nobody',
    'the same': lanes.processName,
    'the one that answers': api.app.get(Lanes).processName,
  };
  await api.app.get(Database).transaction((tx) =>
    tx.query(
      `insert into heartbeat (process, epoch, beats, beat_at, leaving) values ($1, 0, 1, now(), $2)
       on conflict (only_one) do update set process = excluded.process, leaving = excluded.leaving`,
      [name[before.process], before.leaving],
    ),
  );
  await api.app.get(Heartbeat).look();
  const shift = (await dutyOf(environment('worker'), lanes).begin(new AbortController().signal))!;
  await shift.end();
  await lanes.close();
  expect(shift.follows).toBe(follows);
  expect(await read('select leaving from heartbeat')).toEqual([{ leaving: false }]);
});

it('a worker that is told to end says so before its work is over', async () => {
  const worker = await openWorker(environment('worker'));
  const { processName } = worker.app.get(Lanes);
  await until(
    async () => (await read<{ process: string }>('select process from heartbeat'))[0]!.process === processName,
  );
  await worker.close();
  expect(await read('select process, leaving from heartbeat')).toEqual([{ process: processName, leaving: true }]);
});

it('a process that only answers calls leaves the work to a worker', async () => {
  await push('1');
  expect(await onDuty()).toEqual([]);
  expect(await waiting()).toBe(1);
  await aWorker();
  await until(async () => (await waiting()) === 0);
  expect(await onDuty()).toHaveLength(1);
});

it('a second worker stands by, and takes over when the session of the first ends', async () => {
  await aWorker();
  const [first] = await onDuty();
  const before = await epoch();
  await read(`select pg_terminate_backend(${first})`);
  await until(async () => (await epoch()) > before);
  const [second, ...more] = await onDuty();
  expect(second).not.toBe(first);
  expect(more).toEqual([]);
  await push('2');
  await until(async () => (await waiting()) === 0);
});

it('a worker that is told to end hands the duty on at once', async () => {
  await aWorker();
  for (const worker of workers.splice(0, 2)) await worker.close();
  await push('3');
  await until(async () => (await waiting()) === 0);
  expect(await onDuty()).toHaveLength(1);
  await workers.pop()!.close();
  expect(await onDuty()).toEqual([]);
});

it('what a worker commits after its duty has passed on is refused, and leaves nothing', async () => {
  const committer = api.app.get(Committer);
  const mine = await committer.takeDuty('test');
  const note = () =>
    committer.commit((tx) => tx.query(`insert into audit (at, actor, act, subject) values (now(), 'me', 'late', 'x')`));
  await committer.onDuty(mine, note);
  const next = await committer.takeDuty('test');
  await expect(committer.onDuty(mine, note)).rejects.toBeInstanceOf(DutyLost);
  await committer.onDuty(next, note);
  expect(await read(`select 1 from audit where act = 'late'`)).toHaveLength(2);
});

it('whoever takes the duty waits for what the last one has under way', async () => {
  const committer = api.app.get(Committer);
  const mine = await committer.takeDuty('test');
  const begun = Promise.withResolvers<void>();
  const mayGoOn = Promise.withResolvers<void>();
  const order: string[] = [];
  const underWay = committer.onDuty(mine, () =>
    committer.commit(async () => {
      begun.resolve();
      await mayGoOn.promise;
      order.push('committed by the last');
    }),
  );
  await begun.promise;
  const taken = committer.takeDuty('test').then(() => order.push('taken by the next'));
  await until(waitsForCommitter);
  mayGoOn.resolve();
  await Promise.all([underWay, taken]);
  expect(order).toEqual(['committed by the last', 'taken by the next']);
});

it('a worker that waits for a database that is away ends when it is told to', async () => {
  const away = { ...environment('worker'), databaseUrl: 'postgres://nobody@127.0.0.1:1/none' };
  const stopping = new AbortController();
  const turn = dutyOf(away, api.app.get(Lanes)).begin(stopping.signal);
  stopping.abort();
  expect(await turn).toBeNull();
});

it('whoever is on duty hears for whom another process has made work, and each of it once', async () => {
  const lanes = new Lanes(database.url);
  const heard: string[] = [];
  const shift = (await dutyOf(environment('worker'), lanes).begin(new AbortController().signal, (name) =>
    heard.push(name),
  ))!;
  const bell = api.app.get(Doorbell);
  for (let n = 0; n < 100; n += 1) bell.ring(['ingest']);
  bell.ring([]);
  await until(async () => Promise.resolve(heard.includes('ingest') && heard.includes('')));
  // As many pushes as there are, the server is told twice at most: what came while it was told, and then the rest.
  expect(heard.length).toBeLessThanOrEqual(3);
  api.app.get(Worker).wake('replay');
  await until(async () => Promise.resolve(heard.includes('replay')));
  await shift.end();
  await lanes.close();
});
