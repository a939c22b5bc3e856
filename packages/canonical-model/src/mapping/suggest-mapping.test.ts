import { describe, expect, it } from 'vitest';
import { Model, modelAsShipped } from '../customer/model/model.ts';
import { shippedCanonicalModel } from '../customer/model/shipped-canonical-model.ts';
import { validateCanonicalModel } from '../customer/model/validate-canonical-model.ts';
import { checkMapping } from './check-mapping.ts';
import { compileLens } from './compile-lens.ts';
import { suggestMapping } from './suggest-mapping.ts';
import { compileTable } from './table.ts';
import { validateMapping } from './validate-mapping.ts';

const columns = [
  'Customer No',
  'First Name',
  'Last Name',
  'DOB',
  'Phone',
  'E-Mail',
  'Street',
  'City',
  'ZIP',
  'Opt-in',
  'Shoe size',
];
const rows = [
  ['1', 'Ada', 'Byron', '13/02/1980', '2025550143', 'ada@example.com', '1 Elm St', 'Springfield', '62701', 'Y', '38'],
  ['2', 'Cleo', 'Moe', '01/02/1990', '', 'cleo@example.com', '', '', '', 'N', '41'],
];

const meanings = (given: readonly string[], cells: readonly (readonly string[])[]) =>
  Object.fromEntries(
    suggestMapping('shop', given, cells, modelAsShipped).columns.map(({ column, meaning }) => [column, meaning]),
  );

/** What the check says of the table's rows, read by the mapping that is suggested for it. */
function checked(given: readonly string[], cells: readonly string[][]) {
  const valid = validateMapping(suggestMapping('shop', given, cells, modelAsShipped).document, modelAsShipped);
  if (!valid.ok) throw new Error(JSON.stringify(valid.problems));
  const header = compileTable(valid.mapping, modelAsShipped).header(given);
  if (!header.ok) throw new Error(JSON.stringify(header.problems));
  const samples = cells.map((row) => header.columns.row(row));
  return checkMapping(compileLens(valid.mapping, 1, modelAsShipped), samples);
}

describe('a mapping that is suggested from a table', () => {
  it('names what columns mean by their names and values, and leaves what it does not know', () => {
    expect(meanings(columns, rows)).toEqual({
      'Customer No': 'key',
      'First Name': 'name.given',
      'Last Name': 'name.family',
      DOB: 'birthDate',
      Phone: 'phone.primary',
      'E-Mail': 'email.primary',
      Street: 'address.primary.line1',
      City: 'address.primary.locality',
      ZIP: 'address.primary.postalCode',
      'Opt-in': 'consent.marketing',
      'Shoe size': null,
    });
  });

  it('is valid, reads every row, and gives each back as it was', () => {
    const plain = columns.map((column) => column.replaceAll(/[ -]/g, '_'));
    const sound = { records: 2, readable: 2, faultCount: 0, unknownCodes: [] };
    expect(checked(plain, rows)).toMatchObject(sound);
    const others = checked(
      ['id', 'name', 'company', 'updated', 'version'],
      [
        ['A-1', 'Byron, Ada', '', '2026-03-01T08:15:30Z', '4'],
        ['A-2', '', 'Moe Ltd', '2026-03-02T08:15:30Z', '7'],
      ],
    );
    expect(others).toMatchObject(sound);
  });

  it.each([
    ['a day that could be a month', ['id', 'dob'], [['1', '01/02/1980']], 'dob'],
    ['a phone in no form that a step reads', ['id', 'phone'], [['1', '(202) 555-0143']], 'phone'],
    [
      'one bad e-mail',
      ['id', 'email'],
      [
        ['1', 'a@example.com'],
        ['2', 'none'],
      ],
      'email',
    ],
    [
      'a key that comes twice',
      ['id', 'last'],
      [
        ['1', 'Moe'],
        ['1', 'Roe'],
      ],
      'id',
    ],
    [
      'a key that is not always there',
      ['id', 'last'],
      [
        ['1', 'Moe'],
        ['', 'Roe'],
      ],
      'id',
    ],
    [
      'two codes for yes',
      ['id', 'optin'],
      [
        ['1', 'Y'],
        ['2', '1'],
      ],
      'optin',
    ],
    ['a whole name beside its parts', ['id', 'name', 'last'], [['1', 'Moe, Jo', 'Moe']], 'name'],
  ])('does not guess: %s', (_, given, cells, column) => {
    const suggested = suggestMapping('shop', given, cells, modelAsShipped).columns.find(
      (one) => one.column === column,
    )!;
    expect(suggested.meaning).toBeNull();
    expect(suggested.why).not.toBe('');
  });

  it('says of which country it takes numbers to be', () => {
    const { columns: told } = suggestMapping('shop', columns, rows, modelAsShipped);
    expect(told.find(({ column }) => column === 'Phone')!.why).toContain('countryCode');
  });

  it('is none where no column could be a key, or nothing could be mapped', () => {
    expect(suggestMapping('shop', ['last'], [['Moe']], modelAsShipped).document).toBeNull();
    expect(suggestMapping('shop', ['id', 'colour'], [['1', 'red']], modelAsShipped).document).toBeNull();
  });

  it('finds what an admin added to the model, by its label, its id, or what its columns are called', () => {
    const entries = [
      { number: 30, id: 'vat', label: 'VAT number', shape: 'identifier' },
      { number: 31, id: 'occupation', label: 'Occupation', shape: 'text', columns: ['JobTitle'] },
      { number: 32, id: 'employees', label: 'Number of employees', shape: 'count' },
      { number: 33, id: 'newsletter.sms', label: 'SMS', shape: 'yesNo' },
    ];
    const document = { ...shippedCanonicalModel, attributes: [...shippedCanonicalModel.attributes, ...entries] };
    const checked = validateCanonicalModel(document, shippedCanonicalModel);
    const model = new Model((checked as Extract<typeof checked, { ok: true }>).model, 1);
    const header = ['id', 'vat_number', 'Job title', 'Number of Employees', 'SMS'];
    const cells = [['1', 'DE136695976', 'Baker', '12', 'Y']];
    const { columns: told, document: suggested } = suggestMapping('shop', header, cells, model);
    expect(told.map(({ meaning }) => meaning)).toEqual(['key', 'vat', 'occupation', 'employees', 'newsletter.sms']);
    expect(validateMapping(suggested, model).ok).toBe(true);
    const unknown = suggestMapping('shop', header, cells, modelAsShipped);
    expect(unknown.document).toBeNull();
  });
});
