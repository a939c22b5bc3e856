import { modelAsShipped } from '../customer/model/model.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Json } from '../json.ts';
import { anAdiposeRow, shippedDocument } from './fixtures.ts';
import { compileLens } from './compile-lens.ts';
import { compileTable } from './table.ts';
import { validateMapping } from './validate-mapping.ts';
import type { MappingDocument } from './document.ts';

function documentOf(more: object = {}): MappingDocument {
  const checked = validateMapping(
    {
      format: 1,
      system: 'shop',
      key: { path: 'no' },
      version: { path: 'rev' },
      kind: { constant: 'person' },
      attributes: [
        { attribute: 'name', members: { given: { path: 'name.given' }, family: { path: 'name.family' } } },
        { attribute: 'email.primary', path: 'mails[main=true].address' },
        { attribute: 'points', path: 'points' },
      ],
      ...more,
    },
    modelAsShipped,
  );
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.mapping;
}
const header = ['no', 'rev', 'name.given', 'name.family', 'mails[main=true].address', 'points'];
const columnsOf = (names: readonly string[] = header, document = documentOf()) => {
  const read = compileTable(document, modelAsShipped).header(names);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.columns;
};
const problemsOf = (names: readonly string[], document = documentOf()) => {
  const read = compileTable(document, modelAsShipped).header(names);
  return read.ok ? [] : read.problems.map(({ path, code }) => [path, code]);
};

describe('a table of records', () => {
  it('has the row of each line at the native paths of its header', () => {
    const { row, key } = columnsOf();
    const data = row(['7', '3', 'Zoe', "O'Brien", 'zoe@example.com', '120']);
    expect(data).toEqual({
      no: '7',
      rev: 3,
      name: { given: 'Zoe', family: "O'Brien" },
      mails: [{ address: 'zoe@example.com', main: true }],
      points: 120,
    });
    expect(key(data)).toEqual({ ok: true, key: '7' });
  });

  it('leaves out what its cell leaves empty, so that the mapping says what this means', () => {
    expect(columnsOf().row(['7', '', ' ', 'Doe', '', ''])).toEqual({ no: '7', name: { family: 'Doe' } });
  });

  it('carries columns that the mapping does not read, by path or by name', () => {
    const { unmapped, row } = columnsOf([...header, 'name.nick', 'Last order (old)']);
    expect(unmapped).toEqual(['name.nick', 'Last order (old)']);
    expect(row(['7', '1', 'Jo', 'Doe', '', '', 'J', '2020'])).toEqual({
      no: '7',
      rev: 1,
      name: { given: 'Jo', family: 'Doe', nick: 'J' },
      'Last order (old)': '2020',
    });
  });

  it.each([
    ['12', 12],
    [' -3 ', -3],
    ['1.50', 1.5],
    ['2e3', 2000],
    ['007', '007'],
    ['1,000', '1,000'],
    ['0x10', '0x10'],
    ['9007199254740993', '9007199254740993'],
    ['1e999', '1e999'],
    ['many', 'many'],
  ])('makes %j a number only where it is one and the mapping needs it', (cell, value) => {
    expect(columnsOf().row([cell, '', '', '', '', cell])).toEqual({ no: cell, points: value });
  });

  it.each([
    ['TRUE', true],
    ['false', false],
    ['yes', 'yes'],
    ['1', '1'],
  ])('reads %j of a column of codes that are true and false', (cell, value) => {
    const step = { step: 'codes', native: 'boolean', table: { true: 'yes', false: 'no' } };
    const attributes = [{ attribute: 'consent.marketing', path: 'ok', steps: [step] }];
    expect(columnsOf(['no', 'rev', 'ok'], documentOf({ attributes })).row(['7', '', cell])).toEqual({
      no: '7',
      ok: value,
    });
  });

  it('names every column that the mapping reads and the header lacks', () => {
    expect(problemsOf(['no', 'rev', 'points'])).toEqual([
      ['name.given', 'column-missing'],
      ['name.family', 'column-missing'],
      ['mails[main=true].address', 'column-missing'],
    ]);
  });

  it('is content with columns beneath a path that only has to be there', () => {
    const kind = { present: { person: 'p', organization: 'o' } };
    const attributes = [
      { attribute: 'name', kinds: ['person'], members: { family: { path: 'p.family' } } },
      { attribute: 'name', kinds: ['organization'], members: { legal: { path: 'o.name' } } },
    ];
    const document = documentOf({ kind, attributes });
    expect(problemsOf(['no', 'rev', 'p.family'], document)).toEqual([
      ['o.name', 'column-missing'],
      ['o', 'column-missing'],
    ]);
    const { row, unmapped } = columnsOf(['no', 'rev', 'p.family', 'o.name', 'o.since'], document);
    expect(unmapped).toEqual([]);
    expect(row(['7', '', '', 'Acme', ''])).toEqual({ no: '7', o: { name: 'Acme' } });
  });

  it.each([
    ['a column twice', [...header, 'no'], 'no', 'column-twice'],
    ['a column without a name between others', [' ', ...header], '', 'column-without-name'],
    ['a name without end', [...header, 'x'.repeat(201)], '', 'column-name-too-long'],
    ['columns without end', Array.from({ length: 1_001 }, (_, index) => `c${index}`), '', 'too-many-columns'],
    ['a name that reaches the prototype', [...header, 'x.__proto__'], 'x.__proto__', 'forbidden-name'],
    ['a column within a plain one', [...header, 'points.of'], 'points.of', 'column-clash'],
    ['a column over others', [...header, 'name'], 'name.given', 'column-clash'],
    ['a column that is a list element', [...header, 'tags[no=1]'], 'tags[no=1]', 'column-clash'],
  ])('refuses %s', (_, names, path, code) => {
    expect(problemsOf(names)[0]).toEqual([path, code]);
  });

  it('passes over the nameless columns that a spreadsheet leaves at the end', () => {
    const { count, row } = columnsOf([...header, '', ' ']);
    expect(count).toBe(header.length);
    expect(row(['7', '', '', 'Doe', '', '', '', ' '])).toEqual({ no: '7', name: { family: 'Doe' } });
  });

  it('cannot hold lists, unless their absence says nothing', () => {
    const list = (absent: string) => ({
      lists: [{ list: 'products', path: 'devices', absent, members: { sku: { path: 'model' } } }],
    });
    expect(problemsOf(header, documentOf(list('cleared')))).toEqual([['devices', 'list-in-table']]);
    expect(problemsOf(header, documentOf(list('silent')))).toEqual([]);
  });

  it('says why a line has no key', () => {
    const { key, row } = columnsOf();
    expect(key(row(['', '1', 'Jo', 'Doe', '', '']))).toMatchObject({
      ok: false,
      unreadable: { path: 'no', code: 'no-key' },
    });
  });

  it('tells what a row of the system itself tells', () => {
    const document = shippedDocument('adipose');
    const lens = compileLens(document, 1, modelAsShipped);
    fc.assert(
      fc.property(fc.subarray(Object.keys(anAdiposeRow())), (empty) => {
        const whole = { ...anAdiposeRow(), ...Object.fromEntries(empty.map((name) => [name, null])) };
        const row: { [member: string]: Json } = { ...whole, acct_no: 'A-1', cust_type: 'P' };
        const { row: rowOf } = columnsOf(Object.keys(row), document);
        const told = rowOf(Object.values(row).map((value) => (value === null ? '' : String(value))));
        expect(lens.envelope(told)).toEqual(lens.envelope(row));
        expect(lens.read(told)).toEqual(lens.read(row));
      }),
    );
  });
});
