import { expect, it } from 'vitest';
import { shippedPair } from './fixtures.ts';
import { measuredFrom, type Seen } from './measured.ts';

const pair = shippedPair('misaligned');
const seen = (more: Partial<Seen> = {}): Seen => ({
  days: 30,
  customers: 100,
  created: 3,
  concurrent: 2,
  systems: [
    {
      system: 'adipose',
      changes: [
        { attribute: 'phone.primary', changes: 30 },
        { attribute: 'points', changes: 10 },
      ],
      unheard: 5,
      ended: 1,
      drifted: 3,
    },
    {
      system: 'bellyfat',
      changes: [
        { attribute: 'phone.primary', changes: 10 },
        { attribute: 'name', changes: 10 },
      ],
      unheard: 1,
      ended: 0,
      drifted: 0,
    },
    { system: 'shop', changes: [{ attribute: 'name', changes: 1000 }], unheard: 900, ended: 50, drifted: 70 },
  ],
  ...more,
});

it('what the hub saw of the two systems becomes rates a year, shares of attributes and a share that nobody is told of', () => {
  const { rates, weights, untold } = measuredFrom(seen(), pair)!;
  const aYear = 365 / 30 / 100;
  expect(rates.edits).toBeCloseTo(50 * aYear, 9);
  expect(rates.increments).toBeCloseTo(10 * aYear, 9);
  expect(rates.creates).toBeCloseTo(3 * aYear, 9);
  expect(rates.deletes).toBeCloseTo(aYear, 9);
  expect(rates.simultaneous).toBeCloseTo(2 / 50, 9);
  expect(weights).toEqual({ 'phone.primary': 40, name: 10 });
  expect(untold).toBeCloseTo((6 + 3) / (60 + 3), 9);
});

it.each([
  ['a hub without a day of history', { days: 0 }],
  ['a hub without customers', { customers: 0 }],
  ['systems that changed nothing', { systems: [] }],
])('of %s nothing is known', (_, more) => {
  expect(measuredFrom(seen(more), pair)).toBeNull();
});
