import { replay, type Load } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HeldSystems } from '../src/pipeline/held-systems.ts';
import { Sweep } from '../src/pipeline/sweep.ts';
import { Database } from '../src/platform/transaction.ts';
import { mapping, patch, poison, row, SteppedHub } from './stepped-hub.ts';

describe('a replay', () => {
  let hub: SteppedHub;
  beforeAll(async () => {
    hub = await SteppedHub.open();
    await hub.sql(`update system set lane = 'on', outbound = 'armed'`);
  });
  afterAll(() => hub?.close());

  it('is tried first: it tells how the lines would fare now, and nothing of it is kept', async () => {
    await hub.push([
      { id: '1', data: { nr: '1', given: 'Ann', family: 'Brook' } },
      { id: '2', data: { nr: 'x' } },
      row('3'),
    ]);
    await hub.push([patch('1', 5, { given: 'Anna' })], 'events');
    await hub.taken();
    await hub.publish(mapping('nr'));
    const before = await kept();
    expect(await hub.ask({ system: 'shop', dryRun: true })).toEqual({
      dryRun: true,
      replayId: null,
      lines: 3,
      passedOver: 0,
      tried: 3,
      outcomes: [
        { outcome: 'applied', code: null, lines: 2 },
        { outcome: 'error', code: 'key-differs', lines: 1 },
      ],
    });
    expect(await kept()).toEqual(before);
  });

  const kept = () =>
    Promise.all(
      [
        'error_entry',
        'record_entry',
        'source_record',
        'customer',
        'golden',
        'replay',
        'waiting_part',
        'dirty_view',
      ].map((table) => hub.sql(`select * from ${table} order by 1`)),
    );

  it('takes the lines in with the times of their first acceptance, says how they fared, and is done once', async () => {
    const [batch] = await hub.sql<{ at: Date }>('select received_at as at from inbox_batch where batch_id = 1');
    const answer = await hub.ask({ system: 'shop', mappingVersion: 1 });
    expect(answer).toMatchObject({ dryRun: false, lines: 3, tried: 0, outcomes: [] });
    expect((await hub.entries('?state=replaying')).length).toBe(3);
    expect(await hub.ask({ system: 'shop', mappingVersion: 1 })).toMatchObject({
      replayId: null,
      lines: 0,
      passedOver: 3,
    });
    await hub.replayed();
    const told = replay.parse((await hub.hub.asAdmin('GET', `/api/v1/errors/replays/${answer.replayId}`)).json());
    expect(told).toMatchObject({
      lines: 3,
      waiting: 0,
      applied: 2,
      superseded: 0,
      error: 1,
      settled: 0,
      by: 'admin token',
    });
    expect(told.doneAt).not.toBeNull();
    const record = await hub.record('1');
    expect(record).toMatchObject({ state: 'live', version: 5, errors: [] });
    const name = record.asserts.find(({ attribute }) => attribute === 'name')!;
    expect([name.fields, name.superseded]).toEqual([{ given: 'Anna', family: 'Brook' }, false]);
    const [entry] = await hub.sql<{ at: Date }>(
      `select at from record_entry where kind = 'push' and batch_id = 1 and line = 1`,
    );
    expect(entry!.at).toEqual(batch!.at);
    expect(await hub.inbox()).toEqual({ accepted: 4, waiting: 0, applied: 3, superseded: 0, error: 1 });
    expect(await hub.ask({ system: 'shop', mappingVersion: 1 })).toMatchObject({
      replayId: null,
      lines: 0,
      passedOver: 0,
    });
    const resolved = await hub.entries('?state=resolved');
    expect(resolved.map(({ resolution, replayId }) => [resolution, replayId])).toEqual([
      ['replayed', answer.replayId],
      ['replayed', answer.replayId],
    ]);
  });

  it('keeps a line that goes wrong again in the log once, with what is wrong now', async () => {
    expect(await hub.entries('?state=open')).toMatchObject([
      { sourceId: '2', code: 'key-differs', mappingVersion: 2, batchId: 1, line: 2 },
    ]);
  });

  it('sends nothing out by itself: what it changes waits for a refresh', async () => {
    expect((await hub.sql(`select 1 from dirty_view`)).length).toBe(1);
  });

  it('takes in what the hub failed on, once it is mended, and only the entries that were named', async () => {
    await hub.publish(mapping('id'));
    await hub.sql(poison);
    await hub.push([row('poison'), { id: '9', data: {} }]);
    await hub.taken();
    const { errorId, cause } = await hub.openOf('poison');
    expect(await hub.replay({ cause })).toMatchObject({ lines: 1, error: 1 });
    expect(await hub.entries(`?cause=${cause}`)).toMatchObject([{ errorId, state: 'open', replayId: 2 }]);
    await hub.sql('alter table source_record drop constraint no_poison');
    expect(await hub.replay({ ids: [errorId] })).toMatchObject({ lines: 1, applied: 1 });
    expect(await hub.record('poison')).toMatchObject({ state: 'live', errors: [] });
    expect((await hub.entries('?state=open')).map(({ sourceId }) => sourceId)).toContain('9');
  });

  it('leaves a part that still lacks its row waiting once, and counts it when the row comes', async () => {
    const batch = await hub.push([patch('10', 3, { given: 'Zoe' })], 'events');
    await hub.taken();
    const { errorId } = await hub.openOf('10');
    expect(await hub.replay({ ids: [errorId] })).toMatchObject({ lines: 1, error: 1 });
    expect(await hub.sql('select batch_id, line from waiting_part')).toEqual([{ batch_id: batch, line: 1 }]);
    await hub.ask({ ids: [errorId] });
    await hub.push([row('10')]);
    await hub.taken();
    await hub.replayed();
    const entries = await hub.entries('?state=resolved');
    expect(entries.find((one) => one.errorId === errorId)).toMatchObject({ resolution: 'filed', replayId: 5 });
    const told = replay.parse((await hub.hub.asAdmin('GET', '/api/v1/errors/replays/5')).json());
    expect(told).toMatchObject({ lines: 1, waiting: 0, applied: 0, settled: 1 });
    expect((await hub.record('10')).asserts.find(({ attribute }) => attribute === 'name')!.fields).toMatchObject({
      given: 'Zoe',
    });
  });

  it('takes the lines of a span of time', async () => {
    await hub.sql(`update error_entry set at = at - interval '1 day' where source_key = '9'`);
    const { at } = await hub.openOf('9');
    const until = new Date(Date.parse(at) + 1).toISOString();
    expect(await hub.ask({ system: 'shop', until: at, dryRun: true })).toMatchObject({ lines: 0 });
    expect(await hub.ask({ system: 'shop', since: at, until, dryRun: true })).toMatchObject({ lines: 1, tried: 1 });
  });

  it('shows the record of a replayed line to its load, which then does not flag it as gone', async () => {
    await hub.publish(mapping('nr'));
    const asSystem = (path: string, body: object) => hub.hub.call('POST', path, { token: hub.key, body });
    const opened = await asSystem('/api/v1/systems/shop/loads', {});
    const { loadId, asOf } = opened.json<Load>();
    await hub.push([{ id: '20', data: { id: '20', given: 'Lou', family: 'Ash' } }], `records?load=${loadId}`);
    await hub.taken();
    await asSystem(`/api/v1/loads/${loadId}/complete`, { expected: 1 });
    while (await hub.get(Sweep).next());
    const load = async () => (await hub.hub.asAdmin('GET', `/api/v1/loads/${loadId}`)).json<Load>();
    expect(await load()).toMatchObject({ state: 'to-accept', error: 1 });

    await hub.publish(mapping('id'));
    const { errorId } = await hub.openOf('20');
    expect(await hub.replay({ ids: [errorId] })).toMatchObject({ lines: 1, applied: 1 });
    const accepted = await hub.hub.asAdmin('POST', `/api/v1/loads/${loadId}/accept`);
    expect([accepted.status, accepted.text]).toEqual([200, expect.any(String)]);
    while (await hub.get(Sweep).next());
    expect(await load()).toMatchObject({ state: 'swept' });
    const [record] = await hub.sql<{ at: Date; old: boolean }>(
      `select e.at, r.old_since is not null as old from record_entry e join source_record r using (record_id)
       where r.source_key = '20'`,
    );
    expect([record!.at.toISOString(), record!.old]).toEqual([asOf, false]);
  });

  it('does not take the flag of an old record away by a line from before the load that flagged it, as a line from after it does', async () => {
    const asSystem = (path: string, body: object) => hub.hub.call('POST', path, { token: hub.key, body });
    const oldOnes = async () =>
      (
        await hub.sql<{ key: string }>(
          `select source_key as key from source_record where old_in_load is not null and source_key in ('30', '31', '32', '33') order by 1`,
        )
      ).map(({ key }) => key);
    const ids = ['30', '31', '32', '33'];
    await hub.push(ids.map((id) => row(id)));
    await hub.taken();
    // Lines that cannot be read yet: one of a load, one from before the next load, and then one from after it.
    await hub.publish(mapping('nr'));
    const wrong = (id: string) => ({ id, data: { id, given: 'Lou', family: 'Ash' } });
    const first = (await asSystem('/api/v1/systems/shop/loads', {})).json<Load>();
    await hub.push([wrong('30')], `records?load=${first.loadId}`);
    await hub.push([wrong('31')]);
    await hub.taken();
    await asSystem(`/api/v1/loads/${first.loadId}/abort`, {});

    const second = (await asSystem('/api/v1/systems/shop/loads', {})).json<Load>();
    await hub.push([{ id: 'x', data: { nr: 'x', given: 'Kim', family: 'Oak' } }], `records?load=${second.loadId}`);
    await hub.taken();
    await asSystem(`/api/v1/loads/${second.loadId}/complete`, { expected: 1 });
    while (await hub.get(Sweep).next());
    // It shows one of them all: an admin has to say that this is so.
    await hub.hub.asAdmin('POST', `/api/v1/loads/${second.loadId}/accept`);
    while (await hub.get(Sweep).next());
    expect(await oldOnes()).toEqual(ids);
    await hub.push([wrong('32')]);
    await hub.taken();
    expect(await oldOnes()).toEqual(['30', '31', '33']);

    await hub.publish(mapping('id'));
    const errorIds = await Promise.all(['30', '31', '32'].map(async (id) => (await hub.openOf(id)).errorId));
    expect(await hub.replay({ ids: errorIds })).toMatchObject({ lines: 3, applied: 3 });
    expect(await oldOnes()).toEqual(['30', '31', '33']);
  });

  it('leaves the lines of a system in the log while a person is asked whether it was set back', async () => {
    await hub.publish(mapping('nr'));
    await hub.push([{ id: '40', data: { id: '40', given: 'Lou', family: 'Ash' } }]);
    await hub.taken();
    await hub.publish(mapping('id'));
    const { errorId } = await hub.openOf('40');
    const [system] = await hub.sql<{ id: number }>(`select system_id as id from system where code = 'shop'`);
    await hub
      .get(Database)
      .transaction((tx) => hub.get(HeldSystems).hold(tx, system!.id, { code: 'many-rows', rows: 9 }));
    expect(await hub.replay({ ids: [errorId] })).toMatchObject({ lines: 1, applied: 0, error: 1 });
    const [hold] = await hub.sql<{ id: number }>('select hold_id as id from hold where answered_at is null');
    await hub.hub.asAdmin('POST', `/api/v1/holds/${hold!.id}/answer`, { answer: 'drift' });
    expect(await hub.replay({ ids: [errorId] })).toMatchObject({ lines: 1, applied: 1 });
  });

  it.each([
    ['nothing', {}, 'invalid-request', /Say what to replay/],
    ['a mapping version of no system', { mappingVersion: 1 }, 'invalid-request', /Name the system/],
    ['something else', { lines: [1] }, 'invalid-request', /lines/],
    ['an entry that is not there', { ids: [1, 999_999] }, 'not-found', /not in the error log/],
    ['a system that is not there', { system: 'nowhere' }, 'not-found', /no system of this code/],
  ])('refuses to replay %s', async (_, body, code, words) => {
    for (const dryRun of [true, false]) {
      const { code: found, detail } = (
        await hub.hub.asAdmin('POST', '/api/v1/errors/replay', { ...body, dryRun })
      ).problem();
      expect([found, detail]).toEqual([code, expect.stringMatching(words)]);
    }
  });
});
