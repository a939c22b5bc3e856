import { describe, expect, it } from 'vitest';
import { nextSort, sortedRows, sortFor } from './table-view.ts';

const columns = [
  { header: 'Name', value: ({ name }: { name: string; n: number }) => name },
  { header: 'N', value: ({ n }: { name: string; n: number }) => n },
  { header: 'Acts' },
];
const rows = [
  { name: 'Run 10', n: 2 },
  { name: 'Run 9', n: 11 },
  { name: 'Run 9', n: 1 },
];
const numbers = (sort?: string) => sortedRows(rows, columns, sort).map(({ n }) => n);

describe('a sorted table', () => {
  it('sorts figures as figures, and figures within texts too', () => {
    expect([numbers('N'), numbers('Name')]).toEqual([
      [1, 2, 11],
      [11, 1, 2],
    ]);
  });

  it('keeps the order of the hub for a column that cannot be sorted by, or is not there', () => {
    expect([numbers('Acts'), numbers('-Old'), numbers()]).toEqual(Array(3).fill([2, 11, 1]));
  });

  it('rises, falls, and goes back', () => {
    expect([nextSort(undefined, 'N'), nextSort('N', 'N'), nextSort('-N', 'N'), nextSort('Name', 'N')]).toEqual([
      'N',
      '-N',
      undefined,
      'N',
    ]);
  });

  it('turns round where the hub lists by that column anyway, without a word in the URL for its own order', () => {
    expect([nextSort('-at', 'at', '-at'), nextSort('at', 'at', '-at'), nextSort('n', 'at', '-at')]).toEqual([
      'at',
      undefined,
      'at',
    ]);
  });

  it('asks the hub only for a sort that it knows', () => {
    expect([sortFor(['-at', 'at'], { sort: 'at' }), sortFor(['-at', 'at'], { sort: 'Name' }), sortFor([], {})]).toEqual(
      ['at', undefined, undefined],
    );
  });
});
