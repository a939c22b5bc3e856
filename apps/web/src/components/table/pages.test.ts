import { describe, expect, it } from 'vitest';
import { allRows, goesOnByItself, rowsOfPages, type ReadPage, type ListPage } from './pages.ts';

const pageOf = (rows: number[], nextCursor: string | null = null): ListPage<number> => ({ rows, nextCursor });
const itself = (row: number) => row;

describe('rows of many pages', () => {
  it('keeps a row that moved while the pages were read in one place', () => {
    expect(rowsOfPages([pageOf([1, 2, 3], 'a'), pageOf([3, 4])], itself)).toEqual([1, 2, 3, 4]);
  });

  it('asks a person before it looks on where three pages held nothing', () => {
    const [none, some] = [pageOf([], 'x'), pageOf([1], 'x')];
    expect(
      [
        [none, none],
        [none, none, none],
        [some, none, none, none],
        [none, none, some],
      ].map(goesOnByItself),
    ).toEqual([true, false, false, true]);
  });
});

describe('an export', () => {
  const pages: Record<string, ListPage<number>> = {
    first: pageOf([1, 2], 'second'),
    second: pageOf([], 'third'),
    third: pageOf([3, 4]),
  };
  const read: ReadPage<ListPage<number>> = ({ cursor = 'first' }) => Promise.resolve(pages[cursor]!);

  it('reads every page, empty ones too', async () => {
    expect(await allRows(read, 10)).toEqual({ rows: [1, 2, 3, 4], isCut: false });
  });

  it('says when there is more than it may hold', async () => {
    expect([await allRows(read, 3), await allRows(read, 2)]).toEqual([
      { rows: [1, 2, 3], isCut: true },
      { rows: [1, 2], isCut: true },
    ]);
  });
});
