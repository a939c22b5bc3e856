import { customer, errorCausePage, unknownCodes } from '@cinch/api-contract';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

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
