import { setImmediate as turn } from 'node:timers/promises';
import { standBackMs, threadTurnMs } from '@cinch/api-contract';

/** What was spent since the event loop last went round, by all together: many small works would block it as one large one does. */
let spentMs = 0;
let waiting: Promise<unknown> = Promise.resolve();

/** Small works that go ahead of long ones, and whoever waits until none is left. */
let ahead = 0;
let noneAhead = () => {};

interface Manner {
  /** Whether it waits for what goes ahead, and not only for its own turn. */
  standsBack: boolean;
}

/** The pieces of a long work, one after another; whoever else needs the thread gets it in between. */
export async function* inTurns<Piece>(pieces: Iterable<Piece>, manner: Manner): AsyncGenerator<Piece> {
  await untilFree(manner);
  let since = performance.now();
  for (const piece of pieces) {
    spend(performance.now() - since);
    yield piece;
    await untilFree(manner);
    since = performance.now();
  }
  spend(performance.now() - since);
}

/** A small work that takes several rounds of the event loop: in none of them a long one is to take its turn first. */
export async function goAhead<Result>(work: () => Promise<Result>): Promise<Result> {
  ahead += 1;
  try {
    return await work();
  } finally {
    ahead -= 1;
    if (ahead === 0) noneAhead();
  }
}

function spend(ms: number): void {
  if (spentMs === 0) setImmediate(() => (spentMs = 0));
  spentMs += ms;
}

/** Waits for a turn of its own behind all who wait for theirs, and for small works that go ahead: of those that wait one goes on each time the loop goes round. */
export async function standBackOnce(): Promise<void> {
  await (waiting = waiting.then(standBack).then(() => turn()));
}

async function untilFree({ standsBack }: Manner): Promise<void> {
  while (spentMs >= threadTurnMs) await (standsBack ? standBackOnce() : turn());
}

/** Not for ever: where small works never end, long ones still go on, a turn each time. */
async function standBack(): Promise<void> {
  if (ahead === 0) return;
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, standBackMs);
    noneAhead = () => {
      clearTimeout(timer);
      resolve();
    };
  });
  noneAhead = () => {};
}
