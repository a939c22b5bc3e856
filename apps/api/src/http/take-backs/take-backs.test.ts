import { takeBackPage, takeBackPreview } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type {} from '../../../../../scripts/test-postgres.ts';
import { compareState, inWords } from '../../../../../scripts/compare-state/compare.ts';
import { sixty, phoneOf, row, Sixty, wordOf } from '../../../test/sixty.ts';

describe('what a buggy system told is taken back as one act (rule 31)', () => {
  let right: Sixty;
  let never: Sixty;
  beforeAll(async () => {
    [right, never] = await Promise.all([Sixty.open({ isBraked: false }), Sixty.open({ isBraked: false })]);
  }, 60_000);
  afterAll(() => Promise.all([right?.hub.close(), never?.hub.close()]));

  const good = () => sixty.map(phoneOf).toSorted();
  const bugPhone = '+12025559999';
  /** What the two hubs differ in, but for what shop itself holds, and customers that only it told of. */
  const differences = async () => {
    const isOfBug = (name: string) => /^shop n[6-9]\d/.test(name);
    const { differences } = await compareState(never.hub.databaseUrl, right.hub.databaseUrl, {
      without: ['timelines', 'batches', 'loads', 'history', 'decisions'],
      isLeftOut: (section, name) => isOfBug(name) || (section === 'records' && name.startsWith('shop')),
    });
    return differences.map(inWords);
  };

  it('sixty phones rewritten by a buggy push are taken back whole: all is as in a hub where it never happened', async () => {
    expect((await right.phones()).toSorted()).toEqual(good());
    const lines = [...sixty, 60, 61, 62].map((n) => row(n, 2, { phone: bugPhone }));
    const batchId = await right.push('shop', lines);
    expect(new Set(await right.phones())).toEqual(new Set([bugPhone]));

    const shown = takeBackPreview.parse((await right.foresee({ batchId })).json());
    expect(shown).toMatchObject({
      words: `batch ${batchId} of shop`,
      entries: 63,
      records: 63,
      surplus: 3,
      customers: 60,
      retired: 3,
      byAttribute: [{ attribute: 'phone.primary', label: 'Phone', changed: 60 }],
      rowsBySystem: [{ system: 'shop', systemName: 'shop', rows: 60 }],
    });
    expect(shown.samples[0]!.changes).toEqual([expect.objectContaining({ label: 'Phone' })]);
    expect(shown.samples).toHaveLength(10);

    const wrong = { what: { batchId }, entries: 62, reason: 'a bug' };
    const refused = await right.hub.asAdmin('POST', '/api/v1/systems/shop/take-backs', wrong);
    expect(refused.problem().detail).toContain('takes back 63 things told, not 62');
    const decisionId = await right.takeBack({ batchId });
    expect(await differences()).toEqual([]);
    expect((await right.phones()).toSorted()).toEqual(good());

    // Told again it is no news; brought in again it counts as if it had never been taken back.
    await right.push(
      'shop',
      sixty.map((n) => row(n, 3, { phone: bugPhone })),
    );
    expect((await right.phones()).toSorted()).toEqual(good());
    await right.bringIn(decisionId);
    expect(new Set(await right.phones())).toEqual(new Set([bugPhone]));
    await right.takeBack({ batchId });
    expect(await differences()).toEqual([]);
  });

  it('an hour of emptied phones is taken back', async () => {
    const from = new Date().toISOString();
    await right.push(
      'shop',
      sixty.map((n) => row(n, 4, { phone: null })),
    );
    const to = new Date(Date.now() + 1).toISOString();
    expect(new Set(await right.phones())).toEqual(new Set([null]));
    while (Date.now() <= Date.parse(to));
    await right.takeBack({ from, to });
    expect(await differences()).toEqual([]);
  });

  it('a load of names put in each other’s place is taken back', async () => {
    const loadId = await right.load(
      'shop',
      sixty.map((n) => row(n, 5, { given: wordOf(n + 100), family: wordOf(n) })),
    );
    expect(await differences()).not.toEqual([]);
    await right.takeBack({ loadId });
    expect(await differences()).toEqual([]);
  });

  it('two decisions may take back the same: it counts again when both are undone', async () => {
    const from = new Date().toISOString();
    const batchId = await right.push('shop', [row(0, 6, { phone: '+12025558888' })]);
    const to = new Date(Date.now() + 1).toISOString();
    while (Date.now() <= Date.parse(to));
    const first = await right.takeBack({ batchId });
    const second = await right.takeBack({ from, to });
    await right.bringIn(first);
    expect(await right.phones()).not.toContain('+12025558888');
    await right.bringIn(second);
    expect(await right.phones()).toContain('+12025558888');
    await right.takeBack({ batchId });
    const listed = takeBackPage.parse((await right.hub.asAdmin('GET', '/api/v1/systems/shop/take-backs')).json());
    expect(listed.takeBacks[0]).toMatchObject({ words: `batch ${batchId} of shop`, entries: 1, reason: 'a bug' });
    expect(listed.takeBacks.map(({ undoneAt }) => undoneAt !== null)).toEqual([false, true, true, false, false, false, true]); // prettier-ignore
  });

  it('what there is not, or is not over, is refused with words', async () => {
    const detail = async (what: object) => (await right.foresee(what)).problem().detail;
    expect(await detail({ batchId: 999_999 })).toContain('shop has told nothing under this number');
    expect(await detail({ from: '2026-03-01T10:00:00Z', to: '2026-03-01T09:00:00Z' })).toContain('earlier than to');
    expect(await detail({ from: '2026-03-01T10:00:00Z', to: '2026-04-01T09:00:00Z' })).toContain('longer than a week');
    expect((await right.foresee({ batchId: 1, loadId: 2 })).problem().code).toBe('invalid-request');
    const { takeBacks } = takeBackPage.parse(
      (await right.hub.asAdmin('GET', '/api/v1/systems/shop/take-backs')).json(),
    );
    const undo = await right.hub.asAdmin('POST', `/api/v1/decisions/${takeBacks[0]!.decisionId}/undo`);
    expect(undo.problem().detail).toContain('/api/v1/take-backs/');
    expect((await right.hub.asAdmin('POST', '/api/v1/take-backs/999999/undo')).problem().code).toBe('not-found');
  });
});
