import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CsvRecords, type CsvRecord } from './csv-records.ts';

function read(body: string | Buffer, pieces = 1, mostBytes = 1_000): CsvRecord[] {
  const bytes = Buffer.from(body);
  const reader = new CsvRecords(mostBytes);
  const size = Math.max(1, Math.ceil(bytes.length / pieces));
  const records: CsvRecord[] = [];
  for (let at = 0; at < bytes.length; at += size) records.push(...reader.feed(bytes.subarray(at, at + size)));
  return [...records, ...reader.end()];
}
const shown = (records: readonly CsvRecord[]) =>
  records.map((one) => [one.line, one.kind === 'cells' ? one.cells : one.code]);

describe('reading CSV', () => {
  it.each([
    [
      'plain cells',
      'a,b\n1,2\n',
      [
        [1, ['a', 'b']],
        [2, ['1', '2']],
      ],
    ],
    [
      'CRLF, and no line end at the end',
      'a,b\r\n1,2',
      [
        [1, ['a', 'b']],
        [2, ['1', '2']],
      ],
    ],
    ['a byte order mark, also before quotes', '\ufeff"a\nb",c\n', [[1, ['a\nb', 'c']]]],
    ['commas and quotes in quotes', '"x, y","5"" pipe",""\r\n', [[1, ['x, y', '5" pipe', '']]]],
    [
      'line ends in quotes, which count as lines',
      '"1\r\n2\n3",x\r\n4,y',
      [
        [1, ['1\r\n2\n3', 'x']],
        [4, ['4', 'y']],
      ],
    ],
    [
      'empty lines, which are no records',
      '\n\r\na\n \nb',
      [
        [3, ['a']],
        [5, ['b']],
      ],
    ],
    ['empty cells at either end', ',a,\n', [[1, ['', 'a', '']]]],
    ['blanks, which belong to the cell', ' a , "b"', [[1, 'stray-quote']]],
    [
      'a quote within a plain cell',
      'a,5" pipe,b\nc',
      [
        [1, 'stray-quote'],
        [2, ['c']],
      ],
    ],
    [
      'text after a closing quote',
      '"a"b,c\nd',
      [
        [1, 'stray-quote'],
        [2, ['d']],
      ],
    ],
    [
      'a carriage return after a closing quote',
      '"a"\rb\nd',
      [
        [1, 'stray-quote'],
        [2, ['d']],
      ],
    ],
    [
      'semicolons, where the header is parted by them',
      'id;"price, net";note\n1;2,50;"a;b"\n',
      [
        [1, ['id', 'price, net', 'note']],
        [2, ['1', '2,50', 'a;b']],
      ],
    ],
    [
      'tabs, where the header is parted by them',
      'id\tname\n1\tDoe, Jo; Roe\n',
      [
        [1, ['id', 'name']],
        [2, ['1', 'Doe, Jo; Roe']],
      ],
    ],
    [
      'the line in which Excel says what parts the cells',
      'sep=;\r\nid;name,first\r\n1;x\r\n',
      [
        [2, ['id', 'name,first']],
        [3, ['1', 'x']],
      ],
    ],
    [
      'commas, where the header has as many semicolons',
      'id,a;b\n1,2;3\n',
      [
        [1, ['id', 'a;b']],
        [2, ['1', '2;3']],
      ],
    ],
    [
      'a quoted first name of a header parted by semicolons, whose quotes hold semicolons',
      '"a;b";"c"\n1;"2\n3"\n',
      [
        [1, ['a;b', 'c']],
        [2, ['1', '2\n3']],
      ],
    ],
  ])('takes %s', (_, body, records) => {
    for (const pieces of [1, 2, 3, 100]) expect(shown(read(body, pieces))).toEqual(records);
  });

  it('gives the cells before a fault', () => {
    expect(read('a,"b",c"d,e')).toEqual([{ kind: 'fault', line: 1, code: 'stray-quote', cells: ['a', 'b'] }]);
  });

  it('names the line of what is not UTF-8 and takes the others', () => {
    const body = Buffer.concat([Buffer.from('a\n'), Buffer.from([0xff, 0x0a]), Buffer.from('b')]);
    expect(shown(read(body, 3))).toEqual([
      [1, ['a']],
      [2, 'not-utf-8'],
      [3, ['b']],
    ]);
  });

  it.each([1, 7, 500])('does not hold a record that is too long, and goes on behind it (%i pieces)', (pieces) => {
    const body = `a\n"${'x\n'.repeat(900)}",y\nb`;
    expect(shown(read(body, pieces, 1_000))).toEqual([
      [1, ['a']],
      [2, 'too-long'],
      [903, ['b']],
    ]);
  });

  it('tells where quotes were opened that nothing closes', () => {
    const reader = new CsvRecords(10);
    const records = [...reader.feed(Buffer.from('a\nb,"c\nd\n')), ...reader.feed(Buffer.from('e\n'.repeat(50)))];
    expect([shown(records), reader.openQuoteLine()]).toEqual([[[1, ['a']]], 2]);
  });

  const cell = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 8 }),
    fc.string({ unit: fc.constantFrom('"', ',', '\n', '\r', ' ', 'é', '語', 'a'), maxLength: 8 }),
  );
  const table = fc.array(fc.array(cell, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
  const inQuotes = (text: string) => `"${text.replaceAll('"', '""')}"`;

  it('reads back any cells, however the bytes come in, and counts their lines', () => {
    fc.assert(
      fc.property(
        table,
        fc.boolean(),
        fc.constantFrom('\n', '\r\n'),
        fc.integer({ min: 1, max: 40 }),
        (rows, all, lineEnd, pieces) => {
          const written = (text: string) => (all || /[",\n\r]/.test(text) ? inQuotes(text) : text);
          const lines = rows.map((cells) => cells.map(written).join(','));
          // Two or more cells are never an empty line, but blank ones may read as one.
          const kept = rows.filter((_, index) => lines[index]!.trim() !== '');
          const records = read(lines.join(lineEnd), pieces, 100_000);
          expect(records.map((one) => one.cells)).toEqual(kept);
          let line = 1;
          const starts = lines.map((text) => {
            const start = line;
            line += text.split('\n').length;
            return start;
          });
          expect(records.map((one) => one.line)).toEqual(starts);
        },
      ),
    );
  });

  it('never breaks, and says the same of the same bytes in any pieces', () => {
    const bytes = fc.array(fc.constantFrom(0x22, 0x2c, 0x0a, 0x0d, 0x61, 0xff, 0xef, 0xbb, 0xbf), { maxLength: 60 });
    fc.assert(
      fc.property(bytes, fc.integer({ min: 1, max: 60 }), (body, pieces) => {
        expect(read(Buffer.from(body), pieces, 20)).toEqual(read(Buffer.from(body), 1, 20));
      }),
    );
  });
});
