import { expect, it } from 'vitest';
import { added, tallyOf } from './tally.ts';
import type { FieldChange } from './view.ts';

const lens = { turnInto: () => ({ type: 'B' }) };
const field = (path: string, attribute: string | null, from: string | null, to: string | null): FieldChange => {
  return { path, attribute: attribute as FieldChange['attribute'], from, to };
};

it('counts rows, values and emptied values by attribute, each row once', () => {
  const items = [
    { kind: 'change', fields: [field('first', 'name', 'A', 'B'), field('last', 'name', 'C', 'D')] },
    { kind: 'change', fields: [field('mail', 'email.primary', 'a@b.c', null)] },
    {
      kind: 'change',
      fields: [field('phones[primary]', null, 'x', null), field('phones[primary].type', null, null, 'm')],
    },
    { kind: 'change', fields: [field('tags', 'products:a|1', null, 'a'), field('tags', 'products:b|2', 'b', null)] },
    { kind: 'change', fields: [field('type', null, 'P', 'B')] },
    { kind: 'create', fields: [field('first', 'name', null, 'B'), field('type', null, null, 'B')] },
  ];
  expect(tallyOf(items, lens)).toEqual({
    written: 6,
    created: 1,
    kind: 1,
    'values name': 1,
    'values email.primary': 1,
    'emptied email.primary': 1,
    'values phones[primary]': 1,
    'emptied phones[primary]': 1,
    'values products': 1,
  });
});

it('adds up', () => {
  expect(added({ written: 2, kind: 1 }, { written: 3, 'values name': 1 })).toEqual({
    written: 5,
    kind: 1,
    'values name': 1,
  });
});
