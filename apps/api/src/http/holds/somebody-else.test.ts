import { customer, holdPage, ownView, type Hold } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

describe('a row whose words come to contradict what it said before is held as maybe somebody else now (rule 21)', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
  });
  afterAll(() => desk?.close());

  const kroll = (n: number) => ({
    given: 'Bastian',
    family: 'Kroll',
    birth: '1961-04-18',
    phone: `+1202555${1000 + n}`,
    email: `bastian.kroll${n}@example.com`,
  });
  const toprak = (n: number) => ({
    given: 'Yasmin',
    family: 'Toprak',
    birth: '1989-11-02',
    phone: `+1202555${2000 + n}`,
    email: `yasmin.toprak${n}@example.com`,
  });
  const shown = (id: string) => desk.get(`/customers/${id}`, customer);
  const nameOf = async (id: string) => (await shown(id)).display;
  const asked = async (sourceId: string, state = 'open'): Promise<Hold | undefined> =>
    (await desk.get(`/holds?state=${state}&limit=100`, holdPage)).holds.find((hold) => hold.sourceId === sourceId);
  const answer = async (sourceId: string, body: object) => {
    const told = await desk.hub.asAdmin('POST', `/api/v1/holds/${(await asked(sourceId))!.holdId}/answer`, body);
    expect(told.status, told.text).toBe(201);
  };
  /** What is to be written to his other row. */
  const viewOf = async (sourceId: string) =>
    ownView.parse((await desk.asSystem('GET', 'bellyfat', `customers/${sourceId}`)).json()).fields;
  /** Both systems know him, and one row comes to tell of somebody else. */
  const overwritten = async (n: number) => {
    await desk.push('adipose', `P-${n}`, kroll(n));
    await desk.push('bellyfat', `p_${n}`, kroll(n));
    const id = await desk.customerOf(`P-${n}`);
    expect(await desk.customerOf(`p_${n}`)).toBe(id);
    await desk.push('adipose', `P-${n}`, toprak(n));
    return id;
  };

  it('nothing of it counts until a person says, who sees both readings', async () => {
    const id = await overwritten(1);
    expect(await nameOf(id)).toBe('Bastian Kroll');
    expect(await desk.customerOf('P-1')).toBe(id);
    const hold = (await asked('P-1'))!;
    expect(hold).toMatchObject({ reason: 'somebody-else', rows: 1, told: 1, customerId: id });
    expect(hold.question).toContain('maybe somebody else now');
    const displays = (reading: { display: string }[]) => reading.map(({ display }) => display);
    expect(displays(hold.readings!.before)).toContain('Bastian Kroll');
    expect(displays(hold.readings!.now)).toEqual(
      expect.arrayContaining(['Yasmin Toprak', '1989-11-02', 'yasmin.toprak1@example.com']),
    );
    expect(displays(hold.readings!.now)).not.toContain('Bastian Kroll');
  });

  it('somebody else since then: the record leaves, and the customer is as he was', async () => {
    const id = await desk.customerOf('p_1');
    await answer('P-1', { answer: 'somebody-else', reason: 'asked the shop' });
    expect(await asked('P-1', 'answered')).toMatchObject({ answer: 'somebody-else', answerReason: 'asked the shop' });
    const other = await desk.customerOf('P-1');
    expect(other).not.toBe(id);
    expect([await nameOf(id), await nameOf(other)]).toEqual(['Bastian Kroll', 'Yasmin Toprak']);
    expect(await desk.customerOf('p_1')).toBe(id);
    // What comes next is hers, and no question.
    await desk.push('adipose', 'P-1', { ...toprak(1), phone: '+12025553001' });
    expect(await asked('P-1')).toBeUndefined();
  });

  it('the same person: what was held counts, and is no question again', async () => {
    const id = await overwritten(2);
    await answer('P-2', { answer: 'same-person' });
    expect(await desk.customerOf('P-2')).toBe(id);
    await desk.push('adipose', 'P-2', { ...toprak(2), email: 'y.toprak2@example.com' });
    expect(await asked('P-2')).toBeUndefined();
    await desk.push('adipose', 'P-2', kroll(2));
    expect(await asked('P-2'), 'the way back is a question of its own').toBeDefined();
  });

  it('the old words again answer it: what was told between is nobody’s', async () => {
    const id = await overwritten(3);
    await desk.push('adipose', 'P-3', { ...kroll(3), phone: '+12025553003' });
    expect(await asked('P-3')).toBeUndefined();
    expect(await asked('P-3', 'answered')).toMatchObject({ answer: 'settled', answeredBy: 'the hub' });
    const { values } = await shown(id);
    expect(values.map(({ display }) => display)).toEqual(expect.arrayContaining(['Bastian Kroll', '+1 202-555-3003']));
  });

  it('what was told between and stands in the row still is no less its word', async () => {
    const id = await overwritten(8);
    await desk.push('adipose', 'P-8', { ...kroll(8), email: toprak(8).email });
    expect(await asked('P-8')).toBeUndefined();
    expect((await shown(id)).values.map(({ display }) => display)).toContain(toprak(8).email);
  });

  it('so does its end, after which it is not there', async () => {
    const id = await overwritten(4);
    await desk.delete('adipose', 'P-4');
    expect(await asked('P-4')).toBeUndefined();
    expect(await nameOf(id)).toBe('Bastian Kroll');
    expect((await shown(id)).members.find(({ sourceId }) => sourceId === 'P-4')).toMatchObject({ state: 'deleted' });
  });

  it('in two steps: the first word that told of the other is hers too, and leaves with her', async () => {
    await desk.push('adipose', 'P-5', kroll(5));
    await desk.push('bellyfat', 'p_5', kroll(5));
    const id = await desk.customerOf('P-5');
    await desk.push('adipose', 'P-5', { ...kroll(5), given: 'Yasmin', family: 'Toprak' });
    expect(await asked('P-5'), 'a name alone is no question').toBeUndefined();
    // The other system fetches her name, and stores it.
    const fetched = await viewOf('p_5');
    expect(fetched).toMatchObject({ given: 'Yasmin', family: 'Toprak' });
    await desk.push('bellyfat', 'p_5', { ...kroll(5), ...fetched });
    await desk.push('adipose', 'P-5', toprak(5));
    expect(await asked('P-5')).toBeDefined();
    await answer('P-5', { answer: 'somebody-else' });
    expect(await nameOf(id)).toBe('Bastian Kroll');
    expect(await nameOf(await desk.customerOf('P-5'))).toBe('Yasmin Toprak');
    expect(await desk.customerOf('p_5')).toBe(id);
    // What she had left there goes with her: his own name is to be written again.
    expect(await viewOf('p_5')).toMatchObject({ given: 'Bastian', family: 'Kroll' });
  });

  it('slips, a marriage with a move, a new phone and a name that was unknown are no question', async () => {
    await desk.push('adipose', 'P-6', kroll(6));
    await desk.push('adipose', 'P-6', { ...kroll(6), birth: '1961-04-19', given: 'B.' });
    await desk.push('adipose', 'P-6', { ...toprak(6), given: 'Bastian', birth: '1961-04-18' });
    expect(await asked('P-6')).toBeUndefined();
    await desk.push('adipose', 'P-7', { phone: '+12025553007', birth: '1970-01-02' });
    await desk.push('adipose', 'P-7', toprak(7));
    expect(await asked('P-7')).toBeUndefined();
  });
});
