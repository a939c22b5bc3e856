import type { DecisionMade, RefreshItem, RefreshRun } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { MappingsStore } from '../../src/stages/mappings/mappings.store.ts';
import { Database } from '../../src/platform/transaction.ts';
import { Rederive } from '../../src/pipeline/rederive.ts';
import { mapping, SentHub } from './sent-hub.ts';

const amount = (attribute: string, path: string) => ({
  attribute,
  members: { amount: { path, steps: [{ step: 'scale', places: 2 }] }, currency: { constant: 'USD' } },
});
const wide = {
  ...mapping('south'),
  attributes: [
    ...mapping('south').attributes,
    amount('creditLimit', 'limit'),
    amount('lifetimeSpend', 'spend'),
    { attribute: 'points', path: 'points' },
  ],
};
const account = { limit: 500_000, spend: 123_450, points: 77 };

/** South keeps accounts; its rows are lost behind its adapter. */
describe('a row that was deleted behind the adapter (rule 30)', () => {
  let hub: SentHub;
  beforeAll(async () => {
    hub = await SentHub.open(inject('postgresUrl'));
    await hub.setLane('off');
    await hub.get(Database).transaction(async (tx) => {
      const [south] = await tx.query<{ id: number }>(`select system_id as id from system where code = 'south'`);
      await hub.get(MappingsStore).publish(tx, south!.id, wide, new Date(), 'test');
      await tx.query('update system set masters_at = now()');
    });
    while (await hub.get(Rederive).next());
    for (const id of ['N-1', 'N-2', 'N-3', 'N-4']) await hub.tell('north', id);
    await hub.refresh();
    for (const { key } of hub.target.shown()) await hub.tellOf(hub.target.edit(key, account));
    await hub.refresh();
  });
  afterAll(() => hub?.close());

  const lose = async (place: number) => {
    const { key, data } = hub.target.shown()[place]!;
    const [record] = await hub.query<{ id: number; customer: string }>(
      `select r.record_id as id, c.public_id as customer from source_record r join customer c using (customer_id)
       join system s using (system_id) where s.code = 'south' and r.source_key = $1`,
      [key],
    );
    hub.target.lose(key);
    return { key, data, ...record! };
  };
  const act = (path: string, body: object) => hub.hub.asAdmin('POST', `/api/v1${path}`, { reason: 'asked', ...body });
  const found = (given: unknown) =>
    hub.target.shown().find(({ data }) => (data as { given: unknown }).given === given)?.data;
  const points = async (customer: string) =>
    (await hub.hub.asAdmin('GET', `/api/v1/customers/${customer}`))
      .json<{
        values: { attribute: string; value: unknown }[];
      }>()
      .values.find(({ attribute }) => attribute === 'points')?.value;

  it('is missing: neither written nor made again until a person has said what it is', async () => {
    const { key } = await lose(0);
    const run = await hub.refresh();
    expect(run.counts).toMatchObject({ missing: 1, create: 0 });
    const path = `/api/v1/refreshes/${run.runId}/items?kind=missing`;
    const { items } = (await hub.hub.asAdmin('GET', path)).json<{ items: RefreshItem[] }>();
    expect(items.map(({ sourceId }) => sourceId)).toEqual([key]);
  });

  it('confirmed and reopened it has limit, spend and points again, and they count as its own', async () => {
    const { id, customer, data } = await lose(0);
    await hub.refresh();
    expect((await act(`/records/${id}/confirm-deleted`, {})).status).toBe(201);
    expect((await act(`/customers/${customer}/reopen`, { system: 'south' })).status).toBe(201);
    const run = await hub.refresh();
    expect(run.counts).toMatchObject({ create: 1, applied: 1 });
    const { given } = data as { given: unknown };
    expect(found(given)).toMatchObject({ given, ...account });
    expect(await points(customer), 'as before').toBe(account.points);
    expect((await hub.refresh()).counts.change, 'and it stays so').toBe(0);
  });

  it('is put back whole by one act', async () => {
    const { id, data } = await lose(0);
    await hub.refresh();
    const made = await act(`/records/${id}/put-back`, {});
    expect([made.status, made.json<DecisionMade>().decisionId > 0]).toEqual([201, true]);
    await hub.refresh();
    const { given } = data as { given: unknown };
    expect(found(given)).toMatchObject({ given, ...account });
  });

  it('confirmed as gone alone it is not made again, and put back it cannot be twice', async () => {
    const { id, data } = await lose(0);
    await hub.refresh();
    await act(`/records/${id}/confirm-deleted`, {});
    const run = (await hub.refresh()) satisfies RefreshRun;
    expect(run.counts).toMatchObject({ create: 0, missing: expect.any(Number) });
    expect(found((data as { given: unknown }).given)).toBeUndefined();
    expect((await act(`/records/${id}/put-back`, {})).problem().code).toBe('not-possible');
  });
});
