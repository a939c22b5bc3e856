import { describe, expect, it } from 'vitest';
import { decideCompletion, decideSweep, isForgotten } from './load.ts';

const clean = { accepted: 3, rejected: 0, waiting: 0, error: 0 };

describe('completing a load', () => {
  it('counts good and bad lines alike', () => {
    expect(decideCompletion(4, { ...clean, rejected: 1 })).toEqual({ kind: 'complete' });
  });

  it.each([
    ['a line got lost', 4],
    ['a line was sent twice', 2],
  ])('says how many lines came when %s', (_, expected) => {
    expect(decideCompletion(expected, clean)).toEqual({ kind: 'wrong-count', received: 3 });
  });
});

describe('sweeping a load', () => {
  it('waits until every accepted line has its place, even when a person has allowed it', () => {
    for (const isAllowed of [false, true]) {
      expect(decideSweep({ ...clean, waiting: 1, error: 1 }, false, isAllowed)).toEqual({ kind: 'wait' });
    }
  });

  it('needs nobody when all lines were good', () => {
    expect(decideSweep(clean, false, false)).toEqual({ kind: 'sweep' });
    expect(decideSweep(clean, true, false)).toEqual({ kind: 'ask', doubts: ['many-old'] });
    expect(decideSweep(clean, true, true)).toEqual({ kind: 'sweep' });
  });

  it.each([
    ['rejected lines', { rejected: 1 }, ['rejects']],
    ['records that could not be read', { error: 2 }, ['errors']],
    ['both', { rejected: 1, error: 1 }, ['rejects', 'errors']],
    ['no lines at all', { accepted: 0 }, ['empty']],
  ])('asks a person about %s, and goes on once it is allowed', (_, counts, doubts) => {
    expect(decideSweep({ ...clean, ...counts }, false, false)).toEqual({ kind: 'ask', doubts });
    expect(decideSweep({ ...clean, ...counts }, false, true)).toEqual({ kind: 'sweep' });
  });
});

it('forgets a load after a whole day without a push', () => {
  const day = 24 * 60 * 60 * 1000;
  expect([isForgotten(1_000, 1_000 + day - 1), isForgotten(1_000, 1_000 + day)]).toEqual([false, true]);
});
