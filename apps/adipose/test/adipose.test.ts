import type { RunningSystem } from '@cinch/system-adapter/reference-system';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../../scripts/test-database.ts';
import type {} from '../../../scripts/test-postgres.ts';
import { createAdipose } from '../src/index.ts';

let database: TestDatabase;
let adipose: RunningSystem;
let db: pg.Client;

const start = () => createAdipose({ databaseUrl: database.url, adapterToken: 'a-token-for-tests-only', demo: true });

beforeAll(async () => {
  database = await createTestDatabase(inject('postgresUrl'));
  adipose = await start();
  db = new pg.Client({ connectionString: database.url });
  await db.connect();
});
afterAll(async () => {
  await db.end();
  await adipose.stop();
  await database.drop();
});

const get = (path: string) => fetch(adipose.url + path);
const customer = async (key: string) => (await get(`/api/customers/${key}`)).json() as Promise<Record<string, unknown>>;
const patch = (key: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${adipose.url}/api/customers/${key}`, {
    method: 'PATCH',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const submit = (key: string, form: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(`${adipose.url}/customers/${key}`, {
    method: 'POST',
    body: new URLSearchParams(form),
    headers,
    redirect: 'manual',
  });
async function outbox(): Promise<Record<string, unknown>[]> {
  const { rows } = await db.query('delete from outbox returning seq, event');
  return rows.sort((a, b) => Number(a.seq) - Number(b.seq)).map((row) => row.event);
}

test('starts with 200 demo customers, announces each once, and does not add them again', async () => {
  const announced = await outbox();
  expect(announced.length).toBe(200);
  expect(announced[0]).toMatchObject({
    type: 'customer.changed',
    source: '/adipose',
    subject: 'A-100001',
    rowversion: 1,
  });
  const again = await start();
  await again.stop();
  expect(await outbox()).toEqual([]);
});

test('a change by the API is normalised, versioned and announced in the same act', async () => {
  const before = await customer('A-100002');
  const response = await patch('A-100002', { phone: '(202) 555-0111', city: 'boston' });
  expect(response.status).toBe(200);
  const after = (await response.json()) as Record<string, unknown>;
  expect(after).toMatchObject({ phone: '2025550111', city: 'BOSTON', ver: Number(before.ver) + 1 });
  expect(after).toEqual(await customer('A-100002'));
  expect(await outbox()).toMatchObject([{ subject: 'A-100002', rowversion: after.ver, data: after }]);
});

test('a restore is rehearsed: the rows are as they were when the copy was kept, and nobody is told', async () => {
  const post = (path: string) => fetch(`${adipose.url}/rehearsal${path}`, { method: 'POST', redirect: 'manual' });
  expect(await (await get('/rehearsal')).text()).toContain('None is kept yet');
  const before = await customer('A-100005');
  expect((await post('/keep')).status).toBe(303);
  await patch('A-100005', { phone: '2025550199' });
  await fetch(`${adipose.url}/api/customers/A-100006`, { method: 'DELETE' });
  await outbox();
  expect(await (await post('/put-back')).text()).toContain('2 of the rows are as they were');
  expect(await customer('A-100005')).toEqual(before);
  expect((await get('/api/customers/A-100006')).status).toBe(200);
  expect(await outbox()).toEqual([]);
});

test('a change that changes nothing makes neither version nor event', async () => {
  const before = await customer('A-100003');
  expect(await (await patch('A-100003', { name: String(before.name).toLowerCase() })).json()).toEqual(before);
  expect(await outbox()).toEqual([]);
});

test('a refused value refuses the whole change, with its path and reason', async () => {
  const before = await customer('A-100004');
  const response = await patch('A-100004', { phone: '12', city: 'Boston' });
  expect(response.status).toBe(422);
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  expect(await response.json()).toMatchObject({ errors: [{ path: 'phone', code: 'phone-not-10-digits' }] });
  expect(await customer('A-100004')).toEqual(before);
});

test('a change that was meant for an older version is not made', async () => {
  expect((await patch('A-100005', { city: 'Albany' }, { 'if-match': '"99"' })).status).toBe(409);
});

test('an unknown customer is said to be unknown', async () => {
  expect((await get('/api/customers/A-1')).status).toBe(404);
  expect((await patch('A-1', { city: 'Albany' })).status).toBe(404);
  expect((await get('/customers/A-1')).status).toBe(404);
});

test('search finds by a part of the name, whatever its case', async () => {
  const { name } = await customer('A-100006');
  const response = await get(`/api/customers?search=${encodeURIComponent(String(name).toLowerCase())}`);
  const { customers } = (await response.json()) as { customers: { acct_no: string }[] };
  expect(customers.map((each) => each.acct_no)).toContain('A-100006');
});

test('the page saves an edit and shows the new version', async () => {
  const { ver } = await customer('A-100007');
  const saved = await submit('A-100007', { version: String(ver), phone: '2025550123' });
  expect(saved.status).toBe(303);
  const page = await (await get(saved.headers.get('location') ?? '')).text();
  expect(page).toContain(`Saved, version ${Number(ver) + 1}`);
  expect(page).toMatch(
    /<label for="(field-\d+)">Phone<\/label>\s*<input\s+id="\1" name="phone"[^>]* value="2025550123"/,
  );
});

test('the page keeps what was typed and says why it was refused', async () => {
  const { ver } = await customer('A-100008');
  const refused = await submit('A-100008', { version: String(ver), phone: '555' });
  expect(refused.status).toBe(422);
  const page = await refused.text();
  expect(page).toContain('A phone must have 10 national digits');
  expect(page).toContain('value="555"');
});

test('the page does not overwrite what somebody else changed meanwhile', async () => {
  const { ver } = await customer('A-100009');
  await patch('A-100009', { city: 'Albany' });
  const late = await submit('A-100009', { version: String(ver), city: 'Boston' });
  expect(late.status).toBe(409);
  expect(await late.text()).toContain('Somebody changed this customer meanwhile');
  expect(await customer('A-100009')).toMatchObject({ city: 'ALBANY' });
});

test('the page escapes what customers are called and allows no script', async () => {
  await patch('A-100010', { name: '<script>"x"' });
  const response = await get('/customers/A-100010');
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  const page = await response.text();
  expect(page).toContain('&#60;SCRIPT&#62;&#34;X&#34;');
  expect(page).not.toMatch(/<script/i);
});

test('another site cannot make changes through the browser', async () => {
  const { ver } = await customer('A-100011');
  const form = { version: String(ver), city: 'Boston' };
  expect((await submit('A-100011', form, { origin: 'https://elsewhere.example' })).status).toBe(403);
  expect((await submit('A-100011', form, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await patch('A-100011', form, { origin: 'null' })).status).toBe(403);
  expect((await submit('A-100011', form, { origin: adipose.url, 'sec-fetch-site': 'same-origin' })).status).toBe(303);
});

const book = (key: string, transaction: unknown) =>
  fetch(`${adipose.url}/api/customers/${key}/transactions`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(transaction),
  });

test('a transaction raises the totals, and its events tell the amounts alone, at the version that it made', async () => {
  await outbox();
  const before = await customer('A-100013');
  const response = await book('A-100013', { cents: 1250, points: 12, eventId: 'till-7/1' });
  expect(response.status).toBe(201);
  const after = (await response.json()) as Record<string, unknown>;
  expect(after).toMatchObject({
    lifetime_cents: Number(before.lifetime_cents) + 1250,
    loyalty_pts: Number(before.loyalty_pts) + 12,
    last_txn_at: after.upd,
    ver: Number(before.ver) + 1,
  });
  expect(after).toEqual(await customer('A-100013'));
  const [incremented, patched, ...others] = await outbox();
  expect(others).toEqual([]);
  expect(incremented).toMatchObject({ type: 'customer.incremented', id: 'till-7/1', rowversion: after.ver });
  expect(incremented?.data).toEqual({ loyalty_pts: 12, lifetime_cents: 1250 });
  expect(patched).toMatchObject({ type: 'customer.patched', subject: 'A-100013', rowversion: after.ver });
  expect(patched?.data).toEqual({ last_txn_at: after.last_txn_at });
});

test('a transaction that is sent again counts once, also when both come at once', async () => {
  const before = await customer('A-100014');
  const transaction = { cents: 500, points: -3, eventId: 'till-7/2' };
  await Promise.all([book('A-100014', transaction), book('A-100014', transaction)]);
  expect((await book('A-100014', transaction)).status).toBe(201);
  expect(await customer('A-100014')).toMatchObject({
    lifetime_cents: Number(before.lifetime_cents) + 500,
    loyalty_pts: Number(before.loyalty_pts) - 3,
    ver: Number(before.ver) + 1,
  });
  expect((await outbox()).length).toBe(2);
  expect((await book('A-100014', { ...transaction, cents: 501 })).status).toBe(409);
});

test.each([
  [{ cents: 1.5 }, 422],
  [{ points: 5 }, 422],
  [{ cents: 1, eventId: '' }, 422],
  [{ cents: Number.MAX_SAFE_INTEGER }, 422],
])('a transaction %j is refused and counts nothing', async (transaction, status) => {
  const before = await customer('A-100015');
  await book('A-100015', { cents: 1 });
  expect((await book('A-100015', transaction)).status).toBe(status);
  expect(await customer('A-100015')).toMatchObject({ lifetime_cents: Number(before.lifetime_cents) + 1 });
});

test('a customer is deleted on its page after a second look, and the event has the next version', async () => {
  await outbox();
  const { ver } = await customer('A-100016');
  const asked = await (await get('/customers/A-100016/delete')).text();
  expect(asked).toMatch(/<form[^>]* method="post" action="\/customers\/A-100016\/delete"/);
  const remove = (version: string) =>
    fetch(`${adipose.url}/customers/A-100016/delete`, {
      method: 'POST',
      body: new URLSearchParams({ version }),
      redirect: 'manual',
    });
  const late = await remove('99');
  expect([late.status, await outbox()]).toEqual([409, []]);
  const done = await remove(String(ver));
  expect(await (await get(done.headers.get('location') ?? '')).text()).toContain('Deleted, A-100016');
  expect((await get('/api/customers/A-100016')).status).toBe(404);
  const [deleted, ...others] = await outbox();
  expect(others).toEqual([]);
  expect(deleted).toMatchObject({ type: 'customer.deleted', subject: 'A-100016', rowversion: Number(ver) + 1 });
  expect(deleted).not.toHaveProperty('data');
});

test('a delete that was meant for an older version is not made, nor one of an unknown customer', async () => {
  const remove = (key: string, version: string) =>
    fetch(`${adipose.url}/api/customers/${key}`, { method: 'DELETE', headers: { 'if-match': version } });
  expect((await remove('A-100017', '"99"')).status).toBe(409);
  expect((await remove('A-1', '*')).status).toBe(404);
  expect((await get('/api/customers/A-100017')).status).toBe(200);
});

test('pushing all announces every row whole', async () => {
  await outbox();
  const response = await fetch(`${adipose.url}/api/push-all`, { method: 'POST' });
  expect(response.status).toBe(202);
  const { customers } = (await (await get('/api/customers')).json()) as { customers: unknown[] };
  expect(await response.json()).toEqual({ enqueued: customers.length });
  const events = await outbox();
  expect(new Set(events.map((event) => event.subject)).size).toBe(customers.length);
  expect(events.find((event) => event.subject === 'A-100012')?.data).toEqual(await customer('A-100012'));
});
