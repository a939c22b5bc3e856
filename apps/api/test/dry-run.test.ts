import { dryRunAnswer, type DryRunAnswer, type Load } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Integrity } from '../src/pipeline/integrity.ts';
import type { Answer } from './listening-hub.ts';
import { mapping, patch, poison, row as rowNow, SteppedHub } from './stepped-hub.ts';

/** A row that states its time is the same row again when it is sent again. */
const row = (id: string, more: object = {}) => ({ ...rowNow(id, more), changedAt: '2026-01-01T00:00:00Z' });

describe('a dry run of a push', () => {
  let hub: SteppedHub;
  const call = (
    raw: string,
    query = '?dryRun=1',
    more: Record<string, string> = {},
    path = 'records',
  ): Promise<Answer> =>
    hub.hub.call('POST', `/api/v1/systems/shop/${path}${query}`, {
      token: hub.key,
      headers: { 'content-type': 'application/json', ...more },
      raw,
    });
  const tried = async (lines: object[], path = 'records', query = '?dryRun=1'): Promise<DryRunAnswer> => {
    const answer = await call(JSON.stringify(lines), query, {}, path);
    expect(answer.status, answer.text).toBe(200);
    return dryRunAnswer.parse(answer.json());
  };
  /** Every row of every table. */
  const everything = async () => {
    const tables = await hub.sql<{ name: string }>(
      `select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
    );
    expect(tables.length).toBeGreaterThan(20);
    // That a key was used is known also of a dry run.
    const row = `(to_jsonb(t) - 'last_used_at')::text as row`;
    return Promise.all(
      tables.map(async ({ name }) => [name, await hub.sql(`select ${row} from "${name}" t order by 1`)]),
    );
  };
  let before: unknown;
  beforeAll(async () => {
    hub = await SteppedHub.open();
    await hub.sql(`update system set lane = 'on', outbound = 'armed'`);
    await hub.push([row('1'), row('2'), row('3', { birth: '1980-02-28' })]);
    await hub.push([patch('9', 2, { given: 'Zoe' })], 'events');
    await hub.taken();
    before = await everything();
  });
  afterAll(() => hub?.close());

  it('tells of records what is new, changes, says nothing new, was told before and cannot be read', async () => {
    const again = { ...row('1'), version: 2 };
    const answer = await tried([
      again,
      row('2'),
      { ...row('3', { birth: 'never' }), version: 2 },
      row('4', { birth: 'never' }),
      { id: '5', data: 7 },
      { id: '6', data: { id: 'other' } },
      { ...row('7'), changedAt: new Date(Date.now() + 3_600_000).toISOString() },
    ]);
    expect(answer).toEqual({
      dryRun: true,
      accepted: 6,
      rejected: [{ line: 5, code: 'wrong-form', path: 'data', detail: expect.any(String) }],
      applied: 4,
      superseded: 1,
      error: 1,
      records: { new: 2, joining: 0, changed: 1, same: 1 },
      errors: [{ line: 6, sourceId: '6', code: 'key-differs', path: 'id', detail: expect.any(String) }],
      notes: [{ line: 7, sourceId: '7', code: 'time-ahead', path: 'changedAt', detail: expect.any(String) }],
      unreadable: [{ path: 'birth', code: 'not-a-date', detail: expect.any(String), records: 2 }],
      conflictsOpened: 0,
      reach: {
        count: 1,
        customers: 4,
        begun: 2,
        ended: 0,
        attributes: [],
        systems: [expect.objectContaining({ system: 'shop', rows: 1 })],
        examples: [],
      },
    });
  });

  it('tells of events, and of parts that would wait for their row', async () => {
    const answer = await tried([patch('1', 2, { given: 'Ann' }), patch('8', 2, { given: 'Ann' })], 'events');
    expect(answer).toMatchObject({ applied: 1, error: 1, records: { new: 0, changed: 1, same: 0 } });
    expect(answer.errors).toMatchObject([{ line: 2, sourceId: '8', code: 'no-base' }]);
    expect((await tried([patch('1', 2, { birth: 'never' })], 'events')).unreadable).toMatchObject([
      { path: 'birth', code: 'not-a-date', records: 1 },
    ]);
  });

  it('tells which new records would join a customer, and which conflicts would open', async () => {
    const key = await hub.hub.aSystem('depot', { ...mapping('id'), system: 'depot' });
    const depot = (body: object[], query = '?dryRun=1') =>
      hub.hub.call('POST', `/api/v1/systems/depot/records${query}`, { token: key, body });
    const same = (more: object = {}) => ({
      ...row('3', { birth: '1980-02-28', ...more }),
      changedAt: '2026-01-02T00:00:00Z',
    });
    before = await everything();
    expect((await depot([same()])).json<DryRunAnswer>()).toMatchObject({ records: { new: 1, joining: 1 } });
    expect(await everything()).toEqual(before);
    await depot([same()], '');
    await hub.push([{ ...same({ given: 'Joanna' }), version: 2 }]);
    await hub.taken();
    before = await everything();
    const changed = { ...same({ given: 'Josephine' }), version: 2 };
    expect((await depot([changed])).json<DryRunAnswer>()).toMatchObject({
      records: { changed: 1 },
      conflictsOpened: 1,
    });
  });

  it('takes CSV, and rows of a load', async () => {
    const csv = await call('id,given,family,birth,note\n10,Jo,Doe,,x\n11', '?dryRun=1', { 'content-type': 'text/csv' });
    expect(csv.json<DryRunAnswer>()).toMatchObject({
      accepted: 1,
      rejected: [{ line: 3, code: 'cell-count' }],
      records: { new: 1 },
      unmappedColumns: ['note'],
    });
    const opened = await hub.hub.call('POST', '/api/v1/systems/shop/loads', { token: hub.key, body: {} });
    const { loadId } = opened.json<Load>();
    before = await everything();
    expect(await tried([row('1')], 'records', `?dryRun=1&load=${loadId}`)).toMatchObject({ superseded: 1 });
    expect((await call(JSON.stringify([row('1')]), '?dryRun=1&load=999')).problem().code).toBe('not-found');
  });

  it('isolates what the hub would fail on', async () => {
    await hub.sql(poison);
    expect(await tried([row('20'), row('poison'), row('21')])).toMatchObject({
      applied: 2,
      error: 1,
      errors: [{ line: 2, code: 'processing-failed' }],
    });
    await hub.sql('alter table source_record drop constraint no_poison');
  });

  it.each([
    [
      'more records than it tries',
      () => call(JSON.stringify(Array.from({ length: 501 }, (_, id) => row(`${id}`)))),
      413,
      /500 records/,
    ],
    ['more bytes than it tries', () => call(JSON.stringify([row('1', { x: 'y'.repeat(1_100_000) })])), 413, /1 MiB/],
    [
      'an idempotency key',
      () => call(JSON.stringify([row('1')]), '?dryRun=1', { 'idempotency-key': 'k' }),
      400,
      /without an Idempotency-Key/,
    ],
    ['another word than 1', () => call(JSON.stringify([row('1')]), '?dryRun=yes'), 400, /dryRun/],
    ['another name', () => call(JSON.stringify([row('1')]), '?dryrun=1'), 400, /dryrun/],
    ['an empty body', () => call(''), 400, /empty/],
    ['a body without records', () => call('[]'), 400, /no record/],
    ['another content type', () => call('x', '?dryRun=1', { 'content-type': 'text/plain' }), 415, /Send/],
  ])('refuses %s in words', async (_, send, status, words) => {
    const answer = await send();
    expect([answer.status, answer.problem().detail]).toEqual([status, expect.stringMatching(words)]);
  });

  it('asks for a mapping first', async () => {
    await hub.hub.asAdmin('POST', '/api/v1/systems', { code: 'bare', name: 'Bare' });
    const { key } = (await hub.hub.asAdmin('POST', '/api/v1/systems/bare/keys')).json<{ key: string }>();
    before = await everything();
    for (const type of ['application/json', 'text/csv']) {
      const answer = await hub.hub.call('POST', '/api/v1/systems/bare/records?dryRun=1', {
        token: key,
        headers: { 'content-type': type },
        raw: JSON.stringify([row('1')]),
      });
      expect(answer.problem().code).toBe('mapping-missing');
    }
  });

  it('has left nothing behind', async () => {
    expect(await everything()).toEqual(before);
    expect(Object.values(await hub.get(Integrity).whole()).filter((faults) => faults > 0)).toEqual([]);
  });
});
