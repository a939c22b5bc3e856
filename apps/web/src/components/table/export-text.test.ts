import { describe, expect, it } from 'vitest';
import { csvOf, ndjsonOf, type CellValue } from './export-text.ts';

const csvCell = (value: CellValue) => {
  const [, line] = csvOf([{ header: 'Value', value: (row: CellValue) => row }], [value]).split('\r\n');
  return line;
};

describe('an exported cell', () => {
  it.each([
    ['=1+2', `"'=1+2"`],
    ['+1 202-555-0187', `"'+1 202-555-0187"`],
    ['-1', `"'-1"`],
    ['@SUM(A1)', `"'@SUM(A1)"`],
    ['\t=1', `"'\t=1"`],
    ['\r=1', `"'\r=1"`],
  ])('says %j as a text, not as a formula', (value, text) => {
    expect(csvOf([{ header: 'Value', value: () => value }], [null])).toBe(`\uFEFFValue\r\n${text}\r\n`);
  });

  it.each<[CellValue, string]>([
    [-5, '-5'],
    [null, ''],
    ['plain', 'plain'],
    ['a, b', '"a, b"'],
    ['say "so"', '"say ""so"""'],
    ["O'Neill", `"O'Neill"`],
  ])('writes %j as %s', (value, text) => {
    expect(csvCell(value)).toBe(text);
  });
});

it('writes a line a row as NDJSON', () => {
  expect(ndjsonOf([{ a: 'x\ny' }, { a: null }])).toBe('{"a":"x\\ny"}\n{"a":null}\n');
});
