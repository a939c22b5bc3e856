import { compileTable, validateMapping, modelAsShipped } from '@cinch/canonical-model';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../../platform/problem-error.ts';
import { CsvBody } from './csv-body.ts';
import { readChunk } from './read-body.ts';

function tableOf(document: object) {
  const checked = validateMapping(document, modelAsShipped);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return compileTable(checked.mapping, modelAsShipped);
}
const table = tableOf({
  format: 1,
  system: 'shop',
  key: { path: 'no' },
  version: { path: 'rev' },
  kind: { constant: 'person' },
  attributes: [
    { attribute: 'name', members: { given: { path: 'given' }, family: { path: 'family' } } },
    { attribute: 'points', path: 'points' },
  ],
});
const header = 'no,rev,given,family,points';

/** What is accepted of a file, as its chunks are read when they are worked on. */
function read(body: string | Buffer, size = 1_000_000) {
  const bytes = Buffer.from(body);
  const reader = new CsvBody(table);
  const parts = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(...reader.feed(bytes.subarray(at, at + size)));
  parts.push(...reader.end());
  const chunks = parts.flatMap((part) => part.chunks);
  return {
    chunks,
    arrivals: chunks.flatMap((chunk) => readChunk('records', chunk, new Set())),
    rejects: parts.flatMap((part) => part.rejects),
    rejectedKeys: parts.flatMap((part) => part.rejectedKeys),
    unmapped: reader.unmappedColumns(),
  };
}

describe('records as CSV', () => {
  it('become record lines that keep the number of their line', () => {
    const { arrivals, rejects, unmapped } = read(
      `${header},note\r\n7,3,Jo,Doe,12,"two\r\nlines"\r\n\r\n8,,Ann,"Brook, née Ash",,\r\n`,
    );
    expect([rejects, unmapped]).toEqual([[], ['note']]);
    expect(arrivals).toMatchObject([
      {
        line: 2,
        act: 'whole',
        key: '7',
        version: null,
        data: { no: '7', rev: 3, given: 'Jo', family: 'Doe', points: 12, note: 'two\r\nlines' },
      },
      { line: 5, key: '8', data: { no: '8', given: 'Ann', family: 'Brook, née Ash' } },
    ]);
  });

  it.each([
    ['cells that are too few', '7,1,Jo,Doe', 'cell-count', '', ['7']],
    ['cells that are too many', '7,1,Jo,Doe,1,x', 'cell-count', '', ['7']],
    ['a quote within a cell', '7,1,Jo,"D"oe,1', 'stray-quote', '', ['7']],
    ['no key', ',1,Jo,Doe,1', 'no-key', 'no', []],
    ['a key that is too long', `${'x'.repeat(201)},1,Jo,Doe,1`, 'too-long', 'no', []],
    ['a NUL', '7,1,Jo,D\0e,1', 'nul-character', 'data.family', ['7']],
    ['a line that is too long', `7,1,Jo,${'x'.repeat(1024 * 1024)},1`, 'line-too-long', '', []],
  ])('are rejected line by line for %s', (_, line, code, path, keys) => {
    const { arrivals, rejects, rejectedKeys } = read(`${header}\n${line}\n8,1,Ann,Brook,`);
    expect(rejects).toMatchObject([{ line: 2, code, path, detail: expect.stringMatching(/\w+ \w+/) }]);
    expect([arrivals.map(({ key }) => key), rejectedKeys]).toEqual([['8'], keys]);
  });

  it('pass over empty cells beyond the last named column, and name a line that has something there', () => {
    const { arrivals, rejects } = read(
      `${header};;\n7;1;Jo;5" Doe;1;;\n8;1;Ann;Brook;2; ;\n9;1;Bo;Rook;3;x;`.replaceAll(',', ';'),
    );
    expect(arrivals.map(({ key }) => key)).toEqual(['8']);
    expect(rejects).toMatchObject([
      { line: 2, code: 'stray-quote' },
      { line: 4, code: 'cell-count', detail: expect.stringContaining('semicolons') },
    ]);
  });

  it('rejects only the line that is not UTF-8', () => {
    const body = Buffer.concat([
      Buffer.from(`${header}\n7,1,J`),
      Buffer.from([0xf6]),
      Buffer.from(',Doe,\n8,1,Jo,Doe,'),
    ]);
    const { arrivals, rejects } = read(body);
    expect([arrivals.map(({ key }) => key), rejects.map(({ line, code }) => [line, code])]).toEqual([
      ['8'],
      [[2, 'not-utf-8']],
    ]);
  });

  it.each([
    ['a column that the mapping reads is missing', 'no,rev,given,points\n7,1,Jo,', /reads family/],
    ['the header names other things', 'id;name\n7;Doe', /reads no.*4 more/],
    ['the header breaks off in quotes', `"${header}`, /line 1 opens quotes/],
    [
      'quotes of a cell are never closed',
      `${header}\n7,1,Jo,Doe,\n8,1,"Ann,Brook,\n9,1,Jo,Doe,\n`,
      /line 3 opens quotes/,
    ],
    ['the header is not UTF-8', Buffer.from([0xff, 0x0a]), /header/],
  ])('are refused as a whole when %s', (_, body, words) => {
    expect(() => read(body)).toThrow(ProblemError);
    expect(() => read(body)).toThrow(words);
  });

  it.each([1_000_000, 997])('make the same chunks however the bytes come in (%i at a time)', (size) => {
    const row = (no: number) => (no % 7 === 0 ? `${no},1,Jo` : `${no},1,"J\no",Doe ${no},${no}`);
    const { chunks, arrivals, rejects } = read(
      [header, ...Array.from({ length: 1_203 }, (_, index) => row(index + 1))].join('\n'),
      size,
    );
    expect(chunks.map(({ n }) => n)).toEqual([...Array.from({ length: 10 }, () => 100), 32]);
    expect(rejects).toHaveLength(171);
    expect(arrivals.map(({ key, data }) => [key, (data as { points: number }).points])).toEqual(
      arrivals.map(({ key }) => [key, Number(key)]),
    );
    const lineOf = (no: number) => 2 + (no - 1) * 2 - Math.floor((no - 1) / 7);
    expect(arrivals.map(({ line }) => line)).toEqual(arrivals.map(({ key }) => lineOf(Number(key))));
  });
});
