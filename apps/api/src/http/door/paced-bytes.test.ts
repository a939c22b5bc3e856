import { PassThrough, Readable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { goAhead } from '../../platform/in-turns.ts';
import { pacedBytes, type Patience } from './paced-bytes.ts';

describe('bytes that come at their sender’s pace', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] }));
  afterEach(() => void vi.useRealTimers());

  /** The sender waits so long before each piece of so many bytes; how many came before it was given up, if it was. */
  async function read(patience: Patience, pauseMs: number, pieces: number, bytes: number) {
    const source = new PassThrough();
    let came = 0;
    const reading = (async () => {
      try {
        for await (const piece of pacedBytes(source, patience)) came += piece.length;
        return { came };
      } catch (error) {
        return { came, code: (error as { code: string }).code };
      }
    })();
    for (let n = 0; n < pieces; n += 1) {
      await vi.advanceTimersByTimeAsync(pauseMs);
      source.write(Buffer.alloc(bytes));
      await new Promise(setImmediate);
    }
    source.end();
    return reading;
  }

  it.each([
    ['one that says nothing', { ms: 60_000 }, 61_000, 1, 10, { came: 0, code: 'too-slow' }],
    ['one that drips a byte a second', { ms: 60_000 }, 1_000, 100, 1, { came: 60, code: 'too-slow' }],
    ['a fast one that pauses', { ms: 60_000 }, 40_000, 10, 65_536, { came: 655_360 }],
    ['one of 2 KiB a second', { ms: 60_000 }, 1_000, 200, 2_048, { came: 409_600 }],
    [
      'a whole that takes too long, however steadily it comes',
      { ms: 30_000, wholeMs: 30_000 },
      1_000,
      60,
      65_536,
      'cut',
    ],
  ] as const)('%s', async (_, patience, pauseMs, pieces, bytes, expected) => {
    const ended = await read(patience, pauseMs, pieces, bytes);
    if (expected === 'cut') {
      expect(ended.code).toBe('too-slow');
      expect(ended.came).toBeLessThan(31 * 65_536);
    } else {
      expect(ended).toEqual({ code: undefined, ...expected });
    }
  });

  it('waits for its caller’s pace with what is large, and holds that against no sender', async () => {
    const source = new PassThrough({ highWaterMark: 1024 * 1024 });
    for (let n = 0; n < 4; n += 1) source.write(Buffer.alloc(60_000));
    source.end();
    const asked: number[] = [];
    let came = 0;
    const slowly = async (bytes: number) => {
      asked.push(bytes);
      await new Promise((resolve) => void setTimeout(resolve, 60_000));
    };
    const reading = (async () => {
      for await (const piece of pacedBytes(source, { ms: 1_000 }, slowly)) came += piece.length;
    })();
    for (let n = 0; n < 10; n += 1) {
      await vi.advanceTimersByTimeAsync(60_000);
      await new Promise(setImmediate);
    }
    await reading;
    expect(came).toBe(240_000);
    // The first piece is no large body yet.
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.length).toBeLessThan(4);
  });

  it('leaves what it did not read to whoever reads it off', async () => {
    const source = new PassThrough();
    source.write('abc');
    for await (const piece of pacedBytes(source, { ms: 1_000 })) {
      expect(piece.toString()).toBe('abc');
      break;
    }
    source.resume();
    source.end('def');
    await new Promise((resolve) => source.once('end', resolve));
    expect(source.readableEnded).toBe(true);
  });
});

describe('the bytes of a large body', () => {
  it('stand back while a small push is stored', async () => {
    const piece = Buffer.alloc(64 * 1024);
    const source = Readable.from(Array.from({ length: 40 }, () => piece));
    let came = 0;
    const reading = (async () => {
      for await (const { length } of pacedBytes(source, { ms: 60_000 })) came += length / piece.length;
    })();
    const rounds = 20;
    await goAhead(async () => {
      for (let n = 0; n < rounds; n += 1) await turn();
    });
    expect(came).toBeLessThan(rounds / 2);
    await reading;
    expect(came).toBe(40);
  });
});
