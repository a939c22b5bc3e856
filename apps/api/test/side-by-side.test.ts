import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BatchAccepted } from '@cinch/api-contract';
import { Ingest } from '../src/pipeline/ingest.ts';
import { mapping, SteppedHub } from './stepped-hub.ts';

const ann = { given: 'Annabel', family: 'Brookmeyer', birth: '1980-02-28' };
const changedAt = '2026-03-01T11:00:00.000Z';
const unreadable = { nothing: 'of what the mapping takes for the key' };

describe('urgent pushes of several systems', () => {
  let hub: SteppedHub;
  let otherKey: string;
  beforeAll(async () => {
    hub = await SteppedHub.open();
    otherKey = await hub.hub.aSystem('desk', { ...mapping('id'), system: 'desk' });
  });
  afterAll(() => hub?.close());

  async function pushOther(lines: object[]): Promise<number> {
    const answer = await hub.hub.call('POST', '/api/v1/systems/desk/records', { token: otherKey, body: lines });
    return answer.json<BatchAccepted>().batchId;
  }
  const line = (id: string, data: object) => ({ id, version: 1, changedAt, data: { id, ...data } });
  const placesOf = async (batchId: number) => {
    const [row] = await hub.sql<{ n_applied: number; n_superseded: number; n_error: number }>(
      `select n_applied, n_superseded, n_error from inbox_batch where batch_id = ${batchId} and done_at is not null`,
    );
    return row && [row.n_applied, row.n_superseded, row.n_error];
  };

  it('are worked on in one commit, matched with each other, and each line has its own place', async () => {
    const batches = [
      await hub.push([line('s1', ann), { id: 's2', data: unreadable }]),
      await pushOther([line('d1', ann)]),
      await hub.push([line('s1', ann), line('s3', { given: 'Otto', family: 'Zuckermann' })]),
      await pushOther([{ id: 'd2', data: unreadable }, line('d3', { given: 'Ida', family: 'Quist' }), line('d1', ann)]),
    ];
    expect(await hub.get(Ingest).next()).toBe(8);
    expect(await hub.get(Ingest).next()).toBe(0);
    await hub.inOnePlace();
    expect(await Promise.all(batches.map(placesOf))).toEqual([
      [1, 0, 1],
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
    ]);
    const customers = await hub.sql<{ keys: string }>(
      `select string_agg(source_key, ' ' order by source_key) as keys from source_record group by customer_id order by 1`,
    );
    expect(customers.map(({ keys }) => keys)).toEqual(['d1 s1', 'd3', 's3']);
  });
});
