import type { Batch, BatchAccepted, Status } from '@cinch/api-contract';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Database } from '../src/platform/transaction.ts';
import { MappingsStore } from '../src/stages/mappings/mappings.store.ts';
import { ListeningHub } from './listening-hub.ts';

let hub: ListeningHub;
let key: string;

beforeAll(async () => {
  hub = await ListeningHub.open(inject('postgresUrl'));
  key = await hub.aSystem('shop');
  // A record that the hub itself fails on, whatever the reason: the database refuses it.
  await hub.hub.app
    .get(Database)
    .transaction((tx) => tx.query(`alter table source_record add constraint no_poison check (source_key <> 'poison')`));
});
afterAll(() => hub?.close());

async function push(ids: string[]): Promise<number> {
  const body = ids.map((id) => ({ id, data: { id, given: 'Ann', family: `Brook ${id}` } }));
  const answer = await hub.call('POST', '/api/v1/systems/shop/records', { token: key, body });
  return answer.json<BatchAccepted>().batchId;
}

/** The hub fails on this record as soon as it reads it, before the database is asked. */
async function breakReadingOf(id: string): Promise<void> {
  const { app } = hub.hub;
  const lens = await app.get(Database).read(async (tx) => {
    const [system] = await tx.query<{ systemId: number }>(`select system_id as "systemId" from system`);
    return app.get(MappingsStore).lens(tx, system!.systemId, 1);
  });
  const { read } = lens;
  lens.read = (data) => {
    if ((data as { id: string }).id === id) throw new Error('The lens is broken.');
    return read(data);
  };
}

const recordIds = () =>
  hub.hub.app.get(Database).read((tx) => {
    return tx.query<{ key: string; id: number }>(
      'select source_key as key, record_id as id from source_record order by 2',
    );
  });

const lastGivenId = () =>
  hub.hub.app.get(Database).read(async (tx) => {
    const [row] = await tx.query<{ last: number }>(
      `select pg_sequence_last_value(pg_get_serial_sequence('source_record', 'record_id')) as last`,
    );
    return row!.last;
  });

const batchOf = async (id: number) => (await hub.call('GET', `/api/v1/batches/${id}`, { token: key })).json<Batch>();

it('one record that the hub fails on holds up neither its batch nor the next', async () => {
  const poisoned = await push(['1', 'poison', '3']);
  const next = await push(['4', '5']);
  await vi.waitFor(async () => expect((await batchOf(next)).waiting).toBe(0), { timeout: 25_000, interval: 100 });

  expect(await batchOf(next)).toMatchObject({ accepted: 2, applied: 2, error: 0 });
  expect(await batchOf(poisoned)).toMatchObject({
    accepted: 3,
    applied: 2,
    error: 1,
    waiting: 0,
    notes: [{ line: 2, sourceId: 'poison', code: 'processing-failed' }],
  });
  const { inbox } = (await hub.call('GET', '/api/v1/status', { token: key })).json<Status>();
  expect(inbox).toEqual({ accepted: 5, waiting: 0, applied: 4, superseded: 0, error: 1 });
});

it('a record that cannot be read is put aside before anything is tried, so the others are worked on once', async () => {
  await breakReadingOf('broken');
  const last = await lastGivenId();
  const broken = await push(['6', 'broken', '7']);
  await vi.waitFor(async () => expect((await batchOf(broken)).waiting).toBe(0), { timeout: 25_000, interval: 100 });

  expect(await batchOf(broken)).toMatchObject({
    accepted: 3,
    applied: 2,
    error: 1,
    notes: [{ line: 2, sourceId: 'broken', code: 'processing-failed' }],
  });
  // An attempt that is undone has used up ids.
  expect((await recordIds()).slice(-2)).toEqual([
    { key: '6', id: last + 1 },
    { key: '7', id: last + 2 },
  ]);
});

it('a load of many bodies is read ahead, each of its lines once and in its place', async () => {
  const ids = Array.from({ length: 1_200 }, (_, index) => `row ${index}`);
  const batches = await Promise.all([ids.slice(0, 600), ids.slice(600, 1_000), ids.slice(1_000)].map(push));
  await vi.waitFor(
    async () => {
      for (const batch of batches) expect((await batchOf(batch)).waiting).toBe(0);
    },
    { timeout: 25_000, interval: 100 },
  );
  const rows = (await recordIds()).filter(({ key }) => key.startsWith('row '));
  expect(rows.map(({ key }) => key).toSorted()).toEqual(ids.toSorted());
});
