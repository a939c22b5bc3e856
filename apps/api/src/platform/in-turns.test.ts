import { setImmediate as turn } from 'node:timers/promises';
import { standBackMs, threadTurnMs } from '@cinch/api-contract';
import { describe, expect, it } from 'vitest';
import { goAhead, inTurns } from './in-turns.ts';

/** Each piece takes all of a turn. */
function* pieces(count: number) {
  for (let n = 0; n < count; n += 1) {
    const until = performance.now() + threadTurnMs;
    while (performance.now() < until);
    yield n;
  }
}

async function readAll(count: number, done: { pieces: number }) {
  for await (const n of inTurns(pieces(count), { standsBack: true })) done.pieces = n + 1;
}

describe('long works', () => {
  it('stand back while a small one is under way that takes several rounds', async () => {
    const done = { pieces: 0 };
    const reading = readAll(50, done);
    await turn();
    const rounds = 20;
    const before = done.pieces;
    await goAhead(async () => {
      for (let n = 0; n < rounds; n += 1) await turn();
    });
    expect(done.pieces - before).toBeLessThan(rounds / 2);
    await reading;
    expect(done.pieces).toBe(50);
  });

  it('go on all the same where small ones never end', async () => {
    const done = { pieces: 0 };
    let letGo = () => {};
    const small = goAhead(() => new Promise<void>((resolve) => (letGo = resolve)));
    const began = performance.now();
    await Promise.all([readAll(5, done), readAll(5, done)]);
    expect(performance.now() - began).toBeLessThan(50 * (standBackMs + threadTurnMs));
    letGo();
    await small;
  });

  it('go on at once when the last small one is over, also one that failed', async () => {
    const done = { pieces: 0 };
    const failing = goAhead(async () => {
      await turn();
      throw new Error('failed');
    });
    const reading = readAll(3, done);
    await expect(failing).rejects.toThrow('failed');
    await reading;
    expect(done.pieces).toBe(3);
  });
});
