import type { Problem, Status } from '@cinch/api-contract';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Worker } from '../src/pipeline/worker.ts';
import { Random } from './histories/random.ts';
import { aMapping, ListeningHub, type Answer } from './listening-hub.ts';
import { malformed, malformedCsv } from './malformed.ts';
import { memoryNow } from './memory.ts';

/** So many malformed inputs for each kind of endpoint; FUZZ_SEED repeats a run. */
const usual = process.env['npm_lifecycle_event'] === 'fuzz' ? 10_000 : 150;
const runsEach = Number(process.env['FUZZ_RUNS'] ?? usual);
const seed = Number(process.env['FUZZ_SEED'] ?? 7);
const atOnce = 8;
/** By then all code is compiled, and heap and pools have the size that this traffic needs: what memory grows by later is kept for ever. */
const warmUpRuns = Math.max(100, Math.ceil(runsEach / 5));
/** What the allocator keeps for itself goes up and down by as much; what is really held does not. */
const mostGrowth = 256 * 1024 * 1024;
const mostHeapGrowth = 40 * 1024 * 1024;

let hub: ListeningHub;
let key: string;
let warm: NodeJS.MemoryUsage;

beforeAll(async () => {
  console.log(`FUZZ_SEED=${seed} FUZZ_RUNS=${runsEach}`);
  hub = await ListeningHub.open(inject('postgresUrl'));
  hub.tellAtOnce();
  key = await hub.aSystem('shop');
  for (const [, valid, send] of classes) await sendAll((random) => send(malformed(random, valid)), warmUpRuns);
  warm = memoryNow();
}, 600_000);
afterAll(() => hub?.close());

const row = { id: 'f1', given: 'Jo', family: 'Doe' };
const event = { specversion: '1.0', id: 'e', source: '/shop', subject: 'f1', rowversion: 3 };
const pin = { attribute: 'name', value: { given: 'Jo', family: 'Doe' }, reason: 'asked', until: null };

type Send = (body: Buffer) => Promise<Answer>;
const post = (path: string, type: string): Send => {
  return (raw) => hub.call('POST', path, { token: key, headers: { 'content-type': type }, raw });
};
const asAdmin = (method: string, path: string): Send => {
  const headers = { 'content-type': 'application/json' };
  return (raw) => hub.call(method, path, { token: ListeningHub.adminToken, headers, raw });
};

/** Completes, gives up and accepts loads in turn: those that the class before has opened, and some that were never there. */
function endingLoads(): Send {
  const acts = ['complete', 'accept', 'abort'];
  let turn = 0;
  return (raw) => {
    turn += 1;
    return asAdmin('POST', `/api/v1/loads/${1 + (turn % 40)}/${acts[turn % acts.length]}`)(raw);
  };
}

const classes: [string, unknown, Send][] = [
  [
    'records by lines',
    { id: 'f1', version: 1, changedAt: '2026-01-02T03:04:05Z', data: row },
    post('/api/v1/systems/shop/records', 'application/x-ndjson'),
  ],
  [
    'records in an array',
    [{ id: 'f1', version: 1, data: row }],
    post('/api/v1/systems/shop/records', 'application/json'),
  ],
  [
    'events',
    [
      { ...event, type: 'customer.changed', time: '2026-01-02T03:04:05Z', data: row },
      { ...event, type: 'customer.incremented', data: { points: 5 } },
    ],
    post('/api/v1/systems/shop/events', 'application/cloudevents-batch+json'),
  ],
  ['loads', { asOf: '2026-01-02T03:04:05Z' }, post('/api/v1/systems/shop/loads', 'application/json')],
  ['loads that end', { expected: 5 }, endingLoads()],
  ['mappings', { document: aMapping('shop') }, asAdmin('POST', '/api/v1/systems/shop/mapping/check')],
  ['rules', { document: { format: 1, rules: {} }, reason: 'asked' }, asAdmin('PUT', '/api/v1/rules/survivorship')],
  ['systems', { code: 'other', name: 'Other' }, asAdmin('POST', '/api/v1/systems')],
  ['pins', pin, asAdmin('POST', '/api/v1/customers/7f9c24e8-3b12-4fef-91e0-5a7b2c6d8e90/pins')],
  ['reviews', { records: [1, 2], same: true, reason: 'asked' }, asAdmin('POST', '/api/v1/match-reviews/decision')],
];

/** How many were taken or refused in words. */
async function sendAll(send: (random: Random) => Promise<Answer>, runs = runsEach): Promise<number> {
  const random = new Random(seed);
  let answered = 0;
  for (let sent = 0; sent < runs; sent += atOnce) {
    const answers = await Promise.all(Array.from({ length: Math.min(atOnce, runs - sent) }, () => send(random)));
    for (const answer of answers) {
      expect(answer.status, answer.text).toBeLessThan(500);
      answered += 1;
      if (answer.status < 400) continue;
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      const { code, detail } = answer.json<Problem>();
      expect(code).not.toBe('internal');
      expect(detail.length).toBeGreaterThan(10);
    }
  }
  return answered;
}

it.each(classes)('%s: whatever comes is taken or refused in words', { timeout: 600_000 }, async (_, valid, send) => {
  expect(await sendAll((random) => send(malformed(random, valid)))).toBe(runsEach);
});

it('records as CSV: whatever comes is taken or refused in words', { timeout: 600_000 }, async () => {
  const send = post('/api/v1/systems/shop/records', 'text/csv');
  const valid = 'id,given,family,note\nf1,Jo,"Doe, Jr.",\nf2,Ann,"Brook ""B""","two\nlines"\n';
  expect(await sendAll((random) => send(malformedCsv(random, valid)))).toBe(runsEach);
});

it('lists: whatever is asked is answered or refused in words', { timeout: 600_000 }, async () => {
  const paths = [
    'customers?cursor=',
    'conflicts?cursor=',
    'records?state=',
    'refreshes?limit=',
    'batches/',
    'customers/',
    'loads/',
  ];
  const answered = await sendAll((random) => {
    const asked = malformed(random, 'text').toString('latin1').slice(0, 2_000);
    return hub.asAdmin('GET', `/api/v1/${random.pick(paths)}${encodeURIComponent(asked)}`);
  });
  expect(answered).toBe(runsEach);
});

it('all that was accepted has its place, and memory stays flat', { timeout: 600_000 }, async () => {
  await hub.hub.app.get(Worker).drained();
  const { inbox } = (await hub.asAdmin('GET', '/api/v1/status')).json<Status>();
  expect(inbox.waiting).toBe(0);
  expect(inbox.accepted).toBe(inbox.applied + inbox.superseded + inbox.error);
  const now = memoryNow();
  const [rss, heap] = [now.rss - warm.rss, now.heapUsed - warm.heapUsed];
  console.log(
    `RSS ${mib(warm.rss)} MiB after ${warmUpRuns} of each class; at the end ${mib(rss)} MiB more, heap ${mib(heap)} MiB more`,
  );
  expect(rss).toBeLessThan(mostGrowth);
  expect(heap).toBeLessThan(mostHeapGrowth);
});

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
