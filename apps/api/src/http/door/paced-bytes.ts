import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { deadlines, readAtOnceBytes } from '@cinch/api-contract';
import { standBackOnce } from '../../platform/in-turns.ts';
import { ProblemError } from '../../platform/problem-error.ts';

/** Every KiB that comes buys so much patience back: whoever sends slower than this for long is given up. */
const patienceEachByteMs = 1_000 / 1024;

export interface Patience {
  /** For what the sender keeps us waiting, less what it has sent. */
  ms: number;
  /** For all of it, however fast it comes. */
  wholeMs?: number;
}

/** Resolves when so many bytes more may be taken of this caller. */
export type BytePace = (bytes: number) => Promise<void>;

/**
 * The bytes of a request as they come. Ends in a problem when they come too slowly; what their reader takes does not count. Of a large body
 * each further piece waits for its turn: taking it off the connection costs the thread too. It waits besides until its
 * caller's pace allows it, which is no fault of the sender. Listens only while it waits, so that whoever leaves
 * off can have the rest read off.
 */
export async function* pacedBytes(
  source: Readable,
  patience: Patience,
  pace: BytePace = () => Promise.resolve(),
): AsyncGenerator<Buffer> {
  const began = performance.now();
  let [leftMs, read] = [patience.ms, 0];
  for (;;) {
    const piece = source.read() as Buffer | null;
    if (piece !== null) {
      leftMs = Math.min(patience.ms, leftMs + piece.length * patienceEachByteMs);
      yield piece;
      read += piece.length;
      if (read > readAtOnceBytes) await Promise.all([standBackOnce(), pace(piece.length)]);
      continue;
    }
    const asked = performance.now();
    if (await isOver(source, Math.min(leftMs, (patience.wholeMs ?? Infinity) - (asked - began)))) return;
    leftMs -= performance.now() - asked;
  }
}

/** Whoever asks before it sends is told that it may. */
export function letSend(request: IncomingMessage & { res?: { writeContinue(): void } }): void {
  if (request.headers.expect?.toLowerCase() === '100-continue') request.res?.writeContinue();
}

/** Resolves when there is more to read (false) or all has been read (true). */
function isOver(source: Readable, ms: number): Promise<boolean> {
  if (source.readableEnded) return Promise.resolve(true);
  if (source.destroyed) return Promise.reject(source.errored ?? new Error('broken off'));
  return new Promise((resolve, reject) => {
    const over = (act: () => void) => () => {
      clearTimeout(timer);
      for (const [name, listener] of Object.entries(listeners)) source.off(name, listener);
      act();
    };
    const timer = setTimeout(
      over(() => reject(tooSlow())),
      Math.max(0, ms),
    );
    const listeners = {
      readable: over(() => resolve(false)),
      end: over(() => resolve(true)),
      error: over(() => reject(source.errored ?? new Error('broken off'))),
      close: over(() => reject(new Error('broken off'))),
    };
    for (const [name, listener] of Object.entries(listeners)) source.on(name, listener);
  });
}

function tooSlow(): ProblemError {
  const detail = `The body came too slowly, so nothing of it was taken: send it again, without a pause of ${deadlines.bodyMs / 1000} seconds.`;
  return new ProblemError('too-slow', detail);
}
