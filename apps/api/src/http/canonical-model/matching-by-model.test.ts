import { reach } from '@cinch/api-contract';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

interface Entry {
  id: string;
  matching?: string;
}

let desk: StewardDesk;
beforeAll(async () => {
  desk = await StewardDesk.open();
});
afterAll(() => desk?.close());

const path = '/api/v1/canonical-model';
const changed = async (change: (attributes: Entry[]) => void) => {
  const { document } = (await desk.hub.asAdmin('GET', path)).json<{ document: { attributes: Entry[] } }>();
  change(document.attributes);
  return document;
};
const put = (document: object, more: object = {}) =>
  desk.hub.asAdmin('PUT', path, { document, reason: 'Companies have numbers', ...more });

it('counts who becomes one by another role of an attribute before that is published, and makes them one after', async () => {
  const taxNumber = { id: 'taxNumber', number: 20, label: 'Tax number', shape: 'identifier' };
  expect((await put(await changed((attributes) => void attributes.push(taxNumber)))).status).toBe(200);
  for (const system of ['adipose', 'bellyfat']) {
    const at = `/api/v1/systems/${system}/mapping`;
    const { document } = (await desk.hub.asAdmin('GET', at)).json<{ document: { attributes: object[] } }>();
    document.attributes.push({ attribute: 'taxNumber', path: 'tax_no' });
    expect((await desk.hub.asAdmin('PUT', at, { document })).status).toBe(200);
  }
  const row = { given: 'Kim', family: 'Moe', email: '', phone: '' };
  await desk.push('bellyfat', 'k_1', { ...row, tax_no: '12/345/67890' });
  await desk.push('adipose', 'K-1', { ...row, tax_no: '12/345/67890' });
  const customers = () => Promise.all([desk.customerOf('k_1'), desk.customerOf('K-1')]);
  expect(new Set(await customers()).size).toBe(2);

  const draft = await changed((attributes) => {
    attributes.find(({ id }) => id === 'taxNumber')!.matching = 'exclusiveIdentifier';
  });
  const foreseen = reach.parse((await desk.hub.asAdmin('POST', `${path}/preview`, { document: draft })).json());
  expect(foreseen).toMatchObject({ ended: 1 });
  expect((await put(draft, { count: foreseen.count })).status).toBe(200);
  await vi.waitFor(async () => expect(new Set(await customers()).size).toBe(1), { timeout: 20_000 });
});
