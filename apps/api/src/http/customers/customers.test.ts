import type { Customer, CustomerAsOf, CustomerPage, CustomerViews, HistoryEntry } from '@cinch/api-contract';
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
  const searched = async (search: string) =>
    (await hub.asAdmin('POST', '/api/v1/customers/search', { search })).json<CustomerPage>().customers;
  const found = async (search: string) => (await searched(search)).map(({ display }) => display);

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

  it('finds a customer by its id, also by one that was given up in a merge, and puts who is named by an id first', async () => {
    const { customers } = await list('');
    const [one, other] = customers.map(({ customerId }) => customerId) as [string, string];
    expect(await found(other)).toEqual(['Ann 100% Wool']);
    await push(5, [{ id: 'S-30', given: 'Cy', family: 'Reed' }]);
    await push(6, [{ id: 'S-3', given: 'Bea', family: 'Brienne S-30' }]);
    expect(await found('s-30')).toEqual(['Cy Reed', 'Bea Brienne S-30']);
    await push(7, [{ id: 'S-3', given: 'Bea', family: 'Brienne' }]);
    const merge = { with: other, reason: 'asked on the phone' };
    const merged = await hub.asAdmin('POST', `/api/v1/customers/${one}/merge`, merge);
    const ids = async (search: string) => (await searched(search)).map(({ customerId }) => customerId);
    expect([await ids(one), await ids(other), await ids(other.toUpperCase())]).toEqual([[one], [one], [one]]);
    await hub.asAdmin('POST', `/api/v1/decisions/${merged.json<{ decisionId: number }>().decisionId}/undo`);
    expect(await ids(other)).toEqual([other]);
    expect(await ids('0d4f0d5e-7c1c-4b57-9a0e-2a3a1c0f4b5d')).toEqual([]);
  });

  it('shows every customer once, page by page', async () => {
    const first = await list('limit=2');
    const second = await list(`limit=2&cursor=${first.nextCursor}`);
    const ids = [...first.customers, ...second.customers].map(({ customerId }) => customerId);
    expect([ids.length, new Set(ids).size, second.nextCursor]).toEqual([4, 4, null]);
    const bad = await hub.asAdmin('GET', '/api/v1/customers?cursor=x&limit=0');
    expect(bad.problem().errors!.map(({ path }) => path)).toEqual(['cursor', 'limit']);
  });

  it('tells where a value is from, who holds it, and what happened', async () => {
    const [summary] = await searched('bea');
    const path = `/api/v1/customers/${summary!.customerId}`;
    await push(8, [{ id: 'S-3', given: 'Bea', family: 'Newname' }]);
    const customer = (await hub.asAdmin('GET', path)).json<Customer>();
    expect(customer).toMatchObject({ display: 'Bea Newname', state: 'live', version: 4 });
    expect(customer.values[0]).toMatchObject({
      attribute: 'name',
      from: { system: 'shop', sourceId: 'S-3', mappingVersion: 1 },
      held: false,
    });
    expect(customer.members[0]).toMatchObject({ sourceId: 'S-3', holds: [{ attribute: 'name', agrees: true }] });
    const { entries } = (await hub.asAdmin('GET', `${path}/history`)).json<{ entries: HistoryEntry[] }>();
    const told = entries.map(({ what }) => what);
    expect([told.slice(0, 2), told.slice(-2)]).toEqual([
      ['changed', 'pushed'],
      ['created', 'pushed'],
    ]);
    expect(entries[0]).toMatchObject({ was: 'Bea Brienne', now: 'Bea Newname' });
    expect(entries[0]!.text).toBe('Name changed because shop S-3 was pushed.');
  });

  it('tells what stood at any instant, and nothing before the customer was known', async () => {
    const [summary] = await searched('newname');
    const path = `/api/v1/customers/${summary!.customerId}`;
    const { entries } = (await hub.asAdmin('GET', `${path}/history`)).json<{ entries: HistoryEntry[] }>();
    const stood = async (at: string) => {
      const asOf = (await hub.asAdmin('GET', `${path}/as-of?at=${encodeURIComponent(at)}`)).json<CustomerAsOf>();
      return [asOf.version, ...asOf.values.map(({ display }) => display)];
    };
    const born = entries.find(({ what }) => what === 'created')!.at;
    expect(await stood(new Date(Date.parse(born) - 1).toISOString())).toEqual([null]);
    expect(await stood(born)).toEqual([1, 'Bea Brienne']);
    expect(await stood('2999-01-01T00:00:00+02:00')).toEqual([4, 'Bea Newname']);
    expect((await hub.asAdmin('GET', `${path}/as-of?at=yesterday`)).problem().code).toBe('invalid-request');
  });

  it('shows how each system sees a customer beside what it holds', async () => {
    await hub.aSystem('depot');
    const [summary] = await searched('jose');
    const path = `/api/v1/customers/${summary!.customerId}`;
    const views = async () => (await hub.asAdmin('GET', `${path}/views`)).json<CustomerViews>().views;
    const fieldOf = (system: string, at: string) => async () =>
      (await views()).find((view) => view.system === system)?.fields.find(({ path: field }) => field === at);
    expect(await fieldOf('depot', 'family')()).toMatchObject({ holds: null, view: "O'Brien", differs: true });
    expect(await fieldOf('shop', 'family')()).toMatchObject({ holds: "O'Brien", view: "O'Brien", differs: false });

    const pin = { attribute: 'name', value: { given: 'José', family: 'Brian' }, reason: 'asked on the phone' };
    const pinned = (await hub.asAdmin('POST', `${path}/pins`, pin)).json<{ decisionId: number }>();
    expect(await fieldOf('shop', 'family')()).toMatchObject({ label: 'Name', holds: "O'Brien", view: 'Brian' });
    expect(await views()).toMatchObject([
      { system: 'depot', recordId: null, sourceId: null },
      { system: 'shop', sourceId: 'S-1', exceptions: [] },
    ]);
    // Looking is no offer.
    const own = await hub.call('GET', '/api/v1/systems/shop/records/S-1', { token });
    expect(own.json()).toMatchObject({ lastOffer: null });
    await hub.asAdmin('POST', `/api/v1/decisions/${pinned.decisionId}/undo`);
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
    const answer = await hub.asAdmin('POST', '/api/v1/customers/search', { search: 'a\0b' });
    expect(answer.problem().code).toBe('invalid-request');
    expect((await hub.asAdmin('GET', '/api/v1/systems/a%00b/mapping')).problem().code).toBe('invalid-request');
  });
});
