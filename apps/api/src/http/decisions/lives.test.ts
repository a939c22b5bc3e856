import { customer, decisionList } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';

const kroll = { given: 'Bastian', family: 'Kroll', email: 'bastian.kroll@example.com', phone: '+12025550117' };
const toprak = { given: 'Yasmin', family: 'Toprak', email: 'yasmin.toprak@example.com', phone: '+12025550118' };

describe('a key that is deleted and used again begins a life of its own (rules 16, 21, 22, 28)', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
  });
  afterAll(() => desk?.close());

  const shown = (id: string) => desk.get(`/customers/${id}`, customer);
  const keysOf = async (id: string) => (await shown(id)).members.map(({ sourceId }) => sourceId);
  const valueOf = async (id: string, attribute: string) =>
    (await shown(id)).values.find((value) => value.attribute === attribute)?.display;
  const decisionsOf = async (id: string) => (await desk.get(`/customers/${id}/decisions`, decisionList)).decisions;

  it('the new person is a customer of her own, and the old one keeps his id and what was said of him', async () => {
    await desk.push('adipose', 'R-1', kroll);
    await desk.push('bellyfat', 'r_1', kroll);
    const id = await desk.customerOf('R-1');
    expect(await desk.customerOf('r_1')).toBe(id);
    await desk.delete('adipose', 'R-1');
    await desk.push('adipose', 'R-1', toprak);
    expect(await desk.customerOf('r_1')).toBe(id);
    expect(await desk.customerOf('R-1')).not.toBe(id);
    expect(await keysOf(id)).toEqual(['r_1']);
    expect(await valueOf(id, 'name')).toBe('Bastian Kroll');
  });

  it('a customer of that one record is retired, and its id leads to nobody else', async () => {
    await desk.push('adipose', 'R-2', { ...kroll, email: 'b.kroll@example.com', phone: '+12025550121' });
    const id = await desk.customerOf('R-2');
    await desk.delete('adipose', 'R-2');
    await desk.push('adipose', 'R-2', { ...toprak, email: 'y.toprak@example.com', phone: '+12025550122' });
    expect(await shown(id)).toMatchObject({ state: 'retired', customerId: id });
    expect(await desk.customerOf('R-2')).not.toBe(id);
  });

  it('who is told of again as before keeps the id', async () => {
    const row = { ...kroll, given: 'Moritz', email: 'moritz@example.com', phone: '+12025550131' };
    await desk.push('adipose', 'R-3', row);
    const id = await desk.customerOf('R-3');
    await desk.delete('adipose', 'R-3');
    await desk.push('adipose', 'R-3', row);
    expect(await desk.customerOf('R-3')).toBe(id);
    expect(await shown(id)).toMatchObject({ state: 'live' });
  });

  it('a merge with the old one does not bind the new one, and the history says why', async () => {
    await desk.push('adipose', 'R-4', { given: 'Otto', family: 'Brandis', phone: '+12025550141' });
    await desk.push('bellyfat', 'r_4', { given: 'Berta', family: 'Wiese', phone: '+12025550142' });
    const [one, other] = [await desk.customerOf('R-4'), await desk.customerOf('r_4')];
    const decisionId = await desk.decide(`/customers/${one}/merge`, { with: other });
    await desk.delete('adipose', 'R-4');
    await desk.push('adipose', 'R-4', { given: 'Ilse', family: 'Quandt', phone: '+12025550143' });
    expect(await desk.customerOf('R-4')).not.toBe(await desk.customerOf('r_4'));
    // Both ids lead to the one who is left of them.
    expect([(await shown(one)).customerId, (await shown(other)).customerId]).toEqual([
      await desk.customerOf('r_4'),
      await desk.customerOf('r_4'),
    ]);
    const ended = (await decisionsOf(other)).find((decision) => decision.decisionId === decisionId);
    expect(ended).toMatchObject({ undoneBy: 'the hub' });
  });

  it('a not-same of the old one does not keep the new one from whom it is', async () => {
    await desk.push('adipose', 'R-5', {
      given: 'Vera',
      family: 'Holm',
      phone: '+12025550151',
      email: 'vera.holm@example.com',
    });
    await desk.push('bellyfat', 'r_5', {
      given: 'Vera',
      family: 'Holm',
      phone: '+12025550151',
      email: 'vera.holm@example.com',
    });
    const id = await desk.customerOf('R-5');
    const leaving = (await shown(id)).members.find(({ sourceId }) => sourceId === 'R-5')!.recordId;
    await desk.decide(`/customers/${id}/split`, { records: [leaving] });
    expect(await desk.customerOf('R-5')).not.toBe(await desk.customerOf('r_5'));
    await desk.delete('adipose', 'R-5');
    await desk.push('adipose', 'R-5', {
      given: 'Vera',
      family: 'Holm',
      phone: '+12025550151',
      email: 'vera.holm@example.com',
    });
    expect(await desk.customerOf('R-5')).toBe(await desk.customerOf('r_5'));
  });

  it('what was taken out of mastering is the old one: the new one is mastered', async () => {
    await desk.push('adipose', 'R-6', { given: 'Test', family: 'Person', phone: '+12025550161' });
    const id = await desk.customerOf('R-6');
    const { recordId } = (await shown(id)).members[0]!;
    await desk.decide(`/records/${recordId}/exclude`, {});
    expect(await shown(id)).toMatchObject({ state: 'retired' });
    await desk.delete('adipose', 'R-6');
    await desk.push('adipose', 'R-6', { given: 'Nora', family: 'Lindqvist', phone: '+12025550162' });
    const now = await desk.customerOf('R-6');
    expect(await shown(now)).toMatchObject({ state: 'live', display: 'Nora Lindqvist' });
  });
});
