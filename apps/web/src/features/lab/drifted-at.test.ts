import { expect, it } from 'vitest';
import { driftedAt } from './drifted-at.ts';

const show = { attributes: [{ id: 'name', label: 'Name' }] };
const turns = [
  [1.2, 7, 0, 0, true],
  [2.9, 8, 1, 0, true],
  [3.1, 7, 0, 0, false],
] as const;

it.each([
  [0, []],
  [1, [7]],
  [2, [7, 8]],
  [3, [8]],
])('at the end of day %i what began to differ and has not ceased to is drifted', (day, customers) => {
  expect(driftedAt(show, { turns }, day).map(({ customer }) => customer)).toEqual(customers);
});
