import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LinesBody } from './lines-body.ts';
import { acceptBody, readChunk, type AcceptedBody } from './read-body.ts';

const row = (id: string | number) => `{"id":"${id}","data":{"a":"é]\\n"}}`;

function read(body: string, size: number): AcceptedBody[] {
  const bytes = Buffer.from(body);
  const reader = new LinesBody();
  const parts = [];
  for (let at = 0; at < bytes.length; at += size) parts.push(...reader.feed(bytes.subarray(at, at + size)));
  return [...parts, ...reader.end()];
}

function told(parts: readonly AcceptedBody[]) {
  const rejects = parts.flatMap((part) => part.rejects);
  const rejected = new Set(rejects.map(({ line }) => line));
  return {
    rejects,
    rejectedKeys: parts.flatMap((part) => part.rejectedKeys),
    arrivals: parts.flatMap((part) => part.chunks).flatMap((chunk) => readChunk('records', chunk, rejected)),
  };
}

describe('record lines that are read as they come', () => {
  const line = fc.oneof(
    fc.nat().map(row),
    fc.constantFrom('', ' ', '\r', 'no json', '[1]', '{"id":"7"}', '{"id":"8","data":'),
    fc.integer({ min: 100_000, max: 1_500_000 }).map((length) => `{"id":"9","data":{"a":"${'x'.repeat(length)}"}}`),
  );

  it('are the same lines as when the body is read whole, however its bytes come in', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { maxLength: 12 }),
        fc.integer({ min: 10_000, max: 3_000_000 }),
        async (lines, size) => {
          const body = [row('first'), ...lines].join('\n');
          expect(told(read(body, size))).toEqual(told([await acceptBody('records', Buffer.from(body))]));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('are given as they come, in full chunks', () => {
    const body = Array.from({ length: 60_000 }, (_, index) => row(index + 1)).join('\n');
    const parts = read(body, 64 * 1024);
    expect(parts.length).toBeGreaterThan(1);
    const chunks = parts.flatMap((part) => part.chunks);
    expect(chunks.filter(({ n }) => n === 100).length).toBeGreaterThan(580);
    const { arrivals } = told(parts);
    expect(arrivals.map((arrival) => String(arrival.line))).toEqual(arrivals.map(({ key }) => key));
    expect(arrivals).toHaveLength(60_000);
  });

  it('are no array, also behind blank lines', () => {
    expect(() => read(`\n \n[${row(1)}]`, 1)).toThrow(/send an array as application\/json/);
  });

  it('have an end', () => {
    const reader = new LinesBody();
    const blank = Buffer.alloc(1024 * 1024 + 1, '\n');
    expect(() => {
      for (let count = 0; count < 12; count += 1) [...reader.feed(blank)].forEach(() => undefined);
    }).toThrow(/at most 10000000/);
  });
});
