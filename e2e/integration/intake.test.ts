import {
  batch,
  batchAccepted,
  crosswalkLine,
  keyMade,
  mappingPublished,
  ownView,
  problem,
  system,
} from '@cinch/api-contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { drained } from '../stack/drained.ts';
import { type HubApi, hubApi } from '../stack/hub-api.ts';
import { startThrowawayStack, type ThrowawayStack } from '../stack/throwaway-stack.ts';

const limitMs = 120_000;

/** A shop's rows: flat, with a revision that counts. */
const shopMapping = {
  format: 1,
  system: 'shop',
  key: { path: 'no' },
  version: { path: 'rev' },
  changedAt: { path: 'changed', steps: [{ step: 'isoInstant' }] },
  kind: { path: 'type', codes: { P: 'person', B: 'organization' } },
  attributes: [
    {
      attribute: 'name',
      kinds: ['person'],
      members: { given: { path: 'first' }, family: { path: 'last' } },
    },
    { attribute: 'name', kinds: ['organization'], members: { legal: { path: 'firm' } } },
    { attribute: 'email.primary', path: 'mail' },
  ],
};

const row = (no: string, rev: number, data: Record<string, unknown>) =>
  JSON.stringify({ id: no, data: { no, rev, changed: '2026-03-02T10:00:00Z', type: 'P', ...data } });

const lines = [
  row('1', 1, { first: 'Ada', last: 'Brook', mail: 'ada.brook@example.com' }),
  row('2', 1, { type: 'B', firm: 'Brook Mills', mail: 'office@brook-mills.example' }),
  '{"id": "3", "data": ',
  row('4', 1, { type: 'ROBOT', first: 'R', last: 'Daneel' }),
  row('5', 1, { first: 'Cy', last: 'Dole', mail: 'not an address' }),
  row('1', 2, { first: 'Ada', last: 'Brook', mail: 'ada@brook.example' }),
];
const badLine = 3;

let stack: ThrowawayStack;
let hub: HubApi;
let key: string;

beforeAll(async () => {
  stack = await startThrowawayStack({ demo: false });
  hub = hubApi(stack);
}, limitMs);

afterAll(() => stack?.stop());

const push = (body: string, options: { to?: string; bearer?: string; idempotencyKey?: string } = {}) =>
  fetch(`${stack.hubUrl}/api/v1/systems/${options.to ?? 'shop'}/records`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${options.bearer ?? key}`,
      'content-type': 'application/x-ndjson',
      ...(options.idempotencyKey && { 'idempotency-key': options.idempotencyKey }),
    },
    body,
  });

async function codeOf(response: Response): Promise<string> {
  return problem.parse(await response.json()).code;
}

test('an admin registers a third system by calls alone: system, mapping, key', async () => {
  const made = await hub.send(system, 'POST', '/systems', {
    code: 'shop',
    name: 'Shop',
    adapterUrl: 'http://127.0.0.1:9',
    adapterToken: 'never-used-because-the-system-is-off',
  });
  expect(made, 'a new system is only observed').toMatchObject({
    outbound: 'off',
    lane: 'off',
    scope: { create: 'nobody', keep: 'everybody' },
  });

  ({ key } = await hub.send(keyMade, 'POST', '/systems/shop/keys', {}));
  expect(await codeOf(await push(lines[0]!)), 'nothing is taken before there is a mapping').toBe('mapping-missing');

  const faulty = await hub.refused('PUT', '/systems/shop/mapping', {
    document: { ...shopMapping, key: {}, attributes: [{ attribute: 'no-such' }] },
  });
  expect(faulty.code, 'a faulty mapping is refused').toBe('mapping-invalid');
  expect(faulty.errors?.length, 'with all its mistakes at once').toBeGreaterThan(1);
  const published = await hub.send(mappingPublished, 'PUT', '/systems/shop/mapping', { document: shopMapping });
  expect(published.version, 'the first mapping is published').toBe(1);
});

test('a push with a bad line and an unreadable record is taken as far as it goes, and its counts add up', async () => {
  const body = lines.join('\n');
  const answer = await push(body, { idempotencyKey: 'first-push' });
  expect(answer.status, 'the push is acknowledged').toBe(202);
  const accepted = batchAccepted.parse(await answer.json());
  expect(accepted.accepted, 'all lines but the bad one are accepted').toBe(lines.length - 1);
  expect(
    accepted.rejected.map(({ line }) => line),
    'the bad line is named by its number',
  ).toEqual([badLine]);

  await drained(stack, hub);
  const counts = await hub.answer(batch, `/batches/${accepted.batchId}`, {
    headers: { authorization: `Bearer ${key}` },
  });
  expect(
    counts.waiting + counts.applied + counts.superseded + counts.error,
    'each accepted record is in one place',
  ).toBe(counts.accepted);
  expect(counts, 'only the record of unknown kind is in error').toMatchObject({ waiting: 0, error: 1, rejected: 1 });
  expect(counts.doneAt, 'the batch is done').not.toBeNull();
  expect(counts.notes, 'the sender is told which line, where and why').toMatchObject([
    { line: 4, sourceId: '4', path: 'type', code: 'unknown-code', detail: expect.stringContaining('mapping') },
    { line: 6, sourceId: '1', path: 'id', code: 'key-twice' },
    { line: 5, sourceId: '5', path: 'mail', code: 'not-an-email', detail: expect.stringContaining('@') },
  ]);

  const again = batchAccepted.parse(await (await push(body, { idempotencyKey: 'first-push' })).json());
  expect(again, 'the same push again gets the same answer').toEqual(accepted);
  expect((await hub.status()).inbox.accepted, 'and is not taken twice').toBe(lines.length - 1);
  expect(
    await codeOf(await push(lines[0]!, { idempotencyKey: 'first-push' })),
    'the same key for another body is refused',
  ).toBe('idempotency-reused');
});

test('the crosswalk lists each record once, and the system reads its own view', async () => {
  const text = await (await hub.call('/crosswalk')).text();
  const crosswalk = text
    .trim()
    .split('\n')
    .map((line) => crosswalkLine.parse(JSON.parse(line)));
  expect(
    crosswalk.map(({ system: code, sourceId }) => `${code} ${sourceId}`).toSorted(),
    'the three readable records stand in the crosswalk',
  ).toEqual(['shop 1', 'shop 2', 'shop 5']);
  expect(new Set(crosswalk.map(({ customerId }) => customerId)).size, 'as three customers').toBe(3);

  const view = await hub.answer(ownView, '/systems/shop/customers/1', { headers: { authorization: `Bearer ${key}` } });
  expect(view.fields, 'the newest version is the golden one, whatever its place in the batch').toMatchObject({
    first: 'Ada',
    last: 'Brook',
    mail: 'ada@brook.example',
  });
});

test('a key opens its own system and nothing else', async () => {
  await hub.send(system, 'POST', '/systems', { code: 'other', name: 'Other' });
  expect((await push(lines[0]!, { to: 'other' })).status, "another system's intake is closed to it").toBe(403);
  expect((await push(lines[0]!, { bearer: 'cinch_shop_guessed' })).status, 'a guessed key opens nothing').toBe(401);
  const answer = await hub.call('/customers', { headers: { authorization: `Bearer ${key}` } });
  expect(answer.status, 'a system does not read what stewards read').toBe(403);
});

test('nothing is sent to a new system: a full refresh is refused until an admin has armed it', async () => {
  const refused = await hub.refused('POST', '/refreshes', { system: 'shop', mode: 'full' });
  expect(refused.code, 'the refresh is refused').toBe('outbound-off');
  const arming = await hub.refused('PUT', '/systems/shop/outbound', { outbound: 'armed' });
  expect(arming.code, 'arming needs a plan that somebody has looked at').toBe('plan-needed');
});
