import { expect, it } from 'vitest';
import { asArrived } from './listing.ts';

it('a listed row brings no time of its adapter, whose clock tells when it looked: the mapping says where a row states its own', () => {
  const row = { key: '1', version: 4, changedAt: '2026-03-01T10:00:00Z', delivery: null, data: { id: '1' } };
  expect(asArrived(row, 0, 1_000)).toMatchObject({ version: 4, changedAt: null, acceptedAt: 1_000 });
});
