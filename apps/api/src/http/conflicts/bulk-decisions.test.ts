import { bulkDecisionPage, bulkMade, conflictPage, customer, decisionList, samePreview } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

const places = Array.from({ length: 8 }, (_, n) => n);
const families = ['Ahlborn', 'Brixton', 'Cordova', 'Delgado', 'Eastman', 'Fairfax', 'Galloway', 'Hathaway'];
const row = (n: number, phone: number) => ({
  given: 'Jo',
  family: families[n],
  email: `${families[n]}@example.com`,
  phone: `+1202555${String(1000 + 10 * n + phone)}`,
});

describe('the same answer to all that ask the same', () => {
  let desk: StewardDesk;
  /** Conflicts about the phone. */
  let asked: number[];
  beforeAll(async () => {
    desk = await StewardDesk.open();
    const all = (prefix: string, phone: number, which = places) =>
      Object.fromEntries(which.map((n) => [`${prefix}${n}`, row(n, phone)]));
    await desk.pushAll('adipose', all('A', 0));
    await desk.pushAll('bellyfat', all('B', 0));
    await desk.pushAll('adipose', all('A', 1));
    await desk.pushAll('bellyfat', all('B', 2));
    // One that asks about another attribute is not among them.
    await desk.push('adipose', 'A7', { ...row(7, 1), email: 'one@example.com' });
    await desk.push('bellyfat', 'B7', { ...row(7, 2), email: 'other@example.com' });
    const phones = (await open()).filter(({ attribute }) => attribute === 'phone.primary');
    asked = phones.map(({ conflictId }) => conflictId).sort((a, b) => a - b);
  });
  afterAll(() => desk?.close());

  const open = async () => (await desk.get('/conflicts?limit=200', conflictPage)).conflicts;
  const bulks = async () => (await desk.get('/bulk-decisions', bulkDecisionPage)).bulkDecisions;
  const phoneOf = async (n: number) =>
    (await desk.get(`/customers/${await desk.customerOf(`A${n}`)}`, customer)).values.find(
      ({ attribute }) => attribute === 'phone.primary',
    )!;
  const same = (path: string, body: object) => desk.post(`/conflicts/${asked[0]}/same${path}`, body);

  it('is seen before it acts: so many conflicts, golden values and rows; those that are taken out are not among them', async () => {
    const preview = samePreview.parse((await same('/preview', { system: 'bellyfat' })).json());
    expect(preview.conflicts).toBe(8);
    expect(preview.shown.map(({ conflictId }) => conflictId)).toEqual(asked);
    expect(preview.reach.attributes).toMatchObject([{ attribute: 'phone.primary', closed: 8 }]);
    expect(samePreview.parse((await same('/preview', { system: 'adipose', except: [asked[3]] })).json())).toMatchObject(
      {
        conflicts: 7,
      },
    );
    const equal = samePreview.parse((await same('/preview', { system: 'adipose', sameValues: true })).json());
    expect(equal.conflicts, 'of the very same values').toBe(1);
    expect((await open()).length, 'nothing was decided').toBe(9);
  });

  it('is given by whoever sends its number, as a choice of each customer, and waits for a refresh', async () => {
    const refused = await same('', { system: 'adipose', except: [asked[3]] });
    expect([refused.status, refused.problem().code]).toEqual([409, 'reach-unseen']);
    expect(refused.problem().detail).toContain('7 conflicts would be answered');
    const made = bulkMade.parse((await same('', { system: 'adipose', except: [asked[3]], count: 7 })).json());
    expect(made.conflicts).toBe(7);
    await expect
      .poll(async () => (await bulks())[0])
      .toMatchObject({ made: 7, waiting: 0, changed: 0, undoneBy: null });
    expect((await open()).map(({ attribute }) => attribute).sort()).toEqual(['email.primary', 'phone.primary']);
    expect(await phoneOf(0)).toMatchObject({ value: '+12025551001', rule: 'choice' });
    const { decisions } = await desk.get(`/customers/${await desk.customerOf('A0')}/decisions`, decisionList);
    expect(decisions[0]).toMatchObject({ words: 'Chose +1 202-555-1001 for Phone.', reason: 'asked on the phone' });
  });

  it('is undone as one; what a person undid or decided otherwise since stays as that is', async () => {
    const [bulk] = await bulks();
    const own = (await desk.get(`/customers/${await desk.customerOf('A1')}/decisions`, decisionList)).decisions[0]!;
    await desk.post(`/decisions/${own.decisionId}/undo`, {});
    expect((await desk.post(`/bulk-decisions/${bulk!.bulkId}/undo`, { reason: 'wrong list' })).status).toBe(204);
    await expect.poll(async () => (await bulks())[0]).toMatchObject({ made: 0, waiting: 0, undoneBy: 'admin token' });
    expect((await open()).filter(({ attribute }) => attribute === 'phone.primary')).toHaveLength(8);
    expect((await desk.post(`/bulk-decisions/${bulk!.bulkId}/undo`, {})).problem().code).toBe('not-found');
  });

  it('leaves to a person what is another question by the time it comes to it', async () => {
    asked = (await open()).filter(({ attribute }) => attribute === 'phone.primary').map(({ conflictId }) => conflictId);
    for (const path of ['', '/preview'])
      expect((await desk.post(`/conflicts/999999/same${path}`, { system: 'bellyfat' })).problem().code).toBe(
        'not-found',
      );
    const nobody = await same('', { system: 'steward' });
    expect(nobody.problem().code).toBe('not-possible');
    const { conflicts } = bulkMade.parse((await same('', { system: 'bellyfat', count: 8 })).json());
    expect(conflicts).toBe(8);
    await desk.push('adipose', 'A6', row(6, 5));
    await expect.poll(async () => (await bulks())[0]!.waiting).toBe(0);
    const { made, changed } = (await bulks())[0]!;
    expect(made + changed).toBe(8);
  });
});
