import { describe, expect, it } from 'vitest';
import { adipose, anAnswer, aPin, bellyfat, losses, minute, SourceRecord, survived, survivedBy } from './fixtures.ts';

const usd = (amount: string) => ({ amount, currency: 'USD' });

describe('account-level values (rule 19)', () => {
  it('golden shows the sum over the owner’s live records, named by the latest', () => {
    const records = [
      adipose(1).came('creditLimit', usd('9000.10'), 10),
      adipose(3).changed('creditLimit', usd('2500.2'), 30),
      adipose(4).came('creditLimit', usd('1000000000000.00'), 20).deleted(),
      adipose(5).came('creditLimit', null, 40),
    ];
    const { attributes, conflicts } = survived(records);
    expect(attributes.creditLimit).toMatchObject({
      value: usd('11500.30'),
      rule: 'sum',
      owner: 'adipose',
      from: { recordId: 3 },
      at: 30 * minute,
    });
    expect(losses(attributes.creditLimit)).toEqual([
      [1, 'part'],
      [4, 'tombstoned'],
      [5, 'part'],
    ]);
    expect(conflicts).toEqual([]);
  });

  it.each([
    [['5', '7'], '12'],
    [['0.05', '-0.10'], '-0.05'],
    [['1.00', '-1.00'], '0.00'],
    [['-1.00', '-2.5'], '-3.50'],
    [['900719925474099.31', '0.01'], '900719925474099.32'],
  ])('amounts %j come to %s', (amounts, sum) => {
    const records = amounts.map((amount, index) => adipose(index + 1).came('lifetimeSpend', usd(amount), 10));
    expect(survived(records).attributes.lifetimeSpend!.value).toEqual(usd(sum));
  });

  it('points add up, and the last transaction is the latest of all records', () => {
    const first = adipose(1).came('points', 40, 10).came('lastTransaction', '2026-03-01T00:00:00Z', 50);
    const second = adipose(2).came('points', 2, 20).came('lastTransaction', '2026-04-01T00:00:00Z', 20);
    const { attributes } = survived([first, second]);
    expect(attributes.points!.value).toBe(42);
    expect(attributes.lastTransaction).toMatchObject({
      value: '2026-04-01T00:00:00Z',
      rule: 'maximum',
      from: { recordId: 2 },
      at: 20 * minute,
    });
    expect(losses(attributes.lastTransaction)).toEqual([[1, 'part']]);
  });

  it('the smallest amount counts where the rule says minimum', () => {
    const records = ['9.00', '10.00', '-1.00'].map((amount, index) =>
      adipose(index).came('creditLimit', usd(amount), 10),
    );
    const { attributes } = survivedBy({ strategy: 'minimum', owner: 'adipose' }, 'creditLimit', records);
    expect(attributes.creditLimit).toMatchObject({ value: usd('-1.00'), from: { recordId: 2 } });
    expect(losses(attributes.creditLimit)).toEqual([
      [0, 'part'],
      [1, 'part'],
    ]);
  });

  it('points too have a smallest and a greatest', () => {
    const records = [9, 10, -1].map((points, index) => adipose(index + 1).came('points', points, 10));
    const pointsBy = (strategy: 'minimum' | 'maximum') =>
      survivedBy({ strategy, owner: 'adipose' }, 'points', records).attributes.points;
    expect(pointsBy('minimum')).toMatchObject({ value: -1, from: { recordId: 3 } });
    expect(pointsBy('maximum')).toMatchObject({ value: 10, from: { recordId: 2 } });
  });

  it('of records that have the same it is named by the latest', () => {
    const records = [10, 30, 20].map((at, index) => adipose(index + 1).came('points', 5, at));
    for (const strategy of ['minimum', 'maximum'] as const) {
      const { attributes } = survivedBy({ strategy, owner: 'adipose' }, 'points', records);
      expect(attributes.points).toMatchObject({ value: 5, from: { recordId: 2 }, at: 30 * minute });
    }
  });

  it('of another system’s records no last transaction counts, however late', () => {
    const records = [
      adipose().came('lastTransaction', '2026-03-01T00:00:00Z', 10),
      bellyfat().came('lastTransaction', '2026-04-01T00:00:00Z', 20),
    ];
    const { attributes } = survived(records);
    expect(attributes.lastTransaction).toMatchObject({ value: '2026-03-01T00:00:00Z', owner: 'adipose' });
    expect(losses(attributes.lastTransaction)).toEqual([[2, 'not-owner']]);
  });

  it('an accepted request is answered when the record that it went to says something of its own', () => {
    const target = adipose(1).came('creditLimit', usd('5.00'), 10);
    const asker = bellyfat().changed('creditLimit', usd('1.00'), 20);
    const decisions = { answers: [anAnswer('creditLimit', asker, true, 1)] };
    const told = () =>
      survivedBy(
        { strategy: 'minimum', owner: 'adipose' },
        'creditLimit',
        [target, adipose(3).came('creditLimit', usd('2.00'), 5), asker],
        { decisions },
      ).requests;
    expect(told()).toMatchObject([{ state: 'accepted', target: 1 }]);
    target.changed('creditLimit', usd('4.00'), 21);
    expect(told()).toEqual([]);
  });

  it('records that all say none come to none', () => {
    expect(survived([adipose().came('points', null, 10)]).attributes.points).toMatchObject({
      value: null,
      at: 10 * minute,
    });
  });

  it('amounts of two currencies are not put together: that of most records counts', () => {
    const records = [
      adipose(1).came('creditLimit', { amount: '5', currency: 'EUR' }, 90),
      adipose(2).came('creditLimit', usd('7'), 10),
      adipose(3).came('creditLimit', usd('8'), 10),
    ];
    const { attributes } = survived(records);
    expect(attributes.creditLimit!.value).toEqual(usd('15'));
    expect(losses(attributes.creditLimit)).toContainEqual([1, 'outranked']);
    expect(survived(records.slice(0, 2)).attributes.creditLimit!.value).toEqual(usd('7'));
    const later = [records[0]!, adipose(2).came('creditLimit', usd('7'), 95)];
    expect(survived(later).attributes.creditLimit!.value).toEqual(usd('7'));
  });

  it('another system’s change is asked of the owner, what its record came with is not', () => {
    const records = [adipose().came('creditLimit', usd('100.00'), 10), bellyfat().came('creditLimit', usd('50.00'), 5)];
    expect(survived(records).requests).toEqual([]);
    expect(losses(survived(records).attributes.creditLimit)).toEqual([[2, 'not-owner']]);
    records[1]!.changed('creditLimit', usd('70.00'), 20);
    const { requests, attributes } = survived(records);
    expect(requests).toMatchObject([{ owner: 'adipose', value: usd('70.00'), base: usd('100.00') }]);
    expect(attributes.creditLimit!.value).toEqual(usd('100.00'));
    records[0]!.changed('creditLimit', usd('110.00'), 21);
    expect(survived(records).requests).toEqual([]);
  });

  it('where the owner says nothing, nothing is known, and a change is asked for', () => {
    const records = [
      bellyfat().came('points', 1, 1).changed('points', 5, 10),
      adipose().came('creditLimit', usd('1'), 1),
    ];
    const { attributes, requests } = survived(records);
    expect(Object.keys(attributes)).toEqual(['creditLimit']);
    expect(requests).toMatchObject([{ attribute: 'points', base: null, value: 5 }]);
  });

  it('without an owner every record counts, but not what a steward once said of the customer', () => {
    const records = [adipose().came('points', 1, 10), new SourceRecord('third', 3).came('points', 2, 10)];
    const pins = [aPin('points', records[0]!, 100, 20, 30)];
    const { attributes } = survivedBy({ strategy: 'sum' }, 'points', records, { decisions: { pins } });
    expect(attributes.points).toMatchObject({ value: 3, owner: null });
    const [steward, ...parts] = attributes.points!.losers;
    expect(steward).toMatchObject({ value: 100, why: 'outranked' });
    expect(parts.map(({ why }) => why)).toEqual(['part']);
  });
});
