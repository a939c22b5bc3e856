import { customer, customerPage, errorCausePage, mappingCheck, unknownCodes } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';
import { Worker } from '../../pipeline/worker.ts';

interface ModelDocument {
  attributes: object[];
  codeSets: object[];
}
interface MappingShown {
  version: number;
  document: { attributes: object[]; crosswalks?: object };
}

let desk: StewardDesk;
beforeAll(async () => {
  desk = await StewardDesk.open();
  const { document } = (await desk.hub.asAdmin('GET', '/api/v1/canonical-model')).json<{ document: ModelDocument }>();
  document.attributes.push({ id: 'industry', number: 20, label: 'Industry', shape: 'code', codeSet: 'industry' });
  const codes = ['it Information technology', 'food Food', 'retail Retail'].map((text) => {
    const [code, ...label] = text.split(' ');
    return { code, label: label.join(' ') };
  });
  document.codeSets.push({ id: 'industry', label: 'Industry', codes });
  await desk.hub.asAdmin('PUT', '/api/v1/canonical-model', { document, reason: 'Companies have trades' });
  await change('adipose', (mapping) => {
    mapping.attributes.push({ attribute: 'industry', path: 'sector' });
  });
  await change('bellyfat', (mapping) => {
    mapping.crosswalks = { sectors: { set: 'industry', table: { '62': 'it', '10': 'food' } } };
    const steps = [{ step: 'crosswalk', crosswalk: 'sectors' }];
    mapping.attributes.push({ attribute: 'industry', path: 'nace', steps });
  });
});
afterAll(() => desk?.close());

const mappingOf = async (system: string) =>
  (await desk.hub.asAdmin('GET', `/api/v1/systems/${system}/mapping`)).json<MappingShown>();
async function change(system: string, by: (document: MappingShown['document']) => void): Promise<void> {
  const { document } = await mappingOf(system);
  by(document);
  const answer = await desk.hub.asAdmin('PUT', `/api/v1/systems/${system}/mapping`, { document });
  expect(answer.text, system).not.toContain('problem');
}
const person = (name: string) => ({ given: name, family: 'Moe', email: `${name}@example.com`, phone: '' });
const industryOf = async (key: string) => {
  const { values } = await desk.get(`/customers/${await desk.customerOf(key)}`, customer);
  return values.find(({ attribute }) => attribute === 'industry')?.display;
};
const at = '/systems/bellyfat/mapping/codes';
const unknown = () => desk.get(`${at}?path=nace`, unknownCodes);

it('reads a code by its own name, by its label, and by the codes of each system', async () => {
  await desk.push('adipose', 'A-1', { ...person('Ann'), sector: 'information technology' });
  await desk.push('bellyfat', 'b_1', { ...person('Bo'), nace: '10' });
  expect([await industryOf('A-1'), await industryOf('b_1')]).toEqual(['Information technology', 'Food']);
});

it('makes one fault of the unknown codes of a place, with each code and the records that wait for it', async () => {
  const rows = ['c', 'd', 'e'].map((name) => [`b_${name}`, { ...person(name), nace: name === 'e' ? '99' : '47' }]);
  await desk.pushAll('bellyfat', Object.fromEntries(rows) as Record<string, object>);
  const { causes } = await desk.get('/errors', errorCausePage);
  expect(causes.filter(({ code }) => code === 'unknown-code')).toMatchObject([{ path: 'nace', entries: 3 }]);
  expect(await unknown()).toMatchObject({
    set: 'industry',
    codes: [
      { native: '47', records: 2 },
      { native: '99', records: 1 },
    ],
    records: 3,
  });
});

it('is mended from the fault: the next version of the mapping, and what waited is read by itself', async () => {
  const before = (await mappingOf('bellyfat')).version;
  const ties = [{ native: '47', code: 'retail' }];
  expect((await desk.hub.asAdmin('POST', `/api/v1${at}`, { path: 'nace', ties })).status).toBe(200);
  const after = await mappingOf('bellyfat');
  expect(after.version).toBe(before + 1);
  expect(after.document.crosswalks).toMatchObject({ sectors: { table: { '62': 'it', '10': 'food', '47': 'retail' } } });
  await vi.waitFor(async () => expect(await industryOf('b_c')).toBe('Retail'), { timeout: 20_000 });
  await vi.waitFor(async () => expect(await unknown()).toMatchObject({ codes: [{ native: '99' }] }), {
    timeout: 20_000,
  });
});

it('is refused for what the set does not have, for a place without codes, and from whoever may not publish', async () => {
  const tie = (path: string, code: string) =>
    desk.hub.asAdmin('POST', `/api/v1${at}`, { path, ties: [{ native: '99', code }] });
  expect((await tie('nace', 'mining')).problem()).toMatchObject({
    code: 'mapping-invalid',
    errors: [{ code: 'no-such-code' }],
  });
  expect((await tie('family', 'it')).problem().code).toBe('not-found');
  const asSystem = await desk.asSystem('POST', 'bellyfat', 'mapping/codes', {
    path: 'nace',
    ties: [{ native: '99', code: 'it' }],
  });
  expect(asSystem.status).toBe(403);
});

it('writes a value of another system by the codes of this one', async () => {
  await desk.push('adipose', 'A-2', { ...person('Fay'), sector: 'food' });
  await desk.push('bellyfat', 'b_2', { ...person('Fay'), nace: '' });
  const views = await desk.hub.asAdmin('GET', `/api/v1/customers/${await desk.customerOf('b_2')}/views`);
  expect(views.text).toMatch(/nace.{0,80}"10"/);
});

const table = (codes: Record<string, string>) => [{ step: 'codes', table: codes }];
const document = {
  format: 1,
  system: 'mill',
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
  beforeAll(async () => {
    const token = await desk.hub.aSystem('mill', document);
    const row = (n: number, more: object) => ({
      type: 'P',
      given: ['Ann', 'Bob', 'Cid', 'Dee'][n],
      family: ['Aumont', 'Brinkley', 'Cazorla', 'Dreyer'][n],
      place: { street: `Elm ${n}`, land: 'D' },
      phones: [{ live: true, use: 'h', no: `+1202555010${n}` }],
      ...more,
    });
    const rows = {
      'm-0': row(0, { place: { street: 'Elm 0', land: 'A' } }),
      'm-1': row(1, {
        phones: [
          { live: true, use: 'w', no: '+12025550101' },
          { live: false, use: 'x', no: '+12025550109' },
        ],
      }),
      'm-2': row(2, { type: 'Q' }),
      'm-3': row(3, { type: 'Q' }),
    };
    const lines = Object.entries(rows).map(([id, data]) => ({ id, version: 1, data: { id, ...data } }));
    await desk.hub.call('POST', '/api/v1/systems/mill/records', { token, body: lines });
    await desk.hub.hub.app.get(Worker).drained();
  });
  const codesAt = '/systems/mill/mapping/codes';
  const unknownAt = (path: string) => desk.get(`${codesAt}?path=${path}`, unknownCodes);
  const tie = async (path: string, native: string, code: string) => {
    const ties = [{ native, code }];
    const answer = await desk.hub.asAdmin('POST', `/api/v1${codesAt}`, { path, ties });
    const { count } = answer.status === 409 ? answer.problem() : {};
    const last =
      answer.status === 409 ? await desk.hub.asAdmin('POST', `/api/v1${codesAt}`, { path, ties, count }) : answer;
    return last.status;
  };
  const displayed = async (sourceId: string) =>
    (await desk.get(`/customers/${await desk.customerOf(sourceId)}`, customer)).values.map(({ display }) => display);
  const comesTo = (sourceId: string, display: string) =>
    vi.waitFor(async () => expect(await displayed(sourceId)).toContain(display), { timeout: 20_000 });

  it('are one fault a place, each with its codes and the records that wait', async () => {
    const { causes } = await desk.get('/errors', errorCausePage);
    const told = causes
      .filter(({ system, code }) => system === 'mill' && code === 'unknown-code')
      .map(({ kind, path, entries }) => [kind, path, entries]);
    expect(told.toSorted()).toEqual([
      ['field', 'phones.use', 1],
      ['field', 'place.land', 1],
      ['line', 'type', 2],
    ]);
    expect(await unknownAt('place.land')).toMatchObject({ codes: [{ native: 'A', records: 1 }], records: 1 });
    expect(await unknownAt('phones.use')).toMatchObject({ codes: [{ native: 'w', records: 1 }], records: 1 });
    expect(await unknownAt('type')).toMatchObject({
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
    const answer = await desk.hub.asAdmin('POST', '/api/v1/systems/mill/mapping/check', { document, samples });
    const found = mappingCheck.parse(answer.json()).unknownCodes.map(({ path, value }) => `${path} ${String(value)}`);
    expect(found.toSorted()).toEqual(['phones.use w', 'place.land A', 'type Q']);
  });

  it('of a group: tied, the address is read by itself', async () => {
    expect(await tie('place.land', 'A', 'AT')).toBe(200);
    await comesTo('m-0', 'Elm 0, AT');
  });

  it('of an item: tied, the item is read by itself', async () => {
    expect(await tie('phones.use', 'w', 'work')).toBe(200);
    await comesTo('m-1', '+1 202-555-0101 (work)');
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
    const { document: mapping } = (await desk.hub.asAdmin('GET', '/api/v1/systems/mill/mapping')).json<{
      document: { kind: object };
    }>();
    expect(mapping.kind).toMatchObject({ codes: { P: 'person', Q: 'person' }, writeAs: { person: 'P' } });
    const { causes } = await desk.get('/errors', errorCausePage);
    expect(causes.filter(({ system, kind }) => system === 'mill' && kind === 'line')).toEqual([]);
  });
});
