import { afterAll, afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Holds } from '../src/pipeline/holds.ts';
import { Ingest } from '../src/pipeline/ingest.ts';
import { Refresh } from '../src/pipeline/refresh.ts';
import { SystemsInForce } from '../src/pipeline/systems-in-force.ts';
import { Committer } from '../src/platform/committer.ts';
import { Database } from '../src/platform/transaction.ts';
import type { ArrivedRow } from '../src/stages/records/read-rows.ts';
import { AdapterClient } from '../src/stages/refreshes/adapter-client.ts';
import { SystemsStore } from '../src/stages/systems/systems.store.ts';
import { WalkingHub } from './walking-hub.ts';

const by = 'ada@example.com';
/** The closing word names the instant and what was compared. */
const equal = expect.stringMatching(/^equal as of /);
const never = new AbortController().signal;

/** Rows of Adipose are set back in its own database, and nobody says so. */
describe('rows that are listed below the version that was known (rule 7)', () => {
  let hub: WalkingHub;
  let keys: string[];
  let keptAt = 0;
  let setBackAt = 0;
  beforeAll(async () => {
    hub = await WalkingHub.open(inject('postgresUrl'));
    const names = ['ANN', 'BEN', 'CAROL', 'DAVID', 'EVE', 'FRANCES'].map(
      (given, index) => `${given} BROOK${'ABCDEF'[index]!}`,
    );
    const items = names.map((name, index) => ({
      deliveryId: `00000000-0000-4000-8000-00000000000${index}`,
      key: null,
      ifMatch: null,
      fields: { cust_type: 'P', name, status: 'A', mkt_ok: 'N', phone: `202555010${index}` },
    }));
    const receipts = await hub.get(AdapterClient).upsert(await adipose(), items, never);
    keys = receipts.map(({ row }) => row!.key);
    await hub.refresh('adipose');
    await hub
      .get(Database)
      .transaction((tx) => tx.query(`update system set limits = '{"suspectedRows": 3, "inboundShare": 1}'`));
  });
  afterAll(() => hub?.stop());
  afterEach(() => void vi.restoreAllMocks());

  const adipose = () => hub.get(Database).read((tx) => hub.get(SystemsStore).named(tx, 'adipose'));
  /** Adipose pushes this of one of its rows. */
  const told = (row: Pick<ArrivedRow, 'key' | 'act' | 'data' | 'version'>) =>
    hub.get(Committer).commit(async (tx) => {
      const inForce = await hub.get(SystemsInForce).load(tx);
      const { systemId, lens } = [...inForce.values()].find(({ code }) => code === 'adipose')!;
      const now = Date.now();
      const arrived = {
        ...row,
        batchId: null,
        line: 0,
        eventId: null,
        changedAt: now,
        delivery: null,
        acceptedAt: now,
      };
      return hub
        .get(Ingest)
        .rows(tx, inForce, { systemId, lens, kind: 'push', runId: null }, [{ ...arrived, call: 1 }]);
    });
  const edited = async (at: readonly string[], phone: string) => {
    await hub.sql('adipose', 'drop table if exists kept', []);
    await hub.sql('adipose', 'create table kept as select * from customer', []);
    keptAt = Date.now();
    for (const key of at) await hub.edit('adipose', key, { phone });
    await hub.refresh('adipose');
  };
  const setBack = async (at: readonly string[]) => {
    // Adipose tells whole seconds: what it wrote within the second of the restore counts as written after it.
    const second = (at: number) => Math.floor(at / 1_000);
    const editedAt = Date.now();
    await expect.poll(() => second(Date.now()), { timeout: 2_000 }).toBeGreaterThan(second(editedAt));
    setBackAt = Date.now();
    await hub.sql('adipose', 'delete from customer where acct_no = any ($1)', [at]);
    await hub.sql('adipose', 'insert into customer select * from kept where acct_no = any ($1)', [at]);
  };
  const asked = () =>
    hub.query<{ hold_id: number; seen: string; is_whole: boolean }>(
      'select hold_id, seen, is_whole from hold where answered_at is null order by 1',
    );
  const phoneOf = async (key: string) => (await hub.row('adipose', key))['phone'];
  const goldenPhone = async (key: string) => {
    const [row] = await hub.query<{ attributes: string }>(
      `select g.attributes from source_record r join system s using (system_id) join golden g using (customer_id)
       where s.code = 'adipose' and r.source_key = $1`,
      [key],
    );
    return (JSON.parse(row!.attributes) as Record<string, { value: unknown }>)['phone.primary']?.value;
  };

  it('a row that only a lagging copy shows is ordinary: read by its key it is at the version that was known', async () => {
    const key = keys[0]!;
    const adapters = hub.get(AdapterClient);
    const list = adapters.list.bind(adapters);
    const old = (await list(await adipose(), null, never)).rows;
    await edited([key], '2025550110');
    vi.spyOn(adapters, 'list').mockImplementation(async (...of) => {
      const page = await list(...of);
      return { ...page, rows: page.rows.map((row) => old.find((one) => one.key === key && row.key === key) ?? row) };
    });
    expect(await hub.refresh('adipose')).toMatchObject({
      closing: equal,
      counts: { held: 0, drifted: 0, change: 0 },
    });
    expect(await asked()).toEqual([]);
    expect(await goldenPhone(key)).toBe('+12025550110');
  });

  it('a row that was set back is held and asked about: it is neither written nor heard, and an edit of it joins', async () => {
    const key = keys[1]!;
    await edited([key], '2025550111');
    await setBack([key]);
    const before = await hub.row('adipose', key);
    expect(await hub.refresh('adipose')).toMatchObject({ counts: { held: 1, drifted: 0, change: 0, heard: 0 } });
    const [question] = await asked();
    expect(JSON.parse(question!.seen)).toMatchObject({ code: 'read-below', sourceId: key });
    expect(await hub.row('adipose', key)).toEqual(before);
    expect(await goldenPhone(key)).toBe('+12025550111');
    expect(await hub.refresh('adipose')).toMatchObject({ counts: { held: 1, heard: 0 } });
    expect(await asked()).toHaveLength(1);
  });

  it('said to be drift, the next run overwrites it, and an edit after that is news though its version is low', async () => {
    const key = keys[1]!;
    const [question] = await asked();
    await hub.get(Holds).answer(question!.hold_id, { answer: 'drift' }, by);
    expect(await hub.refresh('adipose')).toMatchObject({
      closing: equal,
      counts: { held: 0, change: 1, applied: 1 },
    });
    expect(await phoneOf(key)).toBe('2025550111');
    await hub.edit('adipose', key, { phone: '2025550112' });
    expect(await hub.refresh('adipose')).toMatchObject({ closing: equal, counts: { heard: 1, held: 0 } });
    expect(await goldenPhone(key)).toBe('+12025550112');
  });

  it('an answer that stands is given by itself to each row that looks so later', async () => {
    const key = keys[1]!;
    const setBackOnce = async (phone: string) => {
      await edited([key], phone);
      await setBack([key]);
      return hub.refresh('adipose');
    };
    await setBackOnce('2025550121');
    await hub.get(Holds).answer((await asked())[0]!.hold_id, { answer: 'drift', stands: true }, by);
    await hub.refresh('adipose');
    expect(await setBackOnce('2025550122')).toMatchObject({ closing: equal, counts: { held: 0, applied: 1 } });
    expect(await asked()).toEqual([]);
    expect(await phoneOf(key)).toBe('2025550122');
    const [last] = await hub.query('select answer, answered_by, answer_reason from hold order by hold_id desc limit 1');
    expect(last).toEqual({ answer: 'drift', answered_by: by, answer_reason: `As ${by} said of all such rows.` });
    const { systemId } = await adipose();
    await hub.get(Database).transaction((tx) => hub.get(SystemsStore).setStandingAnswer(tx, systemId, null));
  });

  it('said to count anew, what it holds is what it says now', async () => {
    const key = keys[2]!;
    await edited([key], '2025550113');
    await setBack([key]);
    await hub.edit('adipose', key, { phone: '2025550114', email: 'anew@example.com' });
    await hub.sql('adipose', 'update customer set ver = 0 where acct_no = $1', [key]);
    await hub.refresh('adipose');
    const [question] = await asked();
    await hub.get(Holds).answer(question!.hold_id, { answer: 'anew' }, by);
    expect(await goldenPhone(key)).toBe('+12025550114');
    expect(await hub.refresh('adipose')).toMatchObject({ closing: equal, counts: { held: 0 } });
  });

  it('said to be drift of a whole system, rows that are met later are no question again; after the next listing they are', async () => {
    const [later, ...many] = keys.slice(2);
    await edited(keys.slice(2), '2025550130');
    await setBack(many);
    expect((await hub.refresh('adipose')).failure).toContain('looks as if it had been set back');
    await setBack([later!]);
    await hub.get(Holds).answer((await asked())[0]!.hold_id, { answer: 'drift' }, by);
    expect(await hub.refresh('adipose')).toMatchObject({
      closing: equal,
      counts: { held: 0, applied: many.length + 1 },
    });
    expect(await asked()).toEqual([]);
    for (const key of keys.slice(2)) expect(await phoneOf(key)).toBe('2025550130');

    await edited([later!], '2025550131');
    await setBack([later!]);
    expect(await hub.refresh('adipose')).toMatchObject({ counts: { held: 1 } });
    await hub.get(Holds).answer((await asked())[0]!.hold_id, { answer: 'drift' }, by);
    await hub.refresh('adipose');
  });

  it('what is written within the second of a restore that was noted is told after it, and heard once', async () => {
    const key = keys[0]!;
    await edited([], '');
    const kept = keptAt;
    await expect.poll(() => Date.now(), { timeout: 2_000 }).toBeGreaterThan(kept + 1_000);
    await edited([key], '2025550140');
    await setBack([key]);
    await hub.edit('adipose', key, { phone: '2025550141' });
    const { systemId } = await adipose();
    // By then the second has gone on, so that the system had written it before this very instant.
    const epoch = { setBackTo: kept, restoredAt: Math.floor(setBackAt / 1_000) * 1_000 + 999 };
    await expect.poll(() => Date.now()).toBeGreaterThan(epoch.restoredAt);
    await hub.get(Committer).commit((tx) => hub.get(Holds).restored(tx, systemId, epoch, by));
    await hub.refresh('adipose');
    expect(await goldenPhone(key)).toBe('+12025550141');
    expect(await hub.refresh('adipose')).toMatchObject({ closing: equal, counts: { heard: 0, held: 0 } });
  });

  it('several rows set back at once are one question about the system: its refresh fails with it, and no other begins', async () => {
    const many = keys.slice(3);
    await edited(many, '2025550115');
    await setBack(many);
    const run = await hub.refresh('adipose');
    expect(run.failure).toContain('looks as if it had been set back');
    const [question, ...others] = await asked();
    expect([question!.is_whole, others]).toEqual([true, []]);
    await expect(hub.get(Refresh).start('adipose', 'plan', by)).rejects.toMatchObject({ code: 'system-held' });
    for (const key of many) expect(await goldenPhone(key)).toBe('+12025550115');
  });

  it('said to be restored, no later edit is lost: the next run brings each back', async () => {
    const many = keys.slice(3);
    const [question] = await asked();
    const heldAt = Date.now();
    await expect.poll(() => Date.now(), { timeout: 2_000 }).toBeGreaterThan(heldAt + 1_000);
    const epoch = { setBackTo: keptAt, restoredAt: Date.now() - 1 };
    await expect(
      hub.get(Holds).answer(question!.hold_id, { answer: 'restored', rows: 'all', epoch }, by),
    ).rejects.toThrow('cannot be later');
    epoch.restoredAt = setBackAt;
    await hub.get(Holds).answer(question!.hold_id, { answer: 'restored', rows: 'all', epoch }, by);
    expect(await hub.refresh('adipose')).toMatchObject({ closing: equal, counts: { held: 0, applied: many.length } });

    for (const key of many) expect(await phoneOf(key)).toBe('2025550115');
    expect(await asked()).toEqual([]);
  });

  it('rows gone and others back at once are a question about the whole system; a lagging copy that shows so is none', async () => {
    const system = await adipose();
    const deleted = keys[3]!;
    await edited([], '');
    await hub.sql('adipose', 'delete from customer where acct_no = $1', [deleted]);
    await told({ key: deleted, act: 'delete', data: null, version: 99 });
    const items = ['GEORGE', 'HENRY', 'IRENE'].map((given, index) => ({
      deliveryId: `00000000-0000-4000-8000-00000000001${index}`,
      key: null,
      ifMatch: null,
      fields: { cust_type: 'P', name: `${given} STONE`, status: 'A', mkt_ok: 'N' },
    }));
    const adapters = hub.get(AdapterClient);
    await adapters.upsert(system, items, never);
    expect(await hub.refresh('adipose')).toMatchObject({ counts: { heard: 3, held: 0 } });

    const list = adapters.list.bind(adapters);
    const now = (await list(system, null, never)).rows;
    await hub.sql('adipose', 'truncate customer', []);
    await hub.sql('adipose', 'insert into customer select * from kept', []);
    const find = vi
      .spyOn(adapters, 'find')
      .mockImplementation(async (_, key) => now.find((row) => row.key === key) ?? null);
    expect(await hub.refresh('adipose')).toMatchObject({ failure: null, counts: { missing: 3, surplus: 1 } });
    find.mockRestore();
    await hub.get(Database).transaction((tx) => tx.query('delete from refresh_item'));
    expect((await hub.refresh('adipose')).failure).toContain('looks as if it had been set back');
    const [question] = await asked();
    expect(JSON.parse(question!.seen)).toEqual({ code: 'gone-and-back', gone: 3, back: 1 });
    await hub.get(Holds).answer(question!.hold_id, { answer: 'drift' }, by);
    expect(await hub.refresh('adipose')).toMatchObject({ failure: null, counts: { missing: 3, surplus: 1 } });
    expect(await hub.refresh('adipose')).toMatchObject({ failure: null, counts: { missing: 3, surplus: 1 } });
  });
});
