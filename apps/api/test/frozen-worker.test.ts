import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { duty as limits } from '@cinch/api-contract';
import { openWorker } from '../src/lone-worker.ts';
import type { Hub } from '../src/hub.ts';
import { Committer, DutyLost } from '../src/platform/committer.ts';
import { readEnvironment } from '../src/platform/environment.ts';
import { Heartbeat } from '../src/platform/heartbeat.ts';
import { Lanes } from '../src/platform/lanes.ts';
import { HubClient } from '../src/platform/hub-client.ts';
import { Troubles } from '../src/platform/troubles.ts';
import { Database } from '../src/platform/transaction.ts';
import { ListeningHub } from './listening-hub.ts';

const heard: string[] = [];
let listener: Server;
let webhook: Record<string, string>;
let api: ListeningHub;
let token: string;
let worker: Hub | undefined;
let frozen: { session: HubClient; process: string };

beforeAll(async () => {
  listener = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      heard.push((JSON.parse(body) as { type: string }).type);
      response.writeHead(204).end();
    });
  });
  await new Promise<void>((listening) => listener.listen(0, '127.0.0.1', listening));
  const url = `http://127.0.0.1:${(listener.address() as AddressInfo).port}`;
  webhook = { ALERT_WEBHOOK_URL: url, ALERT_WEBHOOK_SECRET: `whsec_${Buffer.alloc(24, 7).toString('base64')}` };
  api = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api', ...webhook });
  token = await api.aSystem('crm');
  frozen = await freezesOnDuty();
});
afterAll(async () => {
  await worker?.close();
  await frozen?.session.sayGoodbye();
  await api?.close();
  await new Promise((closed) => listener.close(closed));
});

/** Takes the duty as a process does that is frozen right after: it holds the lock, has a commit under way, and says nothing more. */
async function freezesOnDuty() {
  const lanes = api.hub.app.get(Lanes);
  const process = 'frozen000000';
  const session = new HubClient({ connectionString: api.databaseUrl, application_name: lanes.nameOf('duty', process) });
  await session.connect();
  await session.query('select pg_advisory_lock(7251044)');
  await api.hub.app.get(Committer).takeDuty(process);
  await session.query(`set application_name = '${lanes.nameOf('commits', process)}'`);
  await session.query('begin; select pg_advisory_xact_lock(7251043)');
  return { session, process };
}

const push = async (id: string) => {
  const body = [{ id, data: { id, given: 'Ada', family: 'Byron' } }];
  return (await api.call('POST', '/api/v1/systems/crm/records', { token, body })).status;
};
const readyz = () => api.call('GET', '/readyz');
const waiting = async () => {
  const rows = await api.hub.app
    .get(Database)
    .glance((tx) => tx.query<{ n: number }>('select count(*) as n from inbox_batch where done_at is null'));
  return rows[0]!.n;
};

// A silence shows by time alone: the waits of these tests are the limits that they are about.
it('a worker that is frozen with nobody beside it: the hub says that it is not ready, why, and alerts, once', async () => {
  expect(await push('1')).toBe(202);
  expect((await readyz()).status).toBe(200);
  await expect.poll(async () => (await readyz()).status, { timeout: limits.staleMs + 5_000 }).toBe(503);
  expect((await readyz()).problem()).toMatchObject({ code: 'not-ready', detail: 'No worker is at work' });
  expect(
    api.hub.app
      .get(Troubles)
      .list()
      .map(({ code }) => code),
  ).toContain('duty-stale');
  await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['duty.stale']);
  expect(await push('2')).toBe(202);
});

it('a stand-by takes over from one that is frozen, its locks and its unfinished commit, and works on what waits', async () => {
  const since = performance.now();
  worker = await openWorker(
    readEnvironment({
      ROLE: 'worker',
      DATABASE_URL: api.databaseUrl,
      AUTH_SECRET: 'x'.repeat(40),
      LOG_LEVEL: 'silent',
      EGRESS_ALLOW: 'loopback',
      ...webhook,
    }),
  );
  await expect.poll(waiting, { timeout: 10_000 }).toBe(0);
  expect(performance.now() - since).toBeLessThan(10_000);
  await expect.poll(async () => (await readyz()).status, { timeout: 5_000 }).toBe(200);
  expect(api.hub.app.get(Troubles).list()).toEqual([]);
  await expect.poll(() => heard, { timeout: 5_000 }).toEqual(['duty.stale', 'duty.back']);
  expect(frozen.session.hasEnded).toBe(true);
  const late = api.hub.app.get(Committer).onDuty(1, () => api.hub.app.get(Committer).commit(async () => undefined));
  await expect(late, 'what it had in hand is the other one’s by now').rejects.toBeInstanceOf(DutyLost);
});

it('one who has not looked for a while has seen no silence', async () => {
  const heartbeat = new Heartbeat(api.hub.app.get(Database));
  await heartbeat.look();
  expect(heartbeat.silence.ms).toBe(0);
  expect(heartbeat.silence.last?.process).toBe(worker!.app.get(Lanes).processName);
});
