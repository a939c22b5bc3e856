import { describe, expect, test } from 'vitest';
import { checkMapping } from './check-mapping.ts';
import { aBellyfatRow, anAdiposeOrganization, anAdiposeRow, lensOf, shippedLens } from './fixtures.ts';

const adipose = shippedLens('adipose');

describe('checking a mapping on samples', () => {
  test('rows as the systems write them break no law', () => {
    expect(checkMapping(adipose, [anAdiposeRow(), anAdiposeOrganization()])).toMatchObject({
      records: 2,
      readable: 2,
      faults: [],
      faultCount: 0,
      unreadable: [],
      inexpressible: [],
      unknownCodes: [],
    });
    expect(checkMapping(shippedLens('bellyfat'), [aBellyfatRow()]).faults).toEqual([]);
  });

  test('each rule counts what passes, what is doubted and what fails, by attribute', () => {
    const lens = lensOf({
      format: 1,
      system: 'shop',
      key: { path: 'id' },
      kind: { constant: 'person' },
      country: 'US',
      attributes: [
        { attribute: 'phone.primary', path: 'tel' },
        { attribute: 'birthDate', path: 'born' },
        { attribute: 'email.primary', path: 'mail' },
      ],
      lists: [{ list: 'products', path: 'bought', members: { sku: { path: 'no' }, purchasedAt: { path: 'on' } } }],
    });
    const { standards } = checkMapping(lens, [
      {
        id: '1',
        tel: '(202) 555-0143',
        born: '1980-02-29',
        bought: [
          { no: 'a', on: '2025-01-31' },
          { no: 'b', on: 'soon' },
        ],
      },
      { id: '2', tel: '999 555 0100', born: '1981-02-29', bought: [] },
      { id: '3', tel: 'ask her', born: null, bought: [{ no: 'c' }] },
    ]);
    expect(
      standards.map(({ attribute, rule, passes, doubted, fails }) => [attribute, rule, passes, doubted, fails]),
    ).toEqual([
      ['phone.primary', 'phone', 1, 1, 1],
      ['birthDate', 'date', 1, 0, 1],
      ['products', 'items', 2, 0, 1],
    ]);
  });

  test('what is not known because a row says nothing of it has not failed, nor has a word that means nothing', () => {
    const lens = lensOf({
      format: 1,
      system: 'shop',
      key: { path: 'id' },
      kind: { constant: 'person' },
      attributes: [{ attribute: 'birthDate', path: 'born', absent: 'unknown' }],
    });
    const { standards } = checkMapping(lens, [{ id: '1' }, { id: '2', born: 'N/A' }, { id: '3', born: '1980-02-30' }]);
    expect(standards).toMatchObject([{ attribute: 'birthDate', passes: 0, fails: 1 }]);
  });

  test('a row in mixed case shows that the system does not write capitals as the mapping says', () => {
    expect(checkMapping(adipose, [anAdiposeRow({ city: 'Springfield' })]).faults).toEqual([
      {
        record: 'A-100042',
        attribute: 'address.primary',
        law: 'gives-back',
        path: 'city',
        sent: 'Springfield',
        got: 'SPRINGFIELD',
      },
    ]);
  });

  test('a step that loses without saying so would be caught: a gap between lines moves them up', () => {
    const { faults } = checkMapping(adipose, [anAdiposeRow({ addr1: null })]);
    expect(faults.map(({ law, path }) => `${law} ${path}`)).toEqual(['gives-back addr1', 'gives-back addr2']);
  });

  test('a gap between lines that the mapping declares is no fault, and the rest of the address is still held to the law', () => {
    const lens = shippedLens('febrl-a');
    const row = { rec_id: 'rec-1', address_1: '', address_2: 'hilltop', suburb: 'springfield' };
    expect(checkMapping(lens, [row]).faults).toEqual([]);
    expect(checkMapping(lens, [{ ...row, suburb: 'Springfield' }]).faults).toMatchObject([{ path: 'suburb' }]);
  });

  test('several codes of one meaning are declared, so the other code coming back is no fault', () => {
    const lens = lensOf({
      format: 1,
      system: 'shop',
      key: { path: 'id' },
      kind: { constant: 'person' },
      attributes: [
        {
          attribute: 'identifier.national',
          path: 'scheme',
          steps: [{ step: 'codes', table: { A: 'one', B: 'one', C: 'two' }, writeAs: { one: 'A' } }],
        },
      ],
    });
    const report = checkMapping(lens, [
      { id: '1', scheme: 'B' },
      { id: '2', scheme: 'Z' },
      { id: '3', scheme: 'Z' },
    ]);
    expect(report).toMatchObject({
      records: 3,
      readable: 1,
      faults: [],
      unreadable: [{ path: 'scheme', code: 'unknown-code', count: 2 }],
      unknownCodes: [{ path: 'scheme', value: 'Z', count: 2 }],
    });
  });

  test('a value that is read and cannot be written is counted as inexpressible', () => {
    const lens = lensOf({
      format: 1,
      system: 'shop',
      key: { path: 'id' },
      kind: { constant: 'person' },
      attributes: [
        {
          attribute: 'identifier.national',
          path: 'scheme',
          steps: [{ step: 'codes', table: { A: 'one' }, otherwise: 'other' }],
        },
      ],
    });
    expect(checkMapping(lens, [{ id: '1', scheme: 'Z' }]).inexpressible).toEqual([
      { attribute: 'identifier.national', code: 'no-code', count: 1 },
    ]);
  });

  test('records that cannot be filed are counted by cause, a strange kind by its code', () => {
    const report = checkMapping(adipose, [anAdiposeRow({ cust_type: 'X' }), anAdiposeRow({ acct_no: null }), 'no row']);
    expect(report.readable).toBe(0);
    expect(report.unreadable).toContainEqual({ path: 'acct_no', code: 'no-key', count: 2 });
    expect(report.unknownCodes).toEqual([{ path: 'cust_type', value: 'X', count: 1 }]);
  });

  test('one code for several phases is declared, so the default coming back is no fault', () => {
    expect(checkMapping(adipose, [anAdiposeRow({ status: 'I' })]).faults).toEqual([]);
  });

  test('items are held to the laws too, and what is unreadable of them is counted by member', () => {
    const lens = lensOf({
      format: 1,
      system: 'shop',
      key: { path: 'id' },
      kind: { constant: 'person' },
      attributes: [{ attribute: 'email.primary', path: 'mail' }],
      lists: [
        {
          list: 'rights',
          path: 'rights',
          members: {
            code: { path: 'code' },
            status: { path: 'state', steps: [{ step: 'case', native: 'upper' }] },
            validTo: { path: 'until' },
          },
        },
      ],
    });
    const until = '2026-02-28';
    const report = checkMapping(lens, [
      { id: '1', rights: [{ code: 'a', state: 'On', until, note: 'kept' }] },
      { id: '2', rights: [{ code: 'a', until: true }, { code: 'b', until: false }, { code: 'b' }] },
    ]);
    const path = 'rights[code="a"]';
    expect(report).toMatchObject({
      readable: 1,
      faults: [
        {
          record: '1',
          attribute: 'rights:["a",null]',
          law: 'gives-back',
          path,
          sent: { code: 'a', state: 'On', until },
          got: { code: 'a', state: 'ON', until },
        },
      ],
      unreadable: [
        { path: 'rights.until', code: 'not-text', count: 2 },
        { path: 'rights', code: 'duplicate-item', count: 1 },
      ],
    });
  });

  test('only the first 200 faults are listed, all are counted', () => {
    const rows = Array.from({ length: 300 }, (_, n) => anAdiposeRow({ acct_no: `A-${n}`, city: 'Springfield' }));
    const report = checkMapping(adipose, rows);
    expect([report.faults.length, report.faultCount]).toEqual([200, 300]);
  });
});
