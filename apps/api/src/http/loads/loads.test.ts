import { customer, load, oldRecordPage, type BatchAccepted, type Load } from '@cinch/api-contract';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, it, vi } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub, type Answer } from '../../../test/listening-hub.ts';
import { Sweep } from '../../pipeline/sweep.ts';
import { Worker } from '../../pipeline/worker.ts';
import { Clock } from '../../platform/clock.ts';
import { Database } from '../../platform/transaction.ts';

const hour = 60 * 60 * 1000;
const at = (ms: number) => new Date(ms).toISOString();

describe('a load of all records of a system', () => {
  let hub: ListeningHub;
  let system: string;
  let key: string;
  let systems = 0;
  const asOf = Date.now() - hour;

  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
  });
  afterAll(() => hub?.close());
  beforeEach(async () => {
    systems += 1;
    system = `shop-${systems}`;
    key = await hub.aSystem(system);
  });

  const call = (method: string, path: string, body?: unknown): Promise<Answer> =>
    hub.call(method, `/api/v1${path}`, { token: key, body });
  const drained = () => hub.hub.app.get(Worker).drained();
  const row = (id: string, { changedAt = asOf - hour, family = `Of ${id}` as string | number } = {}) => {
    return { id, version: 1, changedAt: at(changedAt), data: { id, given: 'Jo', family } };
  };
  const push = async (lines: object[], query = ''): Promise<BatchAccepted> => {
    const answer = await call('POST', `/systems/${system}/records${query}`, lines);
    expect(answer.status, answer.text).toBe(202);
    return answer.json<BatchAccepted>();
  };
  const event = async (id: string, type: string, time: number, rowversion: number, data?: object) => {
    const envelope = { specversion: '1.0', id: `${type} ${id} ${rowversion}`, source: `/${system}`, subject: id };
    const answer = await call('POST', `/systems/${system}/events`, {
      ...envelope,
      type,
      time: at(time),
      rowversion,
      data,
    });
    expect(answer.status, answer.text).toBe(202);
  };
  const opened = async (body: object = { asOf: at(asOf) }) => {
    const answer = await call('POST', `/systems/${system}/loads`, body);
    expect(answer.status, answer.text).toBe(201);
    return load.parse(answer.json()).loadId;
  };
  const complete = (loadId: number, expected: number) => call('POST', `/loads/${loadId}/complete`, { expected });
  const loaded = async (loadId: number): Promise<Load> => load.parse((await call('GET', `/loads/${loadId}`)).json());
  const old = async (): Promise<string[]> => {
    const page = (await hub.asAdmin('GET', `/api/v1/records?state=old&system=${system}&limit=200`)).json();
    return oldRecordPage.parse(page).records.map((record) => record.sourceId);
  };
  const stateOf = async (id: string) =>
    (await call('GET', `/systems/${system}/records/${id}`)).json<{ state: string }>().state;

  it('flags the records that it does not show, once all of its lines are applied, and deletes nothing', async () => {
    await push([row('a'), row('b'), row('c')]);
    await drained();
    const loadId = await opened();
    await push([row('a'), row('n')], `?load=${loadId}`);
    expect(load.parse((await complete(loadId, 2)).json()).state).toMatch(/^(completing|swept)$/);
    await drained();
    expect(await loaded(loadId)).toMatchObject({ state: 'swept', why: [], expected: 2, flagged: 2, accepted: 2 });
    expect(await old()).toEqual(['b', 'c']);
    expect(await stateOf('b')).toBe('old');

    const lines = (await hub.asAdmin('GET', '/api/v1/crosswalk')).text.trim().split('\n');
    const { customerId } = lines
      .map((line) => JSON.parse(line))
      .find((one) => one.system === system && one.sourceId === 'b');
    const whole = customer.parse((await hub.asAdmin('GET', `/api/v1/customers/${customerId}`)).json());
    expect(whole).toMatchObject({ state: 'live', display: 'Jo Of b', members: [{ sourceId: 'b', state: 'old' }] });
    expect((await call('GET', `/systems/${system}/customers/b`)).status).toBe(200);
  });

  it('keeps a record that anything was told of after its instant, and lets a later delete stand', async () => {
    await push([row('before'), row('after'), row('gone'), row('silent')]);
    await drained();
    const loadId = await opened();
    await event('before', 'customer.patched', asOf - 1, 2, { family: 'Late' });
    await event('after', 'customer.patched', asOf + 1, 2, { family: 'Fresh' });
    await event('gone', 'customer.deleted', asOf + 1, 2);
    await push([row('gone')], `?load=${loadId}`);
    await complete(loadId, 1);
    await drained();
    expect(await old()).toEqual(['before', 'silent']);
    expect([await stateOf('after'), await stateOf('gone')]).toEqual(['live', 'deleted']);
  });

  it('takes the flag back when the record is pushed again, but not for a late event from before', async () => {
    await push([row('a'), row('b'), row('c'), row('d')]);
    await drained();
    const loadId = await opened();
    await push([row('a')], `?load=${loadId}`);
    await complete(loadId, 1);
    await drained();
    expect(await old()).toEqual(['b', 'c', 'd']);
    await push([row('b')]);
    await event('c', 'customer.patched', asOf - 1, 2, { family: 'Late' });
    await event('d', 'customer.patched', asOf + 1, 2, { family: 'Fresh' });
    await drained();
    expect(await old()).toEqual(['c']);
  });

  it('files rows without a version as of its instant, while what they say keeps the time that they state', async () => {
    const loadId = await opened();
    const { version: _, ...bare } = row('a', { changedAt: asOf - hour });
    const { changedAt: __, ...timeless } = { ...row('b'), version: undefined };
    await push([bare, timeless], `?load=${loadId}`);
    await event('a', 'customer.patched', asOf - 1, 1, { given: 'Early' });
    await complete(loadId, 2);
    await drained();
    type Own = { changedAt: string; holds: { given: string }; asserts: { at: string | null }[] };
    const own = async (id: string) => (await call('GET', `/systems/${system}/records/${id}`)).json<Own>();
    expect(await own('a')).toMatchObject({
      changedAt: at(asOf),
      holds: { given: 'Jo' },
      asserts: [{ at: at(asOf - hour) }],
    });
    expect(await own('b')).toMatchObject({ changedAt: at(asOf), asserts: [{ at: null }] });
  });

  it('flags nothing when another number of lines came than was expected, and says so', async () => {
    await push([row('a'), row('b')]);
    await drained();
    const loadId = await opened();
    await push([row('a')], `?load=${loadId}`);
    const answer = load.parse((await complete(loadId, 2)).json());
    expect(answer).toMatchObject({ state: 'unswept', why: ['wrong-count'], expected: 2, accepted: 1 });
    expect(answer.detail).toContain('1 lines came where 2 were expected');
    await drained();
    expect(await old()).toEqual([]);
  });

  it('asks an admin about bad lines, counts the keys that can be read in them as seen, and sweeps when allowed', async () => {
    await push([row('a'), row('b'), row('c'), row('d')]);
    await drained();
    const loadId = await opened();
    const bad = [
      { id: 'b', data: 7 },
      { id: 'x', version: 1, changedAt: at(asOf), data: { id: 'c' } },
    ];
    const { accepted, rejected } = await push([row('a'), ...bad], `?load=${loadId}`);
    expect([accepted, rejected.length]).toEqual([2, 1]);
    await complete(loadId, 3);
    await drained();
    expect(await loaded(loadId)).toMatchObject({ state: 'to-accept', why: ['rejects', 'errors'], flagged: 0 });
    expect(await old()).toEqual([]);

    expect((await call('POST', `/loads/${loadId}/accept`)).status).toBe(403);
    expect((await hub.asAdmin('POST', `/api/v1/loads/${loadId}/accept`)).status).toBe(200);
    await drained();
    expect(await loaded(loadId)).toMatchObject({ state: 'swept', flagged: 1 });
    expect(await old()).toEqual(['d']);
  });

  it('that shows 2 of 60 rows flags none of the other 58 before an admin accepts that', async () => {
    const rows = Array.from({ length: 60 }, (_, place) => row(`many-${place}`));
    await push(rows);
    await drained();
    const loadId = await opened();
    await push(rows.slice(0, 2), `?load=${loadId}`);
    await complete(loadId, 2);
    await drained();
    const asked = await loaded(loadId);
    expect(asked).toMatchObject({ state: 'to-accept', why: ['many-old'], flagged: 0, unshown: 58 });
    expect(asked.detail).toContain('It did not show 58 records, more than the limit of the system');
    expect(await old()).toEqual([]);

    expect((await hub.asAdmin('POST', `/api/v1/loads/${loadId}/accept`)).status).toBe(200);
    await drained();
    expect(await loaded(loadId)).toMatchObject({ state: 'swept', flagged: 58 });
  });

  it('that shows all but five flags these, and asks by the limits of the system', async () => {
    const rows = Array.from({ length: 12 }, (_, place) => row(`few-${place}`));
    await push(rows);
    await drained();
    const sweep = async (shown: number, body?: object) => {
      const loadId = await opened(body);
      await push(rows.slice(0, shown), `?load=${loadId}`);
      await complete(loadId, shown);
      await drained();
      return loaded(loadId);
    };
    expect(await sweep(7)).toMatchObject({ state: 'swept', flagged: 5 });
    expect((await hub.asAdmin('PUT', `/api/v1/systems/${system}/limits`, { sweptRows: 3 })).status).toBe(200);
    expect(await sweep(7, {})).toMatchObject({ state: 'to-accept', why: ['many-old'] });
  });

  it('does not sweep after a later load was opened, nor without records, unless an admin wants it', async () => {
    await push([row('a')]);
    await drained();
    const empty = await opened();
    await complete(empty, 0);
    await drained();
    expect(await loaded(empty)).toMatchObject({ state: 'to-accept', why: ['empty'] });
    const later = await opened();
    expect(await loaded(empty)).toMatchObject({ state: 'unswept', why: ['newer-load'] });
    expect((await hub.asAdmin('POST', `/api/v1/loads/${empty}/accept`)).problem().code).toBe('not-possible');
    expect((await hub.asAdmin('POST', `/api/v1/loads/${later}/abort`)).status).toBe(200);
  });

  it('is one at a time for a system, and never of an instant that was swept already', async () => {
    const first = await opened();
    const second = await call('POST', `/systems/${system}/loads`, {});
    expect([second.status, second.problem().code]).toEqual([409, 'load-open']);
    await push([row('a')], `?load=${first}`);
    await complete(first, 1);
    await drained();
    const stale = await call('POST', `/systems/${system}/loads`, { asOf: at(asOf) });
    expect([stale.status, stale.problem().code]).toEqual([409, 'not-possible']);
    const ahead = await call('POST', `/systems/${system}/loads`, { asOf: at(Date.now() + hour) });
    expect([ahead.status, ahead.problem().code]).toEqual([400, 'invalid-request']);
    const { loads } = (await call('GET', `/systems/${system}/loads`)).json<{ loads: Load[] }>();
    expect(loads.map(({ loadId, state }) => [loadId, state])).toEqual([[first, 'swept']]);
  });

  it('takes nothing more when it is over, but answers a push that is repeated as before', async () => {
    const loadId = await opened();
    const body = [row('a')];
    const send = (key_: string) =>
      hub.call('POST', `/api/v1/systems/${system}/records?load=${loadId}`, {
        token: key,
        body,
        headers: { 'idempotency-key': key_ },
      });
    const first = (await send('one')).json<BatchAccepted>();
    await complete(loadId, 1);
    expect((await complete(loadId, 1)).status).toBe(200);
    await drained();
    expect((await send('one')).json<BatchAccepted>()).toEqual(first);
    const late = await send('two');
    expect([late.status, late.problem().code]).toEqual([409, 'load-closed']);
    expect((await call('POST', `/loads/${loadId}/abort`)).problem().code).toBe('load-closed');
  });

  it('is nobody else’s', async () => {
    const loadId = await opened();
    const other = await hub.aSystem(`other-${systems}`);
    for (const path of [`/loads/${loadId}`, `/systems/${system}/loads`])
      expect([403, 404]).toContain((await hub.call('GET', `/api/v1${path}`, { token: other })).status);
    expect((await hub.call('POST', `/api/v1/loads/${loadId}/abort`, { token: other })).status).toBe(404);
    const pushed = await hub.call('POST', `/api/v1/systems/other-${systems}/records?load=${loadId}`, {
      token: other,
      body: [row('a')],
    });
    expect([pushed.status, pushed.problem().code]).toEqual([404, 'not-found']);
  });

  it('is aborted when nobody goes on with it for a day', async () => {
    await push([row('a')]);
    const loadId = await opened();
    const now = Date.now();
    const clock = vi.spyOn(hub.hub.app.get(Clock), 'now');
    try {
      clock.mockReturnValue(now + 23 * hour);
      await push([row('b')], `?load=${loadId}`);
      clock.mockReturnValue(now + 46 * hour);
      await hub.hub.app.get(Sweep).next();
      expect((await loaded(loadId)).state).toBe('open');
      clock.mockReturnValue(now + 47 * hour);
      await hub.hub.app.get(Sweep).next();
      expect(await loaded(loadId)).toMatchObject({ state: 'aborted', why: ['idle'] });
    } finally {
      clock.mockRestore();
    }
    await drained();
    expect(await old()).toEqual([]);
    expect(await stateOf('b')).toBe('live');
  });

  it('leaves nothing behind of what it showed', async () => {
    const database = hub.hub.app.get(Database);
    const query = (sql: string) => database.read((tx) => tx.query<{ id: number }>(sql));
    for (const { id } of await query(
      `select load_id as id from load where state not in ('swept', 'unswept', 'aborted')`,
    ))
      await hub.asAdmin('POST', `/api/v1/loads/${id}/abort`);
    expect(await query('select load_id as id from load_seen union all select load_id from load_rejected_key')).toEqual(
      [],
    );
  });
});
