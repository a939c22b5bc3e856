import { customer, customerHistory, ruleSubjectList, rulesPreview, survivorshipRules } from '@cinch/api-contract';
import { shippedRules } from '@cinch/canonical-model';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

const path = '/rules/survivorship';

describe('the rules of survivorship', () => {
  let desk: StewardDesk;
  let id: string;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    const row = { given: 'Kim', family: 'Moe', email: 'kim@example.com' };
    await desk.push('bellyfat', 'k_1', { ...row, phone: '+12025550151' });
    await desk.push('adipose', 'K-1', { ...row, phone: '+12025550152' });
    await desk.push('adipose', 'K-2', { given: 'Lou', family: 'Nye', phone: '+12025550153' });
    id = await desk.customerOf('K-1');
  });
  afterAll(() => desk?.close());

  const bellyfatFirst = {
    ...shippedRules,
    attributes: {
      ...shippedRules.attributes,
      'phone.primary': { strategy: 'source-priority', order: ['bellyfat', 'adipose'] },
    },
  };
  const put = (document: unknown) =>
    desk.hub.asAdmin('PUT', `/api/v1${path}`, { document, reason: 'BellyFat calls its customers' });
  const phone = async () =>
    (await desk.get(`/customers/${id}`, customer)).values.find((value) => value.attribute === 'phone.primary');

  it('are those that ship until somebody publishes others', async () => {
    const shipped = await desk.get(path, survivorshipRules);
    expect(shipped).toMatchObject({ version: 0, publishedBy: null, document: shippedRules });
  });

  it('are for attributes and lists, each with the strategies that fit it', async () => {
    const { subjects } = await desk.get(`${path}/attributes`, ruleSubjectList);
    expect(subjects).toContainEqual({
      attribute: 'points',
      label: 'Points',
      kind: 'account',
      strategies: ['minimum', 'maximum', 'sum'],
    });
    expect(subjects).toContainEqual({ attribute: 'rights', label: 'Rights', kind: 'list', strategies: ['union'] });
    expect(subjects.find(({ attribute }) => attribute === 'name')).toMatchObject({ kind: 'value' });
  });

  it('are refused as a whole with every mistake in its place', async () => {
    const answer = await put({
      ...shippedRules,
      default: { strategy: 'coin-flip' },
      attributes: { ...shippedRules.attributes, lifetimeSpend: { strategy: 'longest' } },
    });
    expect([answer.status, answer.problem().code]).toEqual([422, 'rules-invalid']);
    expect(answer.problem().errors!.map((error) => error.path)).toEqual([
      '/default/strategy',
      '/attributes/lifetimeSpend/strategy',
    ]);
    expect((await desk.get(path, survivorshipRules)).version).toBe(0);
    expect((await desk.post(`${path}/preview`, { document: {} })).problem().code).toBe('rules-invalid');
  });

  it('show what they would change before they are published, and change nothing by that', async () => {
    const preview = rulesPreview.parse((await desk.post(`${path}/preview`, { document: bellyfatFirst })).json());
    expect(preview).toEqual({
      version: 0,
      reach: {
        count: 1,
        customers: 2,
        begun: 0,
        ended: 0,
        attributes: [{ attribute: 'phone.primary', label: 'Phone', changed: 1, opened: 0, closed: 0, delivered: 0 }],
        systems: [
          {
            system: 'adipose',
            rows: 1,
            made: 0,
            surplus: 0,
            attributes: [{ attribute: 'phone.primary', label: 'Phone', rows: 1 }],
          },
        ],
        examples: [
          {
            customerId: id,
            customer: 'Kim Moe',
            changes: [
              { attribute: 'phone.primary', label: 'Phone', before: '+1 202-555-0152', after: '+1 202-555-0151' },
            ],
            rows: [
              {
                system: 'adipose',
                sourceId: 'K-1',
                fields: [{ path: 'phone', from: '+12025550152', to: '+12025550151' }],
              },
            ],
          },
        ],
      },
    });
    expect((await phone())!.value).toBe('+12025550152');
  });

  it('work every customer out again when they are published, and tell its history why', async () => {
    const published = survivorshipRules.parse((await put(bellyfatFirst)).json());
    expect(published).toMatchObject({ version: 1, reason: 'BellyFat calls its customers', publishedBy: 'admin token' });
    await vi.waitFor(async () => expect(await phone()).toMatchObject({ value: '+12025550151' }), { timeout: 10_000 });
    expect((await phone())!.flip).toMatch(/stands higher in the order/);
    const { entries } = await desk.get(`/customers/${id}/history`, customerHistory);
    expect(entries[0]).toMatchObject({
      text: 'Phone changed because admin token published the rules of version 1.',
      was: '+1 202-555-0152',
      now: '+1 202-555-0151',
      reason: 'BellyFat calls its customers',
    });
    const again = rulesPreview.parse((await desk.post(`${path}/preview`, { document: bellyfatFirst })).json());
    expect(again).toMatchObject({ version: 1, reach: { count: 0, examples: [] } });
  });

  it('are tried on every customer of a population that is read in pages', async () => {
    const rows = (area: number) =>
      Array.from({ length: 450 }, (_, index) => {
        const email = `n${index}@example.com`;
        return [`N-${index}`, { given: 'Ned', family: 'Odd', email, phone: `+1${area}555${1000 + index}` }];
      });
    await desk.pushAll('bellyfat', Object.fromEntries(rows(202)));
    await desk.pushAll('adipose', Object.fromEntries(rows(303)));
    const adiposeFirst = { strategy: 'source-priority', order: ['adipose', 'bellyfat'] };
    const document = { ...shippedRules, attributes: { ...shippedRules.attributes, 'phone.primary': adiposeFirst } };
    const preview = rulesPreview.parse((await desk.post(`${path}/preview`, { document })).json());
    expect(preview.reach).toMatchObject({ customers: 452, count: 451 });
    expect(preview.reach.systems).toMatchObject([{ system: 'bellyfat', rows: 451 }]);
    expect(preview.reach.examples).toHaveLength(10);
  });
});
