import { changeRates } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';
import { Database } from '../../platform/transaction.ts';

describe('how often customers change here', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
    const jo = { given: 'Jo', family: 'Quillfeather', birth: '1980-02-03', email: 'jo@example.com' };
    await desk.push('adipose', 'a1', { ...jo, phone: '+12025550101' });
    await desk.push('bellyfat', 'b1', { ...jo, phone: '+12025550101' });
    await desk.push('adipose', 'a1', { ...jo, phone: '+12025550102' });
    await desk.push('bellyfat', 'b1', { ...jo, phone: '+12025550103' });
  });
  afterAll(() => desk?.close());

  const rates = () => desk.get('/change-rates', changeRates);
  const age = (days: number) =>
    desk.hub.hub.app
      .get(Database)
      .transaction((tx) => tx.write(`update golden_history set from_at = from_at - make_interval(days => $1)`, [days]));

  it('is not known of a hub that was filled today', async () => {
    expect(await rates()).toMatchObject({ days: 0, created: 0, concurrent: 0 });
  });

  it('tells values replaced by attribute and system, and conflicts of changes made apart, since the day after the first load', async () => {
    await age(11);
    const seen = await rates();
    expect(seen.days).toBeCloseTo(10, 1);
    expect(seen).toMatchObject({ customers: 1, created: 0, concurrent: 1 });
    expect(seen.systems).toEqual(
      ['adipose', 'bellyfat'].map((system) => ({
        system,
        records: 1,
        changes: [{ attribute: 'phone.primary', changes: 1 }],
        unheard: 0,
        ended: 0,
        compared: 0,
        drifted: 0,
      })),
    );
  });

  it('goes back thirty days and no further', async () => {
    await age(100);
    expect((await rates()).days).toBeCloseTo(30, 5);
  });
});
