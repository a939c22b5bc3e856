import {
  auditPage,
  customer,
  masked,
  ownView,
  revealed,
  routes,
  type Caller,
  type CustomerPage,
  type RouteName,
} from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Answer } from '../../../test/listening-hub.ts';
import { aPerson, type TestPerson } from '../../../test/people.ts';
import { planted, PlantedDesk } from '../../../test/planted-desk.ts';
import { isAmong, routeNames } from '../access/rights.ts';

/** It has no end, and tells what has changed, not to what. */
const endless = 'GET /api/v1/live';

/** Where the planted values lie: whoever may see all sees them there, so that the walk proves something. */
const holding: readonly RouteName[] = [
  'GET /api/v1/customers/:customerId',
  'GET /api/v1/customers/:customerId/history',
  'GET /api/v1/customers/:customerId/views',
  'GET /api/v1/customers/:customerId/as-of',
  'GET /api/v1/customers/:customerId/decisions',
  'GET /api/v1/systems/:system/records/:sourceId',
  'GET /api/v1/systems/:system/records/:sourceId/timeline',
  'GET /api/v1/systems/:system/mapping/codes',
  'GET /api/v1/pins',
  'GET /api/v1/change-requests',
  'GET /api/v1/holds',
  'GET /api/v1/holds/:holdId',
  'GET /api/v1/match-reviews/:one/:other',
  'GET /api/v1/conflicts',
  'GET /api/v1/conflicts/:conflictId',
  'GET /api/v1/refreshes/:runId/items',
  'GET /api/v1/errors/entries/:errorId',
];

describe('values that a reader may not see', () => {
  let there: PlantedDesk;
  let people: Record<'auditor' | 'steward' | 'admin', TestPerson>;
  beforeAll(async () => {
    there = await PlantedDesk.open();
    const { hub } = there.desk;
    const [auditor, steward, admin] = await Promise.all([
      aPerson(hub, 'auditor'),
      aPerson(hub, 'steward'),
      aPerson(hub, 'admin', 'Second Admin'),
    ]);
    people = { auditor, steward, admin };
  }, 60_000);
  afterAll(() => there?.close());

  /** Every address of a route that something on the desk stands under. */
  const addressesOf = (route: RouteName): string[] => {
    const values: Record<string, readonly (string | number)[]> = {
      customerId: there.customers,
      system: ['adipose'],
      sourceId: ['P-0', 'P-2', 'P-3'],
      conflictId: [there.conflictId],
      holdId: [there.holdId],
      errorId: [there.errorId],
      replayId: [there.replayId],
      runId: [there.runId],
      batchId: [1],
      loadId: [there.loadId],
      version: [0, 1],
      attribute: ['occupation'],
      one: [there.records[0]!],
      other: [there.records[1]!],
    };
    const all = route
      .slice('GET '.length)
      .split(/:(\w+)/)
      .reduce<string[]>(
        (made, part, place) =>
          place % 2 === 0
            ? made.map((start) => start + part)
            : made.flatMap((start) => (values[part] ?? ['x']).map((value) => start + String(value))),
        [''],
      );
    const query: Partial<Record<RouteName, string>> = {
      'GET /api/v1/customers/:customerId/as-of': `?at=${new Date(Date.now() + 60_000).toISOString()}`,
      'GET /api/v1/records': '?state=old',
      'GET /api/v1/systems/:system/mapping/codes': '?path=tier',
    };
    return all.map((address) => address + (query[route] ?? ''));
  };

  const read = (who: Caller) => routeNames.filter((name) => name.startsWith('GET ') && name !== endless && isAmong(routes[name].who, who)); // prettier-ignore

  it.each(['auditor', 'automation'] as const)(
    'every route that they may lie under, as the %s reads it',
    async (who) => {
      const call = (path: string): Promise<Answer> =>
        who === 'automation' ? there.desk.hub.asAdmin('GET', path) : people[who].call('GET', path);
      const found = new Set<RouteName>();
      const unread: RouteName[] = [];
      for (const route of who === 'auditor' ? read(who) : holding) {
        const answers = await Promise.all(addressesOf(route).map(call));
        if (!answers.some(({ status }) => status === 200)) unread.push(route);
        for (const { status, text } of answers) {
          expect(status, `${route}: ${text.slice(0, 300)}`).toBeLessThan(500);
          if (planted.test(text)) found.add(route);
        }
      }
      expect(unread).toEqual([]);
      expect([...found].toSorted()).toEqual(who === 'auditor' ? [] : holding.toSorted());
    },
  );

  it('are not found by searching either, nor by how many there are', async () => {
    const search = async (person: TestPerson, text: string) =>
      (await person.call('POST', '/api/v1/customers/search', { search: text, limit: 1 })).json<CustomerPage>();
    expect((await search(people.steward, 'zyx-1')).customers).toHaveLength(1);
    expect((await search(people.steward, 'zyx')).nextCursor).not.toBeNull();
    expect(await search(people.auditor, 'zyx')).toEqual({ customers: [], nextCursor: null });
    expect((await search(people.auditor, 'aumont')).customers).toHaveLength(1);
    const item = `/api/v1/conflicts?attribute=${encodeURIComponent('clubs:["Zyxclub 0"]')}`;
    expect([(await people.auditor.call('GET', item)).status, (await people.steward.call('GET', item)).status]).toEqual([
      400, 200,
    ]);
  });

  it('stay where they are: which attributes there are, where from and why is told', async () => {
    const { values, members } = customer.parse(
      (await people.auditor.call('GET', `/api/v1/customers/${there.customers[0]}`)).json(),
    );
    const one = values.find(({ attribute }) => attribute === 'occupation')!;
    expect(one).toMatchObject({ label: 'occupation', display: masked, value: masked, held: true });
    expect(['adipose', 'bellyfat']).toContain(one.from.system);
    expect(values.find(({ attribute }) => attribute === 'name')!.display).toBe('Odile Aumont');
    expect(values.filter(({ attribute }) => attribute.startsWith('clubs:')).map((item) => item.attribute)).toEqual([
      'clubs:["••• 1"]',
    ]);
    expect(members[0]!.holds.map(({ attribute }) => attribute)).toContain('clubs:["••• 1"]');
  });

  it('a steward reveals one that is confidential; the audit says who, which and when, and not what', async () => {
    const id = there.customers[2]!;
    const address = `/api/v1/customers/${id}`;
    const shown = customer.parse((await people.steward.call('GET', address)).json());
    const displayOf = (attribute: string) => shown.values.find((value) => value.attribute === attribute)!.display;
    expect([displayOf('employer'), displayOf('occupation')]).toEqual([masked, 'Zyxbaker 2']);
    const answer = await people.steward.call('POST', `${address}/reveal`, { attribute: 'employer' });
    const { golden, said } = revealed.parse(answer.json());
    expect(golden.map(({ display }) => display)).toEqual(['Zyxworks 2']);
    expect(said.map(({ system, display }) => `${system} ${display}`)).toContain('bellyfat Zyxmills');
    const audit = await there.desk.hub.asAdmin('GET', '/api/v1/audit?limit=1');
    expect(auditPage.parse(audit.json()).entries).toMatchObject([
      { actor: people.steward.email, act: 'value revealed', subject: `employer of customer ${id}` },
    ]);
    expect(audit.text).not.toMatch(planted);
  });

  it('reveals nothing to who may not see it, nor what there is not', async () => {
    const reveal = (person: TestPerson, attribute: string, id = there.customers[2]!) =>
      person.call('POST', `/api/v1/customers/${id}/reveal`, { attribute });
    expect((await reveal(people.auditor, 'employer')).problem().code).toBe('not-allowed');
    expect((await reveal(people.steward, 'nothing')).problem().code).toBe('invalid-request');
    expect((await reveal(people.steward, 'employer', crypto.randomUUID())).problem().code).toBe('not-found');
    expect((await reveal(people.admin, 'clubs')).json<{ golden: object[] }>().golden).toHaveLength(1);
  });

  it('the sign of a masked value is not pinned in its place', async () => {
    const pin = (attribute: string, value: unknown) =>
      people.admin.call('POST', `/api/v1/customers/${there.customers[0]}/pins`, { attribute, value, reason: 'a slip' });
    for (const answer of [await pin('employer', masked), await pin('clubs:["••• 1"]', null)])
      expect(answer.problem()).toMatchObject({ code: 'invalid-request', detail: expect.stringContaining('reveal it') });
  });

  it('are masked in refusals that tell the reach of an act, also for an admin', async () => {
    const { document } = (await people.admin.call('GET', '/api/v1/rules/survivorship')).json<{
      document: { attributes: object };
    }>();
    const employer = { strategy: 'owner', system: 'bellyfat' };
    const proposed = { ...document, attributes: { ...document.attributes, employer } };
    const call = (person: Pick<TestPerson, 'call'>) =>
      person.call('POST', '/api/v1/rules/survivorship/preview', { document: proposed });
    const asAutomation = { call: there.desk.hub.asAdmin.bind(there.desk.hub) };
    expect((await call(asAutomation)).text).toMatch(/Zyxmills/);
    const seen = await call(people.admin);
    expect(seen.text).toMatch(new RegExp(masked));
    expect(seen.text).not.toMatch(/Zyxmills|Zyxworks/);
  });

  it('are not masked for the systems that keep them', async () => {
    const view = await there.desk.asSystem('GET', 'adipose', 'customers/P-2');
    expect(ownView.parse(view.json()).fields).toMatchObject({ firm: 'Zyxworks 2' });
    expect((await there.desk.asSystem('GET', 'adipose', 'records/P-2/timeline')).text).toMatch(planted);
  });

  it('follow the model in force: what is made personal is seen at once', async () => {
    const shown = async () => (await people.auditor.call('GET', `/api/v1/customers/${there.customers[3]}`)).text;
    expect(await shown()).not.toMatch(/Zyxpilot/);
    const { document } = (await there.desk.hub.asAdmin('GET', '/api/v1/canonical-model')).json<{
      document: { attributes: { id: string; sensitivity: string }[] };
    }>();
    document.attributes.find(({ id }) => id === 'occupation')!.sensitivity = 'personal';
    const put = await there.desk.hub.putSeen('/api/v1/canonical-model', { document, reason: 'Everybody knows it' });
    expect(put.status, put.text).toBe(200);
    expect(await shown()).toMatch(/Zyxpilot/);
    expect(await shown()).not.toMatch(/Zyxworks|ZYX-/);
  });
});
