import { expect, it } from 'vitest';
import { noteRefusedRow, refusedNumber } from './refused-row.ts';

const columns = ['record_id', 'source_key'];
const rows = [
  [11, 'a'],
  [12, 'b'],
];

function failed(where: string | undefined): Error {
  const error = Object.assign(new Error('refused'), { code: '23514', where });
  noteRefusedRow(error, columns, rows);
  return error;
}

it.each([
  ['a broken constraint', 'COPY source_record, line 2: "12\tb"', 12],
  ['a value that its column cannot hold', 'COPY source_record, line 1, column kind: "b"', 11],
  ['a failing function', 'PL/pgSQL function check_key() line 9 at RAISE\nCOPY source_record, line 2: "12\tb"', 12],
  ['a statement that is no COPY', 'SQL statement "select 1"', null],
  ['a line beyond the rows', 'COPY source_record, line 3', null],
  ['no place', undefined, null],
])('tells at which row Postgres stopped because of %s', (_, where, recordId) => {
  const error = failed(where);
  expect(refusedNumber(error, 'record_id')).toBe(recordId);
  expect(refusedNumber(error, 'customer_id')).toBeNull();
  expect(refusedNumber(error, 'source_key')).toBeNull();
});

it('keeps the values out of the error, which may be logged', () => {
  expect(Object.keys(failed('COPY source_record, line 2'))).toEqual(['code', 'where']);
  expect(refusedNumber(null, 'record_id')).toBeNull();
});
