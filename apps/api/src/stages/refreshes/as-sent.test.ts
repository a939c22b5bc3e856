import { compileLens, mappingDocument, type FieldChange, modelAsShipped } from '@cinch/canonical-model';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { aMapping } from '../../../test/listening-hub.ts';
import { holdsAsSent, madeUnnamed } from './as-sent.ts';
import type { UnansweredCreate } from './items.store.ts';

const lens = compileLens(mappingDocument.parse(aMapping('shop')), 1, modelAsShipped);
const names = fc.constantFrom('Ann', 'Bob', 'Cleo');

const unanswered = (n: number, fields: FieldChange[] | null): UnansweredCreate => {
  return { recordId: n, deliveryId: String(n), listed: false, waitsUntil: null, perhapsMade: false, fields };
};

it('a row is taken for the one create that it holds and that no other row holds; all else is for a person', () => {
  fc.assert(
    fc.property(fc.array(names), fc.array(names), (sent, stored) => {
      const creates = sent.map((given, n) => unanswered(n, fieldsOf(given)));
      const { made, perhaps } = madeUnnamed(stored.map(aRow), creates, lens);
      const count = (list: string[], name: string) => list.filter((one) => one === name).length;
      for (const [key, { recordId }] of made) expect(stored[Number(key)]).toBe(sent[recordId]);
      const clear = ['Ann', 'Bob', 'Cleo'].filter((name) => count(sent, name) === 1 && count(stored, name) === 1);
      expect([...made.values()].map(({ recordId }) => sent[recordId]).sort()).toEqual(clear);
      const unclear = sent.filter((name) => stored.includes(name) && !clear.includes(name));
      expect(perhaps.size).toBe(unclear.length);
    }),
  );
});

it('a row that shows more than was sent may be somebody else of that name', () => {
  const wide = compileLens(
    mappingDocument.parse({
      ...aMapping('shop'),
      attributes: [...aMapping('shop').attributes, { attribute: 'email.primary', path: 'email' }],
    }),
    1,
    modelAsShipped,
  );
  const row = aRow('Ann', 0);
  const create = unanswered(1, fieldsOf('Ann'));
  const more = { ...row, data: { ...row.data, email: 'ann@example.com' } };
  expect(madeUnnamed([more], [create], wide)).toEqual({ made: new Map(), perhaps: new Set([create]) });
  expect(madeUnnamed([row], [create], wide).made.get('0')).toBe(create);
});

it('a value is held as it was sent in whatever spelling means the same, and in no other', () => {
  const sent = fieldsOf('Ann');
  const held = (given: string) => holdsAsSent(sent, { ...aRow('Ann', 0).data, given }, lens);
  expect([held('Ann'), held(' Ann '), held('ann'), held('')]).toEqual([true, true, false, false]);
});

it('a create of which nothing is known that could be compared is taken for no row', () => {
  const { made, perhaps } = madeUnnamed([aRow('Ann', 0)], [unanswered(1, null), unanswered(2, [])], lens);
  expect([made.size, perhaps.size]).toEqual([0, 0]);
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
