import {
  attributeUsage,
  canonicalModelVersionList,
  customer,
  customerAsOf,
  customerHistory,
  publishedCanonicalModel,
  reach,
  ruleSubjectList,
  shapeList,
} from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

const path = '/canonical-model';
interface Document {
  attributes: { id: string; retired?: boolean }[];
}

describe('the canonical model', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    const row = { given: 'Kim', family: 'Moe', email: 'kim@example.com', phone: '+12025550151' };
    await desk.push('bellyfat', 'k_1', row);
    await desk.push('adipose', 'K-1', row);
  });
  afterAll(() => desk?.close());

  const inForce = () => desk.get(path, publishedCanonicalModel);
  const changed = async (change: (document: Document) => void) => {
    const document = structuredClone((await inForce()).document) as unknown as Document;
    change(document);
    return document;
  };
  const put = async (document: unknown, more: object = {}) =>
    desk.hub.asAdmin('PUT', `/api/v1${path}`, { document, reason: 'Our customers have trades', ...more });
  const retired = (id: string, isRetired: boolean) =>
    changed((document) => void (document.attributes.find((one) => one.id === id)!.retired = isRetired));
  const valueOf = async (attribute: string) => {
    const { values } = await desk.get(`/customers/${await desk.customerOf('K-1')}`, customer);
    return values.find((value) => value.attribute === attribute)?.display;
  };

  /** All is worked out again behind the answer. */
  const comesTo = (display: string | undefined) =>
    vi.waitFor(async () => expect(await valueOf('occupation')).toBe(display), { timeout: 20_000 });

  it('is the one that ships until somebody publishes another', async () => {
    expect(await inForce()).toMatchObject({ version: 0, publishedBy: null });
  });

  it('has every mistake of a draft told at once, and is refused with all of them', async () => {
    const draft = await changed((document) => {
      document.attributes.pop();
      Object.assign(document.attributes[1]!, { shape: 'text', label: '' });
    });
    const checked = await desk.hub.asAdmin('POST', `/api/v1${path}/check`, { document: draft });
    const { problems } = checked.json<{ problems: { path: string }[] }>();
    expect(problems.map((one) => one.path)).toEqual(['/attributes/1/label']);
    const refused = await put(draft);
    expect([refused.status, refused.problem().code]).toEqual([422, 'canonical-model-invalid']);
    expect((await inForce()).version).toBe(0);
  });

  it('takes a trade that an admin adds: mapped, pushed, shown and pinned, without a restart', async () => {
    const occupation = { id: 'occupation', number: 20, label: 'Occupation', shape: 'text' };
    const draft = await changed((document) => void document.attributes.push(occupation));
    expect((await put(draft, { baseVersion: 0 })).status).toBe(200);
    const { subjects } = await desk.get('/rules/survivorship/attributes', ruleSubjectList);
    expect(subjects).toContainEqual(expect.objectContaining({ attribute: 'occupation', label: 'Occupation' }));

    for (const system of ['adipose', 'bellyfat']) {
      const mapping = (await desk.hub.asAdmin('GET', `/api/v1/systems/${system}/mapping`)).json<{
        document: { attributes: object[] };
      }>();
      const document = mapping.document;
      document.attributes.push({ attribute: 'occupation', path: 'trade' });
      expect((await desk.hub.asAdmin('PUT', `/api/v1/systems/${system}/mapping`, { document })).status).toBe(200);
    }
    const row = { given: 'Kim', family: 'Moe', email: 'kim@example.com', phone: '+12025550151' };
    await desk.push('adipose', 'K-1', { ...row, trade: 'Baker' });
    expect(await valueOf('occupation')).toBe('Baker');
    const at = await desk.customerOf('K-1');
    const pin = { attribute: 'occupation', value: 'Pastry cook', reason: 'She told us' };
    expect((await desk.hub.asAdmin('POST', `/api/v1/customers/${at}/pins`, pin)).status).toBe(201);
    await comesTo('Pastry cook');
  });

  it('shows what retiring takes along, lets it go, and brings it back with the pin', async () => {
    expect(await desk.get(`${path}/usage/occupation`, attributeUsage)).toEqual({
      mappings: ['adipose', 'bellyfat'],
      scopes: [],
      rule: false,
      customers: 1,
      conflicts: 0,
      pins: 1,
    });
    const draft = await retired('occupation', true);
    const foreseen = await desk.hub.asAdmin('POST', `/api/v1${path}/preview`, { document: draft });
    expect(reach.parse(foreseen.json())).toMatchObject({
      count: 1,
      attributes: [{ attribute: 'occupation', changed: 1 }],
    });
    expect((await put(draft)).status).toBe(200);
    await comesTo(undefined);

    expect((await put(await retired('occupation', false))).status).toBe(200);
    await comesTo('Pastry cook');
  });

  it('tells of each attribute and list who names it, and of none that there is not', async () => {
    const scope = { create: { attribute: 'consent.marketing', is: 'yes' }, keep: 'everybody' };
    await desk.hub.asAdmin('PUT', '/api/v1/systems/bellyfat/scope', { scope });
    const usage = (id: string) => desk.get(`${path}/usage/${id}`, attributeUsage);
    expect(await usage('consent.marketing')).toMatchObject({ scopes: ['bellyfat'] });
    expect(await usage('name')).toMatchObject({ mappings: ['adipose', 'bellyfat'], customers: 1 });
    expect(await usage('products')).toMatchObject({ rule: true, customers: 0 });
    expect((await desk.hub.asAdmin('GET', `/api/v1${path}/usage/hat`)).problem().code).toBe('not-found');
  });

  it('lists what an attribute can be, and what it can then tell matching', async () => {
    const { shapes, roles } = await desk.get(`${path}/shapes`, shapeList);
    expect(shapes.find(({ shape }) => shape === 'identifier')).toMatchObject({
      roles: ['identifier', 'exclusiveIdentifier'],
      mayBeOfAccount: false,
    });
    expect(roles.map(({ role }) => role)).toContain('trait');
  });

  it('goes back a version without forgetting what was added since', async () => {
    const { versions } = await desk.get(`${path}/versions`, canonicalModelVersionList);
    expect(versions.map((one) => [one.version, one.inForce])).toEqual([
      [3, true],
      [2, false],
      [1, false],
      [0, false],
    ]);
    const first = await desk.get(`${path}/versions/0`, publishedCanonicalModel);
    const refused = await put(first.document);
    expect(refused.problem().errors).toMatchObject([{ path: '/attributes', code: 'taken-out' }]);
  });

  it('is not published over a version that its publisher has not seen', async () => {
    const answer = await put((await inForce()).document, { baseVersion: 1 });
    expect([answer.status, answer.problem().code]).toEqual([409, 'version-changed']);
  });

  it('calls things in the history as they were called then, and by their new names from then on', async () => {
    const at = await desk.customerOf('K-1');
    const before = new Date().toISOString();
    const renamed = await changed((document) => {
      Object.assign(
        document.attributes.find(({ id }) => id === 'occupation')!,
        { label: 'Trade' },
      );
    });
    expect((await put(renamed)).status).toBe(200);
    const pin = { attribute: 'occupation', value: 'Miller', reason: 'She told us' };
    const seen = await desk.hub.asAdmin('POST', `/api/v1/customers/${at}/pins`, pin);
    const [standing] = (seen.problem().errors ?? []).map(({ path }) => Number(/\d+/.exec(path)?.[0]));
    expect([seen.status, standing]).toEqual([409, expect.any(Number)]);
    await desk.hub.asAdmin('POST', `/api/v1/customers/${at}/pins`, { ...pin, replaces: [standing] });
    await comesTo('Miller');
    const { entries } = await desk.get(`/customers/${at}/history`, customerHistory);
    const told = entries.filter(({ attribute }) => attribute === 'occupation').map(({ text }) => text);
    expect(told.find((text) => text.includes('Pastry cook'))).toContain('pinned Occupation to');
    expect(told.find((text) => text.includes('Miller'))).toContain('pinned Trade to');
    expect(told.findLast((text) => text.includes('changed because'))).toMatch(/^Occupation changed/);
    const labelAt = async (instant: string) => {
      const { values } = await desk.get(`/customers/${at}/as-of?at=${encodeURIComponent(instant)}`, customerAsOf);
      return values.find(({ attribute }) => attribute === 'occupation')?.label;
    };
    expect([await labelAt(before), await labelAt(new Date().toISOString())]).toEqual(['Occupation', 'Trade']);
  });

  it('does not make an attribute that is added lack a rule', async () => {
    const money = { id: 'balance', number: 21, label: 'Balance', shape: 'money', level: 'account' };
    expect((await put(await changed((document) => void document.attributes.push(money)))).status).toBe(200);
    const { subjects } = await desk.get('/rules/survivorship/attributes', ruleSubjectList);
    expect(subjects.find(({ attribute }) => attribute === 'balance')).toMatchObject({ kind: 'account' });
    expect(await valueOf('name')).toBe('Kim Moe');
  });
});
