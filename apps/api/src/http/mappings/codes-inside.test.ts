import { customer, customerPage, errorCausePage, mappingCheck, unknownCodes } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

const table = (codes: Record<string, string>) => [{ step: 'codes', table: codes }];
const document = {
  format: 1,
  system: 'bellyfat',
  key: { path: 'id' },
  kind: { path: 'type', codes: { P: 'person' } },
  attributes: [
    { attribute: 'name', members: { given: { path: 'given' }, family: { path: 'family' } } },
    {
      attribute: 'address.primary',
      members: {
        lines: { paths: ['place.street'] },
        country: { path: 'place.land', steps: table({ D: 'DE' }) },
      },
    },
  ],
  lists: [
    {
      list: 'phones',
      path: 'phones',
      where: { live: true },
      members: { use: { path: 'use', steps: table({ h: 'home' }) }, number: { path: 'no' } },
    },
  ],
};

describe('codes that a mapping does not know within groups, items and the kind', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    await desk.hub.putSeen('/api/v1/systems/bellyfat/mapping', { document });
    const row = (n: number, more: object) => ({
      type: 'P',
      given: ['Ann', 'Bob', 'Cid', 'Dee'][n],
      family: ['Aumont', 'Brinkley', 'Cazorla', 'Dreyer'][n],
      place: { street: `Elm ${n}`, land: 'D' },
      phones: [{ live: true, use: 'h', no: `+1202555010${n}` }],
      ...more,
    });
    await desk.pushAll('bellyfat', {
      b_0: row(0, { place: { street: 'Elm 0', land: 'A' } }),
      b_1: row(1, {
        phones: [
          { live: true, use: 'w', no: '+12025550101' },
          { live: false, use: 'x', no: '+12025550109' },
        ],
      }),
      b_2: row(2, { type: 'Q' }),
      b_3: row(3, { type: 'Q' }),
    });
  });
  afterAll(() => desk?.close());

  const at = '/systems/bellyfat/mapping/codes';
  const unknown = (path: string) => desk.get(`${at}?path=${path}`, unknownCodes);
  const tie = async (path: string, native: string, code: string) => {
    const ties = [{ native, code }];
    const answer = await desk.hub.asAdmin('POST', `/api/v1${at}`, { path, ties });
    const { count } = answer.status === 409 ? answer.problem() : {};
    const last = answer.status === 409 ? await desk.hub.asAdmin('POST', `/api/v1${at}`, { path, ties, count }) : answer;
    return last.status;
  };
  const displayed = async (sourceId: string) =>
    (await desk.get(`/customers/${await desk.customerOf(sourceId)}`, customer)).values.map(({ display }) => display);
  const comesTo = (sourceId: string, display: string) =>
    vi.waitFor(async () => expect(await displayed(sourceId)).toContain(display), { timeout: 20_000 });

  it('are one fault a place, each with its codes and the records that wait', async () => {
    const { causes } = await desk.get('/errors', errorCausePage);
    const told = causes
      .filter(({ code }) => code === 'unknown-code')
      .map(({ kind, path, entries }) => [kind, path, entries]);
    expect(told.toSorted()).toEqual([
      ['field', 'phones.use', 1],
      ['field', 'place.land', 1],
      ['line', 'type', 2],
    ]);
    expect(await unknown('place.land')).toMatchObject({ codes: [{ native: 'A', records: 1 }], records: 1 });
    expect(await unknown('phones.use')).toMatchObject({ codes: [{ native: 'w', records: 1 }], records: 1 });
    expect(await unknown('type')).toMatchObject({
      offered: [{ code: 'person' }, { code: 'organization' }],
      codes: [{ native: 'Q', records: 2 }],
      records: 2,
    });
  });

  it('are told with the codes themselves where a mapping is checked on samples', async () => {
    const samples = [
      { id: '1', type: 'Q' },
      { id: '2', type: 'P', place: { land: 'A' }, phones: [{ live: true, use: 'w', no: '+12025550101' }] },
    ];
    const answer = await desk.hub.asAdmin('POST', '/api/v1/systems/bellyfat/mapping/check', { document, samples });
    const found = mappingCheck.parse(answer.json()).unknownCodes.map(({ path, value }) => `${path} ${String(value)}`);
    expect(found.toSorted()).toEqual(['phones.use w', 'place.land A', 'type Q']);
  });

  it('of a group: tied, the address is read by itself', async () => {
    expect(await tie('place.land', 'A', 'AT')).toBe(200);
    await comesTo('b_0', 'Elm 0, AT');
  });

  it('of an item: tied, the item is read by itself', async () => {
    expect(await tie('phones.use', 'w', 'work')).toBe(200);
    await comesTo('b_1', '+1 202-555-0101 (work)');
  });

  it('of the kind: tied, the records that were not taken are taken by themselves, and the kind is written as before', async () => {
    expect(await tie('type', 'Q', 'person')).toBe(200);
    await vi.waitFor(
      async () => {
        const { customers } = await desk.get('/customers?limit=100', customerPage);
        expect(customers.map(({ display }) => display)).toEqual(expect.arrayContaining(['Cid Cazorla', 'Dee Dreyer']));
      },
      { timeout: 20_000 },
    );
    const { document: mapping } = (await desk.hub.asAdmin('GET', '/api/v1/systems/bellyfat/mapping')).json<{
      document: { kind: object };
    }>();
    expect(mapping.kind).toMatchObject({ codes: { P: 'person', Q: 'person' }, writeAs: { person: 'P' } });
    const { causes } = await desk.get('/errors', errorCausePage);
    expect(causes.filter(({ kind }) => kind === 'line')).toEqual([]);
  });
});
