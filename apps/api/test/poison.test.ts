import type { Batch, BatchAccepted, Status } from '@cinch/api-contract';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Database } from '../src/platform/transaction.ts';
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
