import { holdPage, type Hold, type Status } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { compareState, inWords } from '../../../../../scripts/compare-state/compare.ts';
import { phoneOf, row, sixty, Sixty, wordOf } from '../../../test/sixty.ts';

describe('the inward brake: what a system changes at once is held before it masters (rule 31)', () => {
  let braked: Sixty;
  let never: Sixty;
  let rev = 1;
  beforeAll(async () => {
    [braked, never] = await Promise.all([Sixty.open({ isBraked: true }), Sixty.open({ isBraked: true })]);
  }, 60_000);
  afterAll(() => Promise.all([braked?.hub.close(), never?.hub.close()]));

  const open = async (): Promise<Hold[]> =>
    holdPage.parse((await braked.hub.asAdmin('GET', '/api/v1/holds')).json()).holds;
  const answer = async (body: object) => {
    const [hold] = await open();
    const answered = await braked.hub.asAdmin('POST', `/api/v1/holds/${hold!.holdId}/answer`, body);
    expect(answered.status).toBe(201);
    await braked.workedOff();
  };
  const throwBack = () => answer({ answer: 'thrown-back', alsoPassed: true });
  const differences = async () => {
    const { differences } = await compareState(never.hub.databaseUrl, braked.hub.databaseUrl, {
      without: ['timelines', 'batches', 'loads', 'history', 'decisions', 'errors'],
      isLeftOut: (section, name) => section === 'records' && name.startsWith('shop'),
    });
    return differences.map(inWords);
  };
  /** Rows of a further revision, each with what the bug makes of it. */
  const told = (bug: (n: number) => object) => {
    rev += 1;
    return sixty.map((n) => row(n, rev, bug(n)));
  };
  const mastered = async (good: (n: number) => unknown) => {
    const expected = new Set(sixty.map(good));
    return (await braked.phones()).filter((phone) => !expected.has(phone)).length;
  };

  it('of sixty phones that a buggy push rewrites five pass, and the rest is one question; thrown back it never happened', async () => {
    await braked.push(
      'shop',
      told(() => ({ phone: '+12025559999' })),
    );
    expect(await mastered(phoneOf)).toBe(5);
    const [hold, ...more] = await open();
    expect(more).toEqual([]);
    expect(hold).toMatchObject({ reason: 'changed-much', rows: 55, told: 55, passed: 5, isWhole: false });
    expect(hold!.question).toBe(
      'shop changed Phone of 60 of 60 records within 10 minutes; usual is hardly any. Let it in, or throw it back?',
    );
    await braked.push(
      'shop',
      told(() => ({ phone: '+12025558888' })),
    );
    expect(await open()).toMatchObject([{ rows: 60, told: 115 }]);
    const { troubles } = (await braked.hub.asAdmin('GET', '/api/v1/status')).json<Status>();
    expect(troubles).toMatchObject([{ code: 'news-held', system: 'shop' }]);
    const unfit = await braked.hub.asAdmin('POST', `/api/v1/holds/${hold!.holdId}/answer`, { answer: 'drift' });
    expect(unfit.problem().detail).toContain('let-in, thrown-back');
    await throwBack();
    expect(await open()).toEqual([]);
    expect(await differences()).toEqual([]);
    // The system goes on to tell it, and that is no news.
    await braked.push(
      'shop',
      told(() => ({ phone: '+12025558888' })),
    );
    expect(await open()).toEqual([]);
    expect(await differences()).toEqual([]);
  });

  it.each<{ bug: string; makes: (n: number) => object }>([
    { bug: 'emptied', makes: () => ({ phone: null }) },
    { bug: 'swapped among each other', makes: (n) => ({ phone: phoneOf((n + 1) % 60) }) },
    { bug: 'put in each other’s place', makes: (n) => ({ given: wordOf(n + 100), family: wordOf(n) }) },
    {
      bug: 'emptied in some rows, and lower-cased in all',
      makes: (n) => ({
        given: wordOf(n).toLowerCase(),
        family: wordOf(n + 100).toLowerCase(),
        ...(n < 30 && { phone: null }),
      }),
    },
  ])('values that are $bug are held as well, and thrown back as a whole', async ({ makes }) => {
    await braked.push('shop', told(makes));
    expect(await open()).toMatchObject([{ reason: 'changed-much' }]);
    await throwBack();
    expect(await differences()).toEqual([]);
  });

  it.each<{ what: string; makes: (n: number) => object }>([
    { what: 'touched', makes: () => ({}) },
    { what: 'lower-cased', makes: (n) => ({ given: wordOf(n).toLowerCase(), family: wordOf(n + 100).toLowerCase() }) },
    { what: 'touched again', makes: () => ({}) },
  ])('everything that is only $what is no such news', async ({ makes }) => {
    await braked.push('shop', told(makes));
    expect(await open()).toEqual([]);
  });

  it('a load is braked as a push is, and its lines are applied all the same', async () => {
    await braked.load(
      'shop',
      told((n) => ({ email: `n${n}@example.org` })),
    );
    expect(await open()).toMatchObject([{ rows: 55, passed: 5 }]);
    await throwBack();
    expect((await differences()).filter((one) => one.includes('email.primary'))).toEqual([]);
  });

  it('one by one they are counted together, and let in they count as if they had never been held', async () => {
    for (const one of told((n) => ({ phone: `+120255507${String(n).padStart(2, '0')}` })).slice(0, 8))
      await braked.push('shop', [one]);
    expect(await mastered(phoneOf)).toBe(5);
    expect(await open()).toMatchObject([{ rows: 3, passed: 5 }]);
    await answer({ answer: 'let-in' });
    expect(await mastered(phoneOf)).toBe(8);
  });
});
