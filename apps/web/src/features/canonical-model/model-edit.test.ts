import { describe, expect, it, test } from 'vitest';
import {
  backTo,
  codesAsText,
  codesFrom,
  entriesOf,
  idFrom,
  withAttribute,
  withCodeSet,
  withCodesWritten,
  withEntry,
  withoutCodeSet,
  withoutEntry,
} from './model-edit.ts';
import { canonicalModel } from '../../api/canonical-model-shape.ts';

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

describe('codes that are written letter by letter', () => {
  const published = withCodeSet(model, { id: 'trade', label: 'Trade', codes: codesFrom('food = Food\nit = IT', []) });
  const codesOf = (of: typeof model) => of.codeSets[0]!.codes.map(({ code, retired }) => [code, retired]);
  const written = (from: typeof model, text: string) =>
    [...text].reduce((draft, _, at) => withCodesWritten(draft, published, 'trade', text.slice(0, at + 1)), from);

  it('leave nothing behind of what was written on the way', () => {
    expect(codesOf(written(published, 'food = Food\nit = IT\nretail = Retail'))).toEqual([
      ['food', false],
      ['it', false],
      ['retail', false],
    ]);
  });

  it('retire what was published and is written no more, until it is written again', () => {
    const fewer = written(published, 'food = Food');
    expect(codesOf(fewer)).toEqual([
      ['food', false],
      ['it', true],
    ]);
    expect(codesOf(written(fewer, 'food = Food\nit = IT'))).toEqual([
      ['food', false],
      ['it', false],
    ]);
  });

  it('go with the set where nobody has published it', () => {
    const added = withCodeSet(published, { id: 'tier', label: 'Tier', codes: codesFrom('gold', []) });
    expect(withoutCodeSet(added, 'tier')).toEqual(published);
    expect(withCodesWritten(added, published, 'tier', 's').codeSets[1]!.codes.map(({ code }) => code)).toEqual(['s']);
  });
});

describe('codes as lines of text', () => {
  const codes = [
    { code: 'food', label: 'Food', retired: false },
    { code: 'bakery', label: 'Bakery', parent: 'food', retired: false },
  ];

  it('come back as they were', () => {
    expect(codesAsText(codes)).toBe('food = Food\nbakery = Bakery < food');
    expect(codesFrom(codesAsText(codes), codes)).toEqual(codes);
  });

  it('are retired where their line is gone, and are not where it comes back', () => {
    const fewer = codesFrom('food = Food\n\nretail', codes);
    expect(fewer).toEqual([
      codes[0],
      { code: 'retail', label: 'retail', retired: false },
      { ...codes[1], retired: true },
    ]);
    expect(codesFrom('bakery = Bakery', fewer)[0]).toMatchObject({ code: 'bakery', retired: false });
  });

  it('that were added since are retired on the way back', () => {
    const of = (set: typeof codes) => ({ ...model, codeSets: [{ id: 'trade', label: 'Trade', codes: set }] });
    expect(backTo(of(codes.slice(0, 1)), of(codes)).codeSets[0]!.codes.map(({ retired }) => retired)).toEqual([
      false,
      true,
    ]);
    expect(withCodeSet(model, { id: 'trade', label: 'Trade', codes }).codeSets).toHaveLength(1);
  });
});

test.each([
  ['Number of employees', 'numberOfEmployees'],
  ['VAT number', 'vatNumber'],
  ['Métier', 'metier'],
  ['3rd phone', 'rdPhone'],
  ['職業', ''],
])('an id is made of %s', (label, id) => expect(idFrom(label)).toBe(id));
