import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyMade, refreshRun, system } from '@cinch/api-contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startStack, type Stack } from '../../scripts/stack.ts';
import { hubApi, type HubApi } from '../stack/hub-api.ts';
import { drained } from '../stack/drained.ts';
import { startHubWire, type HubWire } from '../stack/hub-wire.ts';
import type { StackAddress } from '../stack/throwaway-stack.ts';

/** Made-up values of persons, each found again wherever it turns up, however its case or its punctuation was changed. */
const people = Array.from({ length: 40 }, (_, n) => {
  const mark = `zq${String(n).padStart(3, '0')}`;
  return {
    id: String(9_000 + n),
    first: `Canary${mark}a`,
    last: `Canary${mark}b`,
    mail: `canary${mark}c@example.com`,
    phone: `+1202555${String(1_000 + n)}`,
    born: `canary${mark}d`,
  };
});
const values = people.flatMap(({ first, last, mail, phone, born }) => [first, last, mail, phone.slice(2), born]);
const fold = (text: string) => text.toLowerCase();
const found = (text: string): string[] => {
  const folded = fold(text);
  return values.filter((value) => folded.includes(fold(value)));
};

const mapping = {
  format: 1,
  system: 'shop',
  key: { path: 'id' },
  kind: { constant: 'person' },
  attributes: [
    { attribute: 'name', members: { given: { path: 'first' }, family: { path: 'last' } } },
    { attribute: 'email.primary', path: 'mail' },
    { attribute: 'phone.primary', path: 'phone' },
    { attribute: 'birthDate', path: 'born' },
  ],
};

const dataDir = mkdtempSync(join(tmpdir(), 'cinch-canaries-'));
const logFile = join(dataDir, 'printed.log');
let output: number;
let stack: Stack & StackAddress;
let hub: HubApi;
let key: string;
let wire: HubWire;
/** Every answer that was a refusal, and what errors are told by. */
const told: string[] = [];

beforeAll(async () => {
  output = openSync(logFile, 'a');
  const started = await startStack({ dataDir, throwaway: true, output, env: { LOG_LEVEL: 'trace' } });
  stack = { adiposeUrl: '', bellyfatUrl: '', ...started };
  hub = hubApi(stack);
  wire = await startHubWire(stack.hubUrl);
  await hub.send(system, 'POST', '/systems', { code: 'shop', name: 'Shop' });
  ({ key } = await hub.send(keyMade, 'POST', '/systems/shop/keys', {}));
  await hub.call('/systems/shop/mapping', { method: 'PUT', body: JSON.stringify({ document: mapping }) });
}, 120_000);
afterAll(async () => {
  await wire?.cut();
  await stack?.stop();
  closeSync(output);
  rmSync(dataDir, { recursive: true, force: true });
});

async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
  const raw = typeof body === 'string' ? body : body === undefined ? undefined : JSON.stringify(body);
  const answer = await hub.call(path, { method, ...(raw === undefined ? {} : { body: raw }), headers });
  const text = await answer.text();
  if (!answer.ok) told.push(text);
  return { status: answer.status, text };
}

const asShop = (path: string, body: unknown, type = 'application/json') =>
  call('POST', `/systems/shop/${path}`, body, { authorization: `Bearer ${key}`, 'content-type': type });

test('pushes: taken, refused, unreadable, in parts, as CSV, tried', { timeout: 60_000 }, async () => {
  const rows = people.map((person) => ({ id: person.id, version: 1, data: person }));
  const event = { specversion: '1.0', source: '/shop', type: 'customer.patched' };
  const answers = [
    await asShop('records?dryRun=1', rows),
    await asShop('records', rows),
    await asShop(
      'records',
      rows.map(({ data }) => `{"id":"${data.id}","data":{"first":"${data.first}",}`).join('\n'),
      'application/x-ndjson',
    ),
    await asShop(
      'records',
      people.map(({ id, ...data }) => ({ id: `x${id}`, version: data.mail, data: { ...data, first: 'a\u0000b' } })),
    ),
    await asShop(
      'records',
      people.map(({ id, ...data }) => ({ id: `y${id}`, data })),
    ),
    await asShop(
      'events',
      people.map(({ id, first, mail }, n) => ({
        ...event,
        id: `e${n}`,
        subject: id,
        rowversion: 2,
        data: { first, mail: `${first} at ${mail}` },
      })),
    ),
    await asShop(
      'events',
      people.map(({ mail }, n) => ({ ...event, id: mail, subject: `none${n}`, rowversion: mail, data: mail })),
    ),
    await asShop(
      'records',
      ['id,first,last,mail', ...people.map(({ id, first, last, mail }) => `z${id},${first},"${last},${mail}`)].join(
        '\n',
      ),
      'text/csv',
    ),
  ];
  await drained(stack, hub);
  for (const { text } of answers) told.push(text);
  for (const path of ['/errors?limit=200', '/errors/entries?limit=200', '/audit?limit=200'])
    told.push((await call('GET', path)).text);
  for (const { text } of answers.filter(({ text }) => text.includes('"batchId"'))) {
    const { batchId } = JSON.parse(text) as { batchId: number };
    told.push((await call('GET', `/batches/${batchId}`, undefined, { authorization: `Bearer ${key}` })).text);
  }
  const { text } = await call('POST', '/customers/search', { search: 'canaryzq' });
  expect(found(text).length, 'what was pushed has arrived in customers').toBeGreaterThan(20);
});

test('log-ins, searches, addresses and bodies that are refused', { timeout: 120_000 }, async () => {
  for (const { mail, first, phone, born } of people.slice(0, 12)) {
    await call('GET', `/customers?search=${encodeURIComponent(first)}`);
    await call('POST', '/customers/search', { search: `${mail}\0` });
    await call('GET', `/audit?actor=${encodeURIComponent(mail)}`);
    await call('GET', `/customers?limit=${encodeURIComponent(mail)}`);
    await call('GET', `/customers/${encodeURIComponent(mail)}`);
    await call('GET', `/no-such/${encodeURIComponent(mail)}`);
    await call('GET', `/refreshes/${encodeURIComponent(phone)}`);
    await call('GET', `/systems/${encodeURIComponent(mail)}/loads`);
    await call('GET', `/systems/shop/records/${encodeURIComponent(mail)}`);
    await call('POST', '/match-reviews/decision', { records: [mail, born], same: first, reason: 7 });
    await call('POST', '/systems', { code: mail, name: first.repeat(20) });
    await call('POST', '/users', { name: first, email: born, role: mail });
    await call('POST', '/links/use', { token: mail, password: born });
    await call('POST', '/systems/shop/mapping/check', {
      document: { ...mapping, key: { path: mail } },
      samples: [{ first, born }],
    });
    await call('PUT', '/rules/survivorship', { document: { format: 1, rules: { [first]: mail } }, reason: born });
    await call('POST', '/refreshes', `{"system":"${mail}","mode":${first}`);
    await call('GET', '/status', undefined, { authorization: `Bearer ${born}` });
  }
  // Few at one account: the delay after failures is not what is looked at.
  for (const { mail, first, born } of people.slice(0, 15)) {
    await call('POST', '/session', { email: mail, password: first });
    await call('POST', '/session', { email: [born], password: { first } });
  }
  expect(told.length, 'most of it was refused').toBeGreaterThan(200);
});

test('searches for each of the values, as the console makes them', { timeout: 60_000 }, async () => {
  const { call: onTheWire } = hubApi({ ...stack, hubUrl: wire.url });
  const search = async (path: string, asked: object) => {
    const answer = await onTheWire(path, { method: 'POST', body: JSON.stringify(asked) });
    expect(answer.status).toBe(200);
    return found(await answer.text());
  };
  const finds: string[][] = [];
  for (const value of values) {
    finds.push(await search('/customers/search', { search: value, limit: 6 }));
    await search('/audit/search', { actor: value, search: value });
  }
  expect(finds.filter((find) => find.length > 0).length, 'most of them find somebody').toBeGreaterThan(100);
});

test(
  'a refresh that brings them to both systems, and one that a system does not answer',
  { timeout: 60_000 },
  async () => {
    for (const code of ['adipose', 'bellyfat']) {
      await hub.sendSeen(system, `/systems/${code}/scope`, { scope: { create: 'everybody' } });
      const run = await hub.refresh(code);
      expect(run.counts.create, `customers of the shop are created in ${code}`).toBeGreaterThan(20);
      told.push(JSON.stringify(run));
    }
    const gone = { code: 'gone', name: 'Gone', adapterUrl: 'http://127.0.0.1:9', adapterToken: people[0]!.mail };
    await call('POST', '/systems', gone);
    told.push(
      JSON.stringify(await hub.send(refreshRun, 'POST', '/refreshes', { system: 'gone', mode: 'plan' }).catch(String)),
    );
  },
);

test('none of the 200 values stands in a log, a metric, an address or what errors are told by', async () => {
  expect(new Set(values).size).toBe(200);
  const metrics = await fetch(`${stack.hubUrl}/metrics`, { headers: { authorization: `Bearer ${stack.adminToken}` } });
  const places = {
    'the log of the programs': readFileSync(logFile, 'utf8'),
    'the log of Postgres': readFileSync(join(dataDir, 'postgres.log'), 'utf8'),
    'the addresses that were searched by': wire.logged.join('\n'),
    metrics: await metrics.text(),
    errors: told.join('\n'),
  };
  for (const [place, text] of Object.entries(places)) {
    expect(text.length, `there is something in ${place}`).toBeGreaterThan(100);
    const at = fold(text).indexOf('canaryzq');
    const around = at < 0 ? '' : text.slice(Math.max(0, at - 300), at + 200);
    expect(found(text), `${place}: …${around}…`).toEqual([]);
  }
});
