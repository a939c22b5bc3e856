import { setImmediate as turn } from 'node:timers/promises';
import { threadTurnMs } from '@cinch/api-contract';

/** What was spent since the event loop last went round, by all together: many small works would block it as one large one does. */
let spentMs = 0;
let waiting: Promise<unknown> = Promise.resolve();

/** The pieces of a long work, one after another; whoever else needs the thread gets it in between. */
export async function* inTurns<Piece>(pieces: Iterable<Piece>): AsyncGenerator<Piece> {
  await untilFree();
  let since = performance.now();
  for (const piece of pieces) {
    spend(performance.now() - since);
    yield piece;
    await untilFree();
    since = performance.now();
  }
  spend(performance.now() - since);
}

function spend(ms: number): void {
  if (spentMs === 0) setImmediate(() => (spentMs = 0));
  spentMs += ms;
}

/** One of those that wait goes on each time the loop goes round. */
async function untilFree(): Promise<void> {
  while (spentMs >= threadTurnMs) await (waiting = waiting.then(() => turn()));
}
