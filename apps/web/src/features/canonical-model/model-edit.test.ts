import { describe, expect, it, test } from 'vitest';
import { backTo, entriesOf, idFrom, withAttribute, withEntry, withoutEntry } from './model-edit.ts';
import { canonicalModel } from './model-shape.ts';

const model = canonicalModel.parse({
  format: 1,
  attributes: [{ id: 'name', number: 1, label: 'Name', shape: 'name', columns: ['n'] }],
  lists: [
    { id: 'phones', number: 13, label: 'Phones', members: [{ id: 'n', label: 'N', shape: 'phone' }], key: ['n'] },
  ],
});
const vat = {
  id: 'vat',
  label: 'VAT number',
  shape: 'identifier',
  sensitivity: 'personal',
  kinds: ['organization'],
  level: 'customer',
  retired: false,
  columns: [],
};

describe('a draft of the canonical model', () => {
  it('gives what is added a number that no attribute or list has, retired ones among them', () => {
    const added = withAttribute(model, vat);
    expect(entriesOf(added).map(({ id, number }) => [id, number])).toEqual([
      ['name', 1],
      ['vat', 14],
      ['phones', 13],
    ]);
    expect(withoutEntry(added, 'vat')).toEqual(model);
  });

  it('keeps what the form does not show of what it changes', () => {
    const [name] = model.attributes;
    const renamed = withEntry(model, { ...name!, label: 'Called' });
    expect(renamed).toMatchObject({ format: 1, attributes: [{ label: 'Called', columns: ['n'] }] });
    expect(withEntry(model, { ...model.lists[0]!, retired: true }).lists[0]).toMatchObject({ retired: true });
  });

  it('that goes back to an older version keeps what was added since, retired', () => {
    const later = withAttribute(model, vat);
    expect(backTo(model, later).attributes.map(({ id, retired }) => [id, retired])).toEqual([
      ['name', false],
      ['vat', true],
    ]);
  });
});

test.each([
  ['Number of employees', 'numberOfEmployees'],
  ['VAT number', 'vatNumber'],
  ['Métier', 'metier'],
  ['3rd phone', 'rdPhone'],
  ['職業', ''],
])('an id is made of %s', (label, id) => expect(idFrom(label)).toBe(id));
