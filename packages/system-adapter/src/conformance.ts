import { type Json, readPath } from '@cinch/canonical-model';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  adapterDescription,
  adapterPath,
  type AdapterRow,
  listPage,
  type Receipt,
  type UpsertItem,
  upsertResponse,
} from './protocol.ts';

type Fields = Record<string, Json>;

/** A running system with some customers in it, and what the suite needs to know of its native model. */
export interface ConformanceSubject {
  url: string;
  token: string;
  system: string;
  stop(): Promise<void>;
  /** Deletes a customer as the system's own user would. */
  remove(key: string): Promise<void>;
  /** Enough for a new customer. */
  create: Fields;
  /** A field that the system normalises: `stored` differs from `sent`. It is part of `create` with another value. */
  normalised: { path: string; sent: Json; stored: Json };
  /** Another field, taken as it is. */
  plain: { path: string; value: Json };
  /** A value that the rules refuse. */
  refused: { path: string; value: Json; code: string };
}

/** What every system that mounts the adapter must do. Runs against its real server and its real database. */
export function conformance(name: string, makeSystem: () => Promise<ConformanceSubject>): void {
  describe(`${name} conforms to the adapter protocol`, () => {
    let subject: ConformanceSubject;
    let customers: string;
    let deliveries = 0;

    beforeAll(async () => {
      subject = await makeSystem();
      const { base } = adapterDescription.parse(await (await call(adapterPath)).json());
      customers = `${base}/customers`;
    });
    afterAll(() => subject?.stop());

    const call = (path: string, init: RequestInit = {}, token = subject.token) =>
      fetch(new URL(path, subject.url), { ...init, headers: { authorization: `Bearer ${token}`, ...init.headers } });
    const post = (body: string) =>
      call(customers, { method: 'POST', body, headers: { 'content-type': 'application/json' } });

    const anItem = (item: Partial<UpsertItem>): UpsertItem => {
      deliveries += 1;
      return { deliveryId: `conformance-${deliveries}`, key: null, ifMatch: null, fields: {}, ...item };
    };
    async function upserted(...items: UpsertItem[]): Promise<Receipt[]> {
      const response = await post(JSON.stringify({ items }));
      expect(response.status).toBe(200);
      return upsertResponse.parse(await response.json()).receipts;
    }
    async function upsertedOne(item: Partial<UpsertItem>): Promise<Receipt> {
      const [receipt] = await upserted(anItem(item));
      if (!receipt) throw new Error('There is no receipt.');
      return receipt;
    }
    async function created(): Promise<AdapterRow> {
      const { row } = await upsertedOne({ fields: subject.create });
      if (!row) throw new Error('The customer was not created.');
      return row;
    }
    async function listed(limit: number): Promise<AdapterRow[]> {
      const rows: AdapterRow[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const query = new URLSearchParams({ limit: String(limit), ...(cursor && { cursor }) });
        const page = listPage.parse(await (await call(`${customers}?${query}`)).json());
        expect(page.rows.length).toBeLessThanOrEqual(limit);
        rows.push(...page.rows);
        cursor = page.nextCursor;
      }
      return rows;
    }
    const found = async (key: string) => (await listed(1000)).find((row) => row.key === key);

    test('describes itself', async () => {
      const description = adapterDescription.parse(await (await call(adapterPath)).json());
      expect(description).toMatchObject({ system: subject.system, capabilities: { conditionalWrites: true } });
    });

    test('lists every row once, whatever the size of the pages', async () => {
      const { key } = await created();
      const whole = await listed(1000);
      expect(whole.map((row) => row.key)).toContain(key);
      expect(new Set(whole.map((row) => row.key)).size).toBe(whole.length);
      expect(JSON.stringify(await listed(7))).toBe(JSON.stringify(whole));
    });

    test('reads a row by its key, and none that is not there', async () => {
      const { key } = await created();
      const read = async (name: string) =>
        listPage.parse(await (await call(`${customers}?${new URLSearchParams({ key: name })}`)).json());
      expect(await read(key)).toEqual({ rows: [await found(key)], nextCursor: null });
      expect(await read('nobody')).toEqual({ rows: [], nextCursor: null });
    });

    test('keeps the order of keys when rows change between the pages', async () => {
      const before = (await listed(1000)).map((row) => row.key);
      const last = before.at(-1) ?? '';
      await upsertedOne({ key: before[0] ?? '', fields: { [subject.plain.path]: subject.plain.value } });
      const query = new URLSearchParams({ cursor: before.at(-2) ?? '' });
      const rest = listPage.parse(await (await call(`${customers}?${query}`)).json());
      expect(rest).toMatchObject({ rows: [{ key: last }], nextCursor: null });
    });

    test('creates a row under a key of its own and returns it as stored, byte for byte as the list has it', async () => {
      const receipt = await upsertedOne({ fields: subject.create });
      expect(receipt).toMatchObject({ outcome: 'stored', refused: [] });
      const { row } = receipt;
      expect(row?.delivery).toEqual({ id: receipt.deliveryId, version: row?.version });
      expect(JSON.stringify(await found(row?.key ?? ''))).toBe(JSON.stringify(row));
    });

    test('returns a value as its own rules made it', async () => {
      const { key, version } = await created();
      const { path, sent, stored } = subject.normalised;
      const receipt = await upsertedOne({ key, fields: { [path]: sent } });
      expect(receipt.outcome).toBe('stored');
      expect(readPath(receipt.row?.data ?? null, path)).toEqual(stored);
      expect(receipt.row?.version).toBeGreaterThan(version);
    });

    test('changes only the fields that were given', async () => {
      const before = await created();
      const { path, value } = subject.plain;
      const receipt = await upsertedOne({ key: before.key, fields: { [path]: value } });
      const changed = changedLeaves(before.data, receipt.row?.data ?? null);
      expect(changed).toContain(path.replace(/\[.*?\]/, '[0]'));
      // The others are the version and the time, wherever the system shows them.
      expect(changed.filter((leaf) => leaf !== path.replace(/\[.*?\]/, '[0]')).length).toBeLessThanOrEqual(2);
    });

    test('makes no new version of a write that changes nothing', async () => {
      const before = await created();
      const receipt = await upsertedOne({ key: before.key, fields: subject.create });
      expect(receipt).toMatchObject({ outcome: 'stored', row: before });
    });

    test('answers a delivery that comes again with its first receipt and writes nothing', async () => {
      const item = anItem({ fields: subject.create });
      const [first] = await upserted(item);
      const { path, value } = subject.plain;
      await upsertedOne({ key: first?.row?.key ?? '', fields: { [path]: value } });
      const count = (await listed(1000)).length;
      expect(await upserted(item, item)).toEqual([first, first]);
      expect((await listed(1000)).length).toBe(count);
    });

    test('gives one receipt an item in the same order, and takes two items of one row one after the other', async () => {
      const { key, version } = await created();
      const items = [
        anItem({ key, ifMatch: version, fields: { [subject.plain.path]: subject.plain.value } }),
        anItem({ key: 'no-such-key', fields: { [subject.plain.path]: subject.plain.value } }),
        anItem({ key, ifMatch: version, fields: { [subject.normalised.path]: subject.normalised.sent } }),
        anItem({ fields: subject.create }),
      ];
      const receipts = await upserted(...items);
      expect(receipts.map((receipt) => receipt.deliveryId)).toEqual(items.map((item) => item.deliveryId));
      expect(receipts.map((receipt) => receipt.outcome)).toEqual(['stored', 'unknown-key', 'mismatch', 'stored']);
    });

    test('writes nothing when the row is no longer the one that the write was meant for', async () => {
      const before = await created();
      const { path, value } = subject.plain;
      const { row: now } = await upsertedOne({ key: before.key, ifMatch: before.version, fields: { [path]: value } });
      const fields = { [subject.normalised.path]: subject.normalised.sent };
      expect(await upsertedOne({ key: before.key, ifMatch: before.version, fields })).toMatchObject({
        outcome: 'mismatch',
        row: now,
      });
      expect(await found(before.key)).toEqual(now);
    });

    test('names the field that it refuses and stores the others', async () => {
      const before = await created();
      const { refused, plain } = subject;
      const fields = { [refused.path]: refused.value, [plain.path]: plain.value };
      const receipt = await upsertedOne({ key: before.key, fields });
      expect(receipt).toMatchObject({ outcome: 'stored', refused: [{ path: refused.path, code: refused.code }] });
      expect(receipt.refused[0]?.detail).toMatch(/\w+ .*\.$/);
      const { data } = receipt.row ?? before;
      expect(readPath(data, refused.path)).toEqual(readPath(before.data, refused.path));
      expect(readPath(data, plain.path)).toEqual(plain.value);
    });

    test('writes nothing when it refuses everything', async () => {
      const before = await created();
      const fields = { [subject.refused.path]: subject.refused.value, 'no.such.field': 'x', '__proto__.polluted': 'x' };
      const receipt = await upsertedOne({ key: before.key, fields });
      expect(receipt).toMatchObject({ outcome: 'refused', row: before });
      const codes = receipt.refused.map((each) => each.code).sort();
      expect(codes).toEqual([subject.refused.code, 'unknown-field', 'unknown-field'].sort());
    });

    test('refuses to create what lacks a name', async () => {
      expect(await upsertedOne({ fields: { [subject.plain.path]: subject.plain.value } })).toMatchObject({
        outcome: 'refused',
        row: null,
      });
    });

    test('lists a deleted row no more, knows its key no more, and never gives the key out again', async () => {
      const { key, version } = await created();
      await subject.remove(key);
      expect(await found(key)).toBeUndefined();
      for (const ifMatch of [null, version]) {
        const fields = { [subject.plain.path]: subject.plain.value };
        expect(await upsertedOne({ key, ifMatch, fields })).toMatchObject({ outcome: 'unknown-key', row: null });
      }
      expect((await created()).key).not.toBe(key);
    });

    test('lets nobody in without the token', async () => {
      for (const token of ['', 'wrong', `${subject.token}x`]) {
        for (const path of [adapterPath, customers]) {
          const response = await call(path, {}, token);
          expect(response.status).toBe(401);
          expect(await response.json()).toMatchObject({ code: 'not-logged-in' });
        }
      }
    });

    test('says in words what is wrong with a request', async () => {
      const tooMany = Array.from({ length: 501 }, () => anItem({ fields: subject.create }));
      for (const body of ['{', '[]', '{"items":[{"deliveryId":""}]}', JSON.stringify({ items: tooMany })]) {
        const response = await post(body);
        expect(response.status, body.slice(0, 40)).toBe(400);
        expect(response.headers.get('content-type')).toContain('application/problem+json');
        expect(await response.json()).toMatchObject({
          code: 'invalid-request',
          detail: expect.stringMatching(/\w+ \w+/),
        });
      }
      expect((await call(`${customers}?limit=0`)).status).toBe(400);
    });
  });
}

/** The places at which two values differ, such as `emails[0].address`. */
function changedLeaves(before: Json, after: Json, at = ''): string[] {
  if (before && after && typeof before === 'object' && typeof after === 'object') {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    const member = (value: Json, name: string) => (value as Record<string, Json>)[name] ?? null;
    return [...names].flatMap((name) => {
      const place = Array.isArray(before) ? `${at}[${name}]` : at && `${at}.${name}`;
      return changedLeaves(member(before, name), member(after, name), place || name);
    });
  }
  return before === after ? [] : [at];
}
