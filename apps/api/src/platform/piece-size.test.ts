import { expect, it } from 'vitest';
import { PieceSize } from './piece-size.ts';

it('a piece becomes smaller where it took too long, at once, and larger step by step', () => {
  const pieces = new PieceSize(200);
  for (let turn = 0; turn < 3; turn += 1) pieces.took(pieces.now, 1);
  const sizes = [
    [50, 100],
    [25, 10],
    [50, 10],
    [100, 5],
    [200, 4_000],
    [0, 9_000],
  ].map(([count, ms]) => {
    pieces.took(count!, ms!);
    return pieces.now;
  });
  expect(sizes).toEqual([25, 50, 100, 200, 10, 10]);
});

it('the first piece is the smallest, and the next ones are soon large', () => {
  const pieces = new PieceSize(200);
  const sizes = Array.from({ length: 6 }, () => {
    const { now } = pieces;
    pieces.took(now, 5);
    return now;
  });
  expect(sizes).toEqual([10, 20, 40, 80, 160, 200]);
});
