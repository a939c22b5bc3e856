import { describe, expect, it } from 'vitest';
import { readListedPage } from './listed-page.ts';

const row = (key: string, more: object = {}) => {
  return { key, version: 1, changedAt: '2026-01-01T00:00:00.000Z', delivery: null, data: { id: key }, ...more };
};
const read = async (...rows: unknown[]) => (await readListedPage({ rows, nextCursor: null }))!;

describe('one bad row of a page is an error of that row', () => {
  it.each<[string, unknown, { key: string | null; path: string }]>([
    [
      'a delivery id that is no UUID',
      row('B', { delivery: { id: 'x', version: 1 } }),
      { key: 'B', path: 'delivery.id' },
    ],
    ['a version that is no integer', row('B', { version: 1.5 }), { key: 'B', path: 'version' }],
    ['a version below zero', row('B', { version: -1 }), { key: 'B', path: 'version' }],
    ['a version that is too large', row('B', { version: 2 ** 53 }), { key: 'B', path: 'version' }],
    ['an empty key', row(''), { key: null, path: 'key' }],
    ['a key of 3 KiB', row('k'.repeat(3_000)), { key: null, path: 'key' }],
    ['a key with a NUL', row('k\0'), { key: null, path: 'key' }],
    ['a key with half a character', row('k\ud83d'), { key: null, path: 'key' }],
    ['a key that another row has', row('A', { version: 2 }), { key: 'A', path: 'key' }],
    ['data that are a list', row('B', { data: [1] }), { key: 'B', path: 'data' }],
    ['data that are missing', row('B', { data: undefined }), { key: 'B', path: 'data' }],
    ['a time that is none', row('B', { changedAt: 'yesterday' }), { key: 'B', path: 'changedAt' }],
    ['no row at all', null, { key: null, path: '' }],
    [
      'data of more values than a push may hold',
      row('B', { data: { list: Array.from({ length: 20_001 }, () => 1) } }),
      { key: 'B', path: 'data' },
    ],
    [
      'the same in small lists',
      row('B', { data: { list: Array.from({ length: 7_000 }, () => [[1]]) } }),
      { key: 'B', path: 'data' },
    ],
  ])('%s', async (_, bad, told) => {
    const page = await read(row('A'), bad, row('C'));
    expect(page.rows.map(({ key }) => key)).toEqual(['A', 'C']);
    expect(page.bad).toEqual([{ place: 1, ...told, detail: expect.any(String) as string }]);
  });

  it('among 2,000', async () => {
    const rows = Array.from({ length: 2_000 }, (_, place) =>
      row(`K-${place}`, place === 1_203 ? { version: null } : {}),
    );
    const page = await read(...rows);
    expect(page.rows).toHaveLength(1_999);
    expect(page.bad).toMatchObject([{ place: 1_203, key: 'K-1203', path: 'version' }]);
  });

  it('but no row that is only shown twice', async () => {
    expect(await read(row('A'), row('A'))).toEqual({ rows: [row('A')], bad: [], nextCursor: null });
  });

  it.each([[null], [{ rows: {}, nextCursor: null }], [{ rows: [], nextCursor: 3 }], [{ rows: [row('A')] }]])(
    'while what is no page is none: %j',
    async (answer) => expect(await readListedPage(answer)).toBe(null),
  );
});

it('a page of a hundred thousand values is read in turns: the thread is given away in between', async () => {
  const data = Object.fromEntries(Array.from({ length: 500 }, (_, at) => [`f${at}`, 'x']));
  const rows = Array.from({ length: 200 }, (_, at) => row(`K-${at}`, { data }));
  let turns = 0;
  const counting = setInterval(() => (turns += 1), 0);
  expect((await read(...rows)).rows).toHaveLength(200);
  clearInterval(counting);
  expect(turns).toBeGreaterThan(5);
});
