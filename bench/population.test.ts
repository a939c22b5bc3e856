import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { benchRows, growingRows, type BenchRow } from './population.ts';

const hashOf = (rows: Iterable<BenchRow>) =>
  createHash('sha256')
    .update(JSON.stringify([...rows]))
    .digest('hex')
    .slice(0, 16);

test('stays as it is: other rows would make all earlier figures void', () => {
  expect(hashOf(benchRows(1, 2_000))).toBe('985cc5f3530a1227');
  expect(hashOf(growingRows(7, 2_000))).toBe('88b39380415cbaa1');
});

test('growth matches earlier records from the first span to the last at the same rate, also old ones', () => {
  const [count, span] = [60_000, 10_000];
  const first = new Map<number, number>();
  const again: number[] = [];
  const ages: number[] = [];
  for (const [place, { truth }] of [...growingRows(7, count)].entries()) {
    const at = first.get(truth);
    if (at === undefined) first.set(truth, place);
    else {
      again.push(place);
      ages.push(place - at);
    }
  }
  const shareIn = (from: number) => again.filter((place) => place >= from && place < from + span).length / span;
  for (let from = 0; from < count; from += span) expect(shareIn(from)).toBeCloseTo(0.36, 1);
  expect(Math.max(...ages)).toBeGreaterThan(count / 2);
});

test('growth gives each system each of its keys once', () => {
  const keys = [...growingRows(7, 20_000)].map(({ system, key }) => `${system} ${key}`);
  expect(new Set(keys).size).toBe(keys.length);
});
