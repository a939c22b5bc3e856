import type { Customer, CustomerPage, HistoryEntry } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { ListeningHub } from '../../../test/listening-hub.ts';
import { Worker } from '../../pipeline/worker.ts';

const rows = [
  { id: 'S-1', given: 'José', family: "O'Brien" },
  { id: 'S-2', given: 'Ann', family: '100% Wool' },
  { id: 'S-3', given: 'Bea', family: 'Brienne' },
];

describe('reading customers', () => {
  let hub: ListeningHub;
  let token: string;
  const push = async (version: number, data: readonly object[]) => {
    const body = data.map((row) => ({ id: (row as { id: string }).id, version, data: row }));
    await hub.call('POST', '/api/v1/systems/shop/records', { token, body });
    await hub.hub.app.get(Worker).drained();
  };
  const list = async (query: string) => (await hub.asAdmin('GET', `/api/v1/customers?${query}`)).json<CustomerPage>();
  const found = async (search: string) =>
    (await list(new URLSearchParams({ search }).toString())).customers.map(({ display }) => display);

  beforeAll(async () => {
    hub = await ListeningHub.open(inject('postgresUrl'));
    token = await hub.aSystem('shop');
    await push(1, rows);
  });
  afterAll(() => hub?.close());

  it.each([
    ['any part of a name, without its marks', 'jose', ["José O'Brien"]],
    ['several words in any order', "o'brien JOSÉ", ["José O'Brien"]],
    ['a key of a system', 's-3', ['Bea Brienne']],
    ['characters that mean something to the database', '100%', ['Ann 100% Wool']],
    ['a wildcard only where it stands', 'a%l', []],
  ])('finds customers by %s', async (_, search, expected) => {
    expect(await found(search)).toEqual(expected);
  });

  it('shows every customer once, page by page', async () => {
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    const ids = [...first.customers, ...second.customers].map(({ customerId }) => customerId);
    expect([ids.length, new Set(ids).size, second.nextCursor]).toEqual([3, 3, null]);
    const bad = await hub.asAdmin('GET', '/api/v1/customers?cursor=x&limit=0');
    expect(bad.problem().errors!.map(({ path }) => path)).toEqual(['cursor', 'limit']);
  });

  it('tells where a value is from, who holds it, and what happened', async () => {
    const [summary] = (await list('search=bea')).customers;
    const path = `/api/v1/customers/${summary!.customerId}`;
    await push(2, [{ id: 'S-3', given: 'Bea', family: 'Newname' }]);
    const customer = (await hub.asAdmin('GET', path)).json<Customer>();
    expect(customer).toMatchObject({ display: 'Bea Newname', state: 'live', version: 2 });
    expect(customer.values[0]).toMatchObject({
      attribute: 'name',
      from: { system: 'shop', sourceId: 'S-3' },
      held: false,
    });
    expect(customer.members[0]).toMatchObject({ sourceId: 'S-3', holds: [{ attribute: 'name', agrees: true }] });
    const { entries } = (await hub.asAdmin('GET', `${path}/history`)).json<{ entries: HistoryEntry[] }>();
    expect(entries.map(({ what }) => what)).toEqual(['changed', 'pushed', 'created', 'pushed']);
    expect(entries[0]).toMatchObject({ was: 'Bea Brienne', now: 'Bea Newname' });
    expect(entries[0]!.text).toBe('Name changed because shop S-3 was pushed.');
  });

  it('serves a system its own view', async () => {
    const view = await hub.call('GET', '/api/v1/systems/shop/customers/S-1', { token });
    expect(view.json()).toMatchObject({ sourceId: 'S-1', fields: { given: 'José', family: "O'Brien" } });
    expect((await hub.call('GET', '/api/v1/systems/shop/customers/S-9', { token })).status).toBe(404);
  });

  it('says what is wrong with an id that is none, and that an unknown one is unknown', async () => {
    expect((await hub.asAdmin('GET', '/api/v1/customers/7')).problem().code).toBe('invalid-request');
    const unknown = await hub.asAdmin('GET', '/api/v1/customers/0d4f0d5e-7c1c-4b57-9a0e-2a3a1c0f4b5d');
    expect(unknown.problem().code).toBe('not-found');
    expect((await hub.asAdmin('GET', '/api/v1/customers?search=a%00b')).problem().code).toBe('invalid-request');
    expect((await hub.asAdmin('GET', '/api/v1/systems/a%00b/mapping')).problem().code).toBe('invalid-request');
  });
});
