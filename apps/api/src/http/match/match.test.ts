import { matchAnswer } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

const pat = {
  given: 'Patricia',
  family: 'Quayle',
  email: 'quayle77@example.com',
  phone: '+12025550131',
  birth: '1961-04-19',
};

describe('a system asks who somebody is', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    await desk.push('bellyfat', 'b_1', pat);
    await desk.push('adipose', 'A-1', pat);
    await desk.push('bellyfat', 'b_2', { given: 'Ray', family: 'Solari', email: 'ray.s@example.com' });
  });
  afterAll(() => desk?.close());

  const ask = async (data: object) => desk.asSystem('POST', 'adipose', 'match', { data });
  const answer = async (data: object) => matchAnswer.parse((await ask(data)).json());

  it('is told the customer and its own keys of it, and why: the bars add up', async () => {
    const { candidates } = await answer({ ...pat, given: 'Pat', phone: null });
    expect(candidates).toMatchObject([
      { customerId: await desk.customerOf('A-1'), grade: 'same', sourceIds: ['A-1'], evidence: { veto: null } },
    ]);
    const { bars, weight } = candidates[0]!.evidence;
    expect(bars.reduce((sum, { bits }) => sum + Math.round(bits * 10_000), 0)).toBe(Math.round(weight * 10_000));
  });

  it('is told that a person would be asked, where names alone agree', async () => {
    const { candidates } = await answer({ given: 'Ray', family: 'Solari' });
    expect(candidates).toMatchObject([{ customerId: await desk.customerOf('b_2'), grade: 'maybe', sourceIds: [] }]);
  });

  it('finds nobody where nobody is like that, and stores nothing', async () => {
    const stranger = { given: 'Zeno', family: 'Umbridge', email: 'zeno@example.com' };
    expect(await answer(stranger)).toEqual({ candidates: [], unreadable: [] });
    expect(await answer(stranger)).toEqual({ candidates: [], unreadable: [] });
    expect((await desk.hub.asAdmin('GET', '/api/v1/crosswalk')).text.trim().split('\n')).toHaveLength(3);
  });

  it('is told what cannot be read, and what to give where nothing tells customers apart', async () => {
    const { candidates, unreadable } = await answer({ ...pat, birth: 'spring 1961' });
    expect(candidates).toHaveLength(1);
    expect(unreadable).toMatchObject([{ path: 'birth' }]);
    const { status, text } = await ask({ given: 'Pat' });
    expect(status).toBe(400);
    expect(text).toContain('give a name with a birth date');
  });

  it('is refused for another system, and without data', async () => {
    expect((await desk.asSystem('POST', 'adipose', '../bellyfat/match', { data: pat })).status).toBe(403);
    expect((await desk.asSystem('POST', 'adipose', 'match', {})).status).toBe(400);
  });
});
