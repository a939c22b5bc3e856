import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, expect, inject, test, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../scripts/test-database.ts';
import type {} from '../../../scripts/test-postgres.ts';
import { enqueueChanges, type Outbox, outboxSchema, startOutbox } from '../src/outbox.ts';
import type { AdapterRow } from '../src/protocol.ts';

interface Answer {
  status: number;
  type?: string;
  headers?: Record<string, string>;
}
interface Call {
  headers: IncomingHttpHeaders;
  path: string | undefined;
  events: { subject: string; data: unknown }[];
  at: number;
}

const acknowledged: Answer = { status: 202 };
let database: TestDatabase;
let pool: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'));
  pool = new pg.Pool({ connectionString: database.url });
  await pool.query(outboxSchema);
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});
beforeEach(async () => {
  await pool.query('truncate outbox');
});

/** A hub that gives the answers one after the other and the last one for ever. */
async function aHub(...answers: Answer[]) {
  return aHubOn(0, ...answers);
}

async function aHubOn(port: number, ...answers: Answer[]) {
  const calls: Call[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    calls.push({
      headers: request.headers,
      path: request.url,
      events: JSON.parse(Buffer.concat(chunks).toString()),
      at: performance.now(),
    });
    const answer = (answers.length > 1 ? answers.shift() : answers[0]) ?? acknowledged;
    response.writeHead(answer.status, { 'content-type': answer.type ?? 'application/json', ...answer.headers });
    response.end('{}');
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    calls,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const aRow = (number: number): AdapterRow => ({
  key: `K-${number}`,
  version: number,
  changedAt: '2026-01-02T03:04:05.000Z',
  delivery: number % 2 ? { id: `d-${number}`, version: number } : null,
  data: { number, text: 'z', a: 1 },
});

async function enqueued(count: number): Promise<void> {
  const client = await pool.connect();
  await enqueueChanges(
    client,
    'adipose',
    Array.from({ length: count }, (_, number) => aRow(number)),
  );
  client.release();
}

async function started(hubUrl: string, pushing = true): Promise<Outbox & AsyncDisposable> {
  const outbox = startOutbox({ pool, system: 'adipose', hubUrl, hubKey: 'the-key', pushing });
  return { ...outbox, [Symbol.asyncDispose]: () => outbox.stop() };
}

const left = async () => Number((await pool.query('select count(*) from outbox')).rows[0].count);
const drained = () => vi.waitFor(async () => expect(await left()).toBe(0), { timeout: 15_000, interval: 20 });
const subjects = (calls: Call[]) => calls.flatMap((call) => call.events.map((event) => event.subject));

test('sends everything in order, at most 500 events a call, with the key of the system', async () => {
  await using hub = await aHub(acknowledged);
  await enqueued(1200);
  await using _outbox = await started(hub.url);
  await drained();
  expect(hub.calls.map((call) => call.events.length)).toEqual([500, 500, 200]);
  expect(subjects(hub.calls)).toEqual(Array.from({ length: 1200 }, (_, number) => `K-${number}`));
  expect(hub.calls[0]?.path).toBe('/api/v1/systems/adipose/events');
  expect(hub.calls[0]?.headers).toMatchObject({
    authorization: 'Bearer the-key',
    'content-type': 'application/cloudevents-batch+json',
  });
});

test('sends the row as it is stored, with its version and its last delivery', async () => {
  await using hub = await aHub(acknowledged);
  await enqueued(2);
  await using _outbox = await started(hub.url);
  await drained();
  const [plain, delivered] = hub.calls[0]?.events ?? [];
  expect(plain).toEqual({
    specversion: '1.0',
    id: expect.any(String),
    source: '/adipose',
    type: 'customer.changed',
    subject: 'K-0',
    time: '2026-01-02T03:04:05.000Z',
    datacontenttype: 'application/json',
    rowversion: 0,
    data: { number: 0, text: 'z', a: 1 },
  });
  expect(JSON.stringify(plain?.data)).toBe('{"number":0,"text":"z","a":1}');
  expect(delivered).toMatchObject({ rowversion: 1, deliveryid: 'd-1', deliveryversion: 1 });
});

test('keeps what a hub that is not ready does not acknowledge, and repeats it under the same key', async () => {
  const notYet: Answer[] = [{ status: 503 }, { status: 404 }, { status: 401 }, { status: 200, type: 'text/html' }];
  await using hub = await aHub(...notYet, acknowledged);
  await enqueued(3);
  await using _outbox = await started(hub.url);
  await drained();
  expect(hub.calls.length).toBe(5);
  expect(new Set(hub.calls.map((call) => call.headers['idempotency-key'])).size).toBe(1);
});

test('waits as long as a busy hub asks for', async () => {
  await using hub = await aHub({ status: 429, headers: { 'retry-after': '1' } }, acknowledged);
  await enqueued(1);
  await using _outbox = await started(hub.url);
  await drained();
  const [first, second] = hub.calls;
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThan(950);
});

test('starts before its hub does', async () => {
  const early = await aHub(acknowledged);
  await early[Symbol.asyncDispose]();
  await enqueued(1);
  await using _outbox = await started(early.url);
  await using hub = await aHubOn(Number(new URL(early.url).port), acknowledged);
  await drained();
  expect(subjects([...early.calls, ...hub.calls])).toEqual(['K-0']);
});

test('sends nothing while pushing is off, nor what was taken out of the outbox meanwhile', async () => {
  await using hub = await aHub(acknowledged);
  await using outbox = await started(hub.url, false);
  await enqueued(3);
  outbox.wake();
  await outbox.setPushing(false);
  expect(hub.calls).toEqual([]);
  await pool.query(`delete from outbox where customer_key = 'K-1'`);
  await outbox.setPushing(true);
  await drained();
  expect(subjects(hub.calls)).toEqual(['K-0', 'K-2']);
});

test('sends at once when woken after a commit', async () => {
  await using hub = await aHub(acknowledged);
  await using outbox = await started(hub.url);
  await enqueued(1);
  const before = performance.now();
  outbox.wake();
  await drained();
  expect((hub.calls[0]?.at ?? Infinity) - before).toBeLessThan(5_000);
});
