import { standardCounts } from '@cinch/api-contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { StewardDesk } from '../../../test/steward-desk.ts';
import { Retention } from '../../pipeline/retention.ts';
import { Database } from '../../platform/transaction.ts';

describe('how the values of a system fare by the rules of their attributes', () => {
  let desk: StewardDesk;
  beforeAll(async () => {
    desk = await StewardDesk.open();
  });
  afterAll(() => desk?.close());

  const counts = async (system = 'adipose') => {
    const { attributes } = await desk.get(`/systems/${system}/standards`, standardCounts);
    return attributes.map(({ attribute, passes, doubted, fails }) => [attribute, passes, doubted, fails]);
  };
  const row = { given: 'Kim', family: 'Moe', email: 'kim@example.com', phone: '+12025550151', birth: '1980-02-29' };
  const today = new Date().toISOString().slice(0, 10);

  it('counts each value that comes in, what fails most first, and none that is not said', async () => {
    await desk.pushAll('adipose', {
      'K-1': row,
      'K-2': { ...row, birth: '1980-02-30', phone: '+19995550100' },
      'K-3': { ...row, birth: 'N/A', phone: 'ask her', email: '' },
    });
    expect(await counts()).toEqual([
      ['phone.primary', 1, 1, 1],
      ['birthDate', 1, 0, 1],
      ['email.primary', 2, 0, 0],
      ['name', 3, 0, 0],
    ]);
    expect(await counts('bellyfat')).toEqual([]);
  });

  it('leads to the record that it met last, by day', async () => {
    const { attributes } = await desk.get('/systems/adipose/standards', standardCounts);
    expect(attributes[0]).toMatchObject({
      label: 'Phone',
      doubtedSourceId: 'K-2',
      failedSourceId: 'K-3',
      days: [{ day: today, passes: 1, doubted: 1, fails: 1 }],
    });
  });

  it('counts a row that tells something else again, and one that repeats itself not', async () => {
    await desk.push('adipose', 'K-2', row);
    expect((await counts()).at(-1)).toEqual(['name', 4, 0, 0]);
    const again = [{ id: 'K-2', version: 2, changedAt: '2026-01-01T00:02:00.000Z', data: { id: 'K-2', ...row } }];
    await desk.asSystem('POST', 'adipose', 'records', again);
    await desk.push('bellyfat', 'k_9', row);
    expect((await counts()).at(-1)).toEqual(['name', 4, 0, 0]);
  });

  it('keeps counts for 400 days, and shows those of 30', async () => {
    const database = desk.hub.hub.app.get(Database);
    const count = async (daysAgo: number) =>
      database.transaction((tx) =>
        tx.query(
          `insert into standard_day (system_id, day, attribute, passes, doubted, fails)
           select system_id, current_date - $1::int, 'name', 1000, 0, 0 from system where code = 'adipose'`,
          [daysAgo],
        ),
      );
    await count(30);
    await count(401);
    expect((await counts()).at(-1)).toEqual(['name', 4, 0, 0]);
    await desk.hub.hub.app.get(Retention).dropDue();
    const left = await database.read((tx) =>
      tx.query<{ day: string }>('select distinct day::text as day from standard_day order by day'),
    );
    expect(left.map(({ day }) => day)).toEqual([expect.not.stringMatching(today), today]);
  });
});
