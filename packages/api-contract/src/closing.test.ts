import { describe, expect, it } from 'vitest';
import { closingInWords, closingParts, isEqualClosing, type RunProof } from './closing.ts';

const proof = (exceptions: RunProof['exceptions'], more: Partial<RunProof> = {}): RunProof => {
  return { asOf: '2026-11-30T14:02:33.000Z', rows: 48_210, fields: 11, excluded: 0, exceptions, ...more };
};

describe('the closing word', () => {
  it.each<[word: string, RunProof]>([
    ['equal as of 2026-11-30 14:02 UTC, 11 fields of 48,210 rows', proof([])],
    ['equal as of 2026-11-30 14:02 UTC, 1 field of 48,210 rows', proof([], { fields: 1 })],
    ['equal as of 2026-11-30 14:02 UTC, 11 fields of 1 row, 2 excluded', proof([], { rows: 1, excluded: 2 })],
    [
      'equal but for 3 that wait for a person (2 conflicts, 1 request), 4 parked, 2 fields not compared; as of 2026-11-30 14:02 UTC, 11 fields of 48,210 rows',
      proof([
        { kind: 'parked', code: 'too-long', count: 3 },
        { kind: 'parked', code: 'no-state', count: 1 },
        { kind: 'waiting', code: 'conflict', count: 2 },
        { kind: 'waiting', code: 'request', count: 1 },
        { kind: 'not-compared', code: 'unreadable', count: 2 },
      ]),
    ],
    [
      'equal but for 1 that waits for a person (1 conflict), 1 row missing, 1 row not changed; as of 2026-11-30 14:02 UTC, 11 fields of 48,210 rows',
      proof([
        { kind: 'change', code: 'run-ended', count: 1 },
        { kind: 'missing', code: 'not-listed', count: 1 },
        { kind: 'waiting', code: 'conflict', count: 1 },
      ]),
    ],
    [
      'equal but for drift of Points and Phone, which is not looked for; as of 2026-11-30 14:02 UTC, 11 fields of 48,210 rows',
      proof([], { driftUnseen: [{ attributes: ['Points', 'Phone'], share: null }] }),
    ],
    [
      'equal but for 1 parked, drift of Phone, looked for in 10\u00a0% of the rows; as of 2026-11-30 14:02 UTC, 11 fields of 48,210 rows',
      proof([{ kind: 'parked', code: 'too-long', count: 1 }], { driftUnseen: [{ attributes: ['Phone'], share: 10 }] }),
    ],
  ])('is "%s"', (word, told) => {
    expect(closingInWords(told)).toBe(word);
    expect(isEqualClosing(word)).toBe(told.exceptions.length === 0 && !told.driftUnseen);
  });

  it('leads from each of its numbers to the items that were counted, and leaves none of them out', () => {
    const exceptions = [
      { kind: 'waiting', code: 'conflict', count: 2 },
      { kind: 'waiting', code: 'request', count: 1 },
      { kind: 'surplus', code: 'not-kept', count: 1 },
      { kind: 'surplus', code: 'still-there', count: 4 },
      { kind: 'of-tomorrow', code: 'x', count: 7 },
    ];
    const counted = closingParts(proof(exceptions)).flatMap(({ text, items }) =>
      items ? [[items.kind, items.code, Number.parseInt(text, 10)]] : [],
    );
    expect(counted).toEqual([
      ['waiting', undefined, 3],
      ['waiting', 'conflict', 2],
      ['waiting', 'request', 1],
      ['surplus', undefined, 5],
      ['of-tomorrow', undefined, 7],
    ]);
  });
});
