import { describe, expect, it, test } from 'vitest';
import { checkMapping } from '../../mapping/check-mapping.ts';
import { compileLens } from '../../mapping/compile-lens.ts';
import { codePlaceOf } from '../../mapping/tie-codes.ts';
import { validateMapping } from '../../mapping/validate-mapping.ts';
import { canonicalModelDocument, type CanonicalModel } from '../model/canonical-model.ts';
import { Model } from '../model/model.ts';
import { validateCanonicalModel } from '../model/validate-canonical-model.ts';
import { shippedCodeSet } from './shipped-code-sets.ts';

const industries = {
  id: 'industry',
  label: 'Industry',
  codes: [
    { code: 'it', label: 'Information technology' },
    { code: 'software', label: 'Software', parent: 'it' },
    { code: 'food', label: 'Food' },
  ],
};
const base = {
  format: 1,
  attributes: [
    { id: 'name', number: 1, label: 'Name', shape: 'name', matching: 'name' },
    { id: 'industry', number: 2, label: 'Industry', shape: 'code', codeSet: 'industry' },
    { id: 'language', number: 3, label: 'Language', shape: 'code', codeSet: 'language' },
  ],
  lists: [
    {
      id: 'branches',
      number: 4,
      label: 'Branches',
      members: [
        { id: 'of', label: 'Of', shape: 'code', codeSet: 'industry', needed: true },
        { id: 'name', label: 'Name', shape: 'text' },
      ],
      key: ['name'],
    },
  ],
  codeSets: [industries],
};
const document = canonicalModelDocument.parse(base);
const model = new Model(document, 1);
const problemsOf = (other: object, before: CanonicalModel = document) => {
  const checked = validateCanonicalModel({ ...base, ...other }, before);
  return checked.ok ? [] : checked.problems.map(({ path, code }) => `${path} ${code}`);
};

const mapping = (more: object = {}) => ({
  format: 1,
  system: 'shop',
  key: { path: 'id' },
  kind: { constant: 'organization' },
  attributes: [{ attribute: 'industry', path: 'sector' }],
  ...more,
});
const valid = (given: object) => {
  const checked = validateMapping(given, model);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.mapping;
};
const lensOf = (given: object) => compileLens(valid(given), 1, model);
const crosswalk = {
  crosswalks: { sectors: { set: 'industry', table: { IT: 'software', ICT: 'it', F: 'food' } } },
  attributes: [{ attribute: 'industry', path: 'sector', steps: [{ step: 'crosswalk', crosswalk: 'sectors' }] }],
};

describe('a code that is of a set', () => {
  const lens = lensOf(mapping());
  const read = (sector: string) => lens.read({ id: '1', sector });

  test.each([
    ['its code', 'software', 'software'],
    ['its code in another case', 'SOFTWARE', 'software'],
    ['its label', 'Information Technology', 'it'],
  ])('is read by %s', (_, sector, code) => expect(read(sector).attributes['industry']!.value).toBe(code));

  it('is a fault of its own name where the set has none, and asserts nothing', () => {
    const { attributes, unreadable } = read('Mining');
    expect(attributes['industry']!.value).toBeUndefined();
    expect(unreadable).toMatchObject([{ path: 'sector', code: 'unknown-code' }]);
    expect(JSON.stringify(unreadable)).not.toContain('Mining');
  });

  it('is shown by its label, and kept readable when it is retired', () => {
    expect(model.words('industry', 'it')).toBe('Information technology');
    const retired = { ...industries, codes: industries.codes.map((one) => ({ ...one, retired: true })) };
    const later = new Model(canonicalModelDocument.parse({ ...base, codeSets: [retired] }), 2);
    expect(later.attributeOf('industry').shape.problem('it')).toBeNull();
    expect(later.codeSetOf('industry')!.offered).toEqual([]);
  });

  it('is checked as a member of a list too', () => {
    const { shape } = model.listOf('branches')!;
    expect(shape.problem({ of: 'food', name: 'North' })).toBeNull();
    expect(shape.problem({ of: 'mining', name: 'North' })).toMatchObject({ code: 'not-an-item' });
  });
});

describe('a crosswalk of a mapping', () => {
  it('reads and writes the codes of the system, exactly in the round trip', () => {
    const lens = lensOf(mapping(crosswalk));
    expect(lens.read({ id: '1', sector: 'ICT' }).attributes['industry']!.value).toBe('it');
    expect(lens.write('industry', 'organization', 'software')).toMatchObject({ fields: { sector: 'IT' } });
    const samples = ['IT', 'ICT', 'F', 'X'].map((sector, id) => ({ id: String(id), sector }));
    expect(checkMapping(lens, samples)).toMatchObject({
      readable: 3,
      faultCount: 0,
      unknownCodes: [{ path: 'sector', value: 'X', count: 1 }],
    });
  });

  it('ties an unknown code, and writes as before what now has two codes', () => {
    const place = codePlaceOf(valid(mapping(crosswalk)), 'sector', model)!;
    expect([place.set, place.offered.length, place.unknownIn({ sector: 'X' })]).toEqual(['industry', 3, ['X']]);
    const lens = lensOf(place.tied({ X: 'food' }));
    expect(lens.read({ id: '1', sector: 'X' }).attributes['industry']!.value).toBe('food');
    expect(lens.write('industry', 'organization', 'food')).toMatchObject({ fields: { sector: 'F' } });
  });

  it('begins where there was none, and leaves readable what the set itself names', () => {
    const tied = codePlaceOf(valid(mapping()), 'sector', model)!.tied({ 'Bits & bytes': 'software' });
    const lens = lensOf(tied);
    for (const [sector, code] of [
      ['Bits & bytes', 'software'],
      ['it', 'it'],
      ['Food', 'food'],
    ])
      expect(lens.read({ id: '1', sector: sector! }).attributes['industry']!.value).toBe(code);
    expect(lens.write('industry', 'organization', 'it')).toMatchObject({ fields: { sector: 'it' } });
  });

  it('ties into a table of codes that stands by itself, and into a list', () => {
    const steps = [{ step: 'codes', table: { A: 'software' } }];
    const table = codePlaceOf(
      valid(mapping({ attributes: [{ attribute: 'industry', path: 'sector', steps }] })),
      'sector',
      model,
    )!;
    expect([table.set, table.offered]).toEqual([null, [{ code: 'software', label: 'software' }]]);
    expect(lensOf(table.tied({ B: 'software' })).read({ id: '1', sector: 'B' }).unreadable).toEqual([]);
    const members = { of: { path: 'sector' }, name: { path: 'name' } };
    const listed = valid(mapping({ lists: [{ list: 'branches', path: 'sites', members }] }));
    const row = { id: '1', sites: [{ sector: 'Mines', name: 'North' }] };
    const fault = compileLens(listed, 1, model).read(row).unreadable[0]!;
    expect(fault).toMatchObject({ code: 'unknown-code' });
    const place = codePlaceOf(listed, fault.path, model)!;
    expect(place.unknownIn(row)).toEqual(['Mines']);
    expect(lensOf(place.tied({ Mines: 'food' })).read(row).unreadable).toEqual([]);
  });

  test.each([
    ['a step names none that there is', { attributes: crosswalk.attributes }, 'unknown-crosswalk'],
    ['its set is not there', { crosswalks: { s: { set: 'trade', table: { A: 'b' } } } }, 'unknown-code-set'],
    ['it leads to no code of the set', { crosswalks: { s: { set: 'industry', table: { A: 'b' } } } }, 'no-such-code'],
    [
      'two codes mean the same and neither is written',
      { crosswalks: { s: { set: 'industry', table: { A: 'it', B: 'it' } } } },
      'ambiguous-code',
    ],
  ])('is refused where %s', (_, more, code) => {
    const checked = validateMapping(mapping(more), model);
    expect(checked.ok ? [] : checked.problems.map((one) => one.code)).toEqual([code]);
  });
});

describe('sets in a draft of the model', () => {
  const [it0, ...rest] = industries.codes;
  test.each<[string, object, string]>([
    [
      'a code that is gone',
      { codeSets: [{ ...industries, codes: rest.map(({ code, label }) => ({ code, label })) }] },
      '/codeSets/0/codes taken-out',
    ],
    ['a set that is gone', { codeSets: [], attributes: base.attributes.slice(0, 1) }, '/codeSets taken-out'],
    [
      'a code twice',
      { codeSets: [{ ...industries, codes: [...industries.codes, it0] }] },
      '/codeSets/0/codes/3/code code-twice',
    ],
    [
      'a parent that is not there',
      { codeSets: [{ ...industries, codes: [...industries.codes, { code: 'x', label: 'X', parent: 'y' }] }] },
      '/codeSets/0/codes/3/parent unknown-parent',
    ],
    [
      'a code that is a part of itself',
      { codeSets: [{ ...industries, codes: [{ ...it0!, parent: 'software' }, ...rest] }] },
      '/codeSets/0/codes/0/parent parent-loop',
    ],
    [
      'an id that every hub has',
      { codeSets: [industries, { ...industries, id: 'country' }] },
      '/codeSets/1/id code-set-twice',
    ],
  ])('are refused: %s', (_, other, problem) => expect(problemsOf(other)).toContain(problem));

  it('are refused where an attribute names none, or is no code, and its set never changes', () => {
    const [name, industry, language] = base.attributes;
    const attributes = [name, { ...industry, codeSet: 'trade' }, { ...language, shape: 'text' }];
    expect(problemsOf({ attributes })).toEqual(
      expect.arrayContaining([
        '/attributes/1/codeSet unknown-code-set',
        '/attributes/1/codeSet changed',
        '/attributes/2/codeSet code-set-does-not-fit',
      ]),
    );
  });
});

test.each([
  ['country', 'Germany', 'DE'],
  ['country', 'Deutschland', 'DE'],
  ['currency', 'euro', 'EUR'],
  ['currency', 'chf', 'CHF'],
  ['language', 'German', 'de'],
  ['language', 'EN', 'en'],
])('the shipped set %s knows %s', (set, text, code) => {
  expect(shippedCodeSet(set)!.find(text)).toBe(code);
  expect(shippedCodeSet(set)!.offered.length).toBeGreaterThan(150);
});
