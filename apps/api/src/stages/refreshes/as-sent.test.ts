import { compileLens, mappingDocument, type FieldChange } from '@cinch/canonical-model';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aMapping } from '../../../test/listening-hub.ts';
import { madeUnnamed } from './as-sent.ts';

const lens = compileLens(mappingDocument.parse(aMapping('shop')), 1);
const names = fc.constantFrom('Ann', 'Bob', 'Cleo');

it('each row is taken for one create that it holds, each create for one row, and as many as there can be', () => {
  fc.assert(
    fc.property(fc.array(names), fc.array(names), (sent, stored) => {
      const unanswered = sent.map((given, n) => {
        return { recordId: n, deliveryId: String(n), listed: false, fields: fieldsOf(given) };
      });
      const made = madeUnnamed(stored.map(aRow), unanswered, lens);
      for (const [key, { recordId }] of made) expect(stored[Number(key)]).toBe(sent[recordId]);
      expect(new Set(made.values()).size).toBe(made.size);
      const most = ['Ann', 'Bob', 'Cleo'].map((name) => {
        return Math.min(...[sent, stored].map((list) => list.filter((one) => one === name).length));
      });
      expect(made.size).toBe(most.reduce((sum, n) => sum + n, 0));
    }),
  );
});

it('a create of which nothing is known that could be compared is taken for no row', () => {
  const nothing = { recordId: 1, deliveryId: '1', listed: false };
  expect(
    madeUnnamed(
      [aRow('Ann', 0)],
      [
        { ...nothing, fields: null },
        { ...nothing, fields: [] },
      ],
      lens,
    ).size,
  ).toBe(0);
});

function fieldsOf(given: string): FieldChange[] {
  return [
    { path: 'given', attribute: 'name', from: null, to: given },
    { path: 'family', attribute: 'name', from: null, to: 'Doe' },
  ];
}

function aRow(given: string, n: number): AdapterRow {
  const data = { id: String(n), given, family: 'Doe' };
  return { key: String(n), version: 1, changedAt: '2026-03-01T12:00:00.000Z', delivery: null, data };
}
