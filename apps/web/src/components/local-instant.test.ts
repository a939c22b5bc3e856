import { expect, it } from 'vitest';
import { fromLocalField, toLocalField } from './local-instant.ts';

it.each(['2026-03-01T08:15:30.000Z', '2026-07-01T22:00:00.000Z'])('%s comes back from the field as it was', (iso) => {
  expect(fromLocalField(toLocalField(iso))).toBe(iso);
});

it.each(['', 'yesterday'])('"%s" is no instant', (text) => {
  expect(fromLocalField(text)).toBeNull();
});
