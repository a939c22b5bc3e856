import { setTimeout as wait } from 'node:timers/promises';
import { exitCodes } from '@cinch/api-contract';
import type { EmbeddedPostgres } from './postgres.ts';
import { isAlive } from './postgres-process.ts';
import type { Program } from './program.ts';

const [firstPauseMs, longestPauseMs] = [1_000, 30_000];
/** Whatever ran for so long may begin with the shortest pause again. */
const steadyMs = 60_000;
/** From here on it is said with an exclamation: somebody has to look. */
const manyTimes = 5;
const lookMs = 1_000;
/** A hub that has answered before and does not for so long is frozen. */
const [answerMs, frozenMs] = [2_000, 10_000];

/** How one says that something was started again. */
export type Tell = (line: string) => void;

/** Pauses that grow each time it fails soon, for ever: who keeps a hub going must not give up while nobody looks. */
class Patience {
  private times = 0;
  private startedAt = performance.now();

  started(): void {
    this.startedAt = performance.now();
  }

  /** Says what has happened, and waits. */
  async next(what: string, tell: Tell, signal: AbortSignal): Promise<void> {
    if (performance.now() - this.startedAt > steadyMs) this.times = 0;
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** this.times);
    this.times += 1;
    const again = this.times > manyTimes ? ` That was ${this.times} times in a row: look at what it says!` : '';
    tell(`${what}: it is started again in ${pauseMs / 1_000} s.${again}`);
    await wait(pauseMs, undefined, { signal }).catch(() => undefined);
  }
}

/** Of what was told to end there is nothing to say. */
const never = new Promise<never>(() => undefined);

export function endedUntold({ name }: Program, how: string): string {
  return `Cinch stops: ${name} ${how} without being told to.`;
}

/**
 * Starts a program again whenever it has ended, and ends it when it lives but does not answer. Resolves with a sentence when that makes
 * no sense: it ended before it was ready for the first time, or says that its configuration is wrong.
 */
export async function keepProgram(options: {
  start: () => Program;
  /** Its `/livez`, where it has one. */
  livez: string | null;
  ready: Promise<unknown>;
  tell: Tell;
  stopping: AbortSignal;
}): Promise<string> {
  const { start, livez, ready, tell, stopping } = options;
  let wasReady = false;
  void ready.then(() => (wasReady = true));
  const patience = new Patience();
  for (;;) {
    const program = start();
    patience.started();
    const over = new AbortController();
    if (livez !== null) void endWhenFrozen(program, livez, tell, over.signal);
    const how = await program.ended;
    over.abort();
    if (stopping.aborted) return never;
    if (!wasReady || program.exitCode === exitCodes.configuration) return endedUntold(program, how);
    await patience.next(`${program.name} ${how}`, tell, stopping);
    if (stopping.aborted) return never;
  }
}

/** A process that is frozen, or whose loop stands still, can be asked for nothing: only its silence tells. */
async function endWhenFrozen(program: Program, livez: string, tell: Tell, over: AbortSignal): Promise<void> {
  let answeredAt: number | null = null;
  while (!over.aborted) {
    await wait(lookMs, undefined, { signal: over }).catch(() => undefined);
    const isThere = await answers(livez, over);
    const now = performance.now();
    // Until it has answered once it may be on its way.
    if (isThere) answeredAt = now;
    else if (answeredAt !== null && now - answeredAt > frozenMs && !over.aborted) {
      tell(`${program.name} has not answered for ${frozenMs / 1_000} s: it is ended.`);
      program.kill();
      return;
    }
  }
}

async function answers(url: string, over: AbortSignal): Promise<boolean> {
  try {
    const signal = AbortSignal.any([over, AbortSignal.timeout(answerMs)]);
    const answer = await fetch(url, { signal, headers: { connection: 'close' } });
    await answer.arrayBuffer();
    return answer.ok;
  } catch {
    return false;
  }
}

/** Starts the embedded Postgres again, on the port that everybody knows, whenever it has ended. Stop what it answers. */
export function keepPostgres(
  first: EmbeddedPostgres,
  start: (port: number) => Promise<EmbeddedPostgres>,
  tell: Tell,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const port = Number(new URL(first.url).port);
  let running = first;
  const kept = (async () => {
    const patience = new Patience();
    while (!stopping.signal.aborted) {
      await wait(lookMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted || isAlive(running.pid)) continue;
      await patience.next('Postgres has ended', tell, stopping.signal);
      if (stopping.signal.aborted) return;
      try {
        await running.stop();
        running = await start(port);
        patience.started();
        tell('Postgres works again.');
      } catch (error) {
        tell((error as Error).message);
      }
    }
  })();
  return {
    async stop() {
      stopping.abort();
      await kept;
      await running.stop();
    },
  };
}
