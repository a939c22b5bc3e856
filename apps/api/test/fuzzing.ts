import type { Problem, Status } from '@cinch/api-contract';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Worker } from '../src/pipeline/worker.ts';
import { Random } from './histories/random.ts';
import { ListeningHub, type Answer } from './listening-hub.ts';
import { memoryNow } from './memory.ts';

/** So many malformed inputs for each kind of endpoint; FUZZ_SEED repeats a run. */
const usual = process.env['npm_lifecycle_event'] === 'fuzz' ? 10_000 : 150;
const runsEach = Number(process.env['FUZZ_RUNS'] ?? usual);
const seed = Number(process.env['FUZZ_SEED'] ?? 7);
const atOnce = 8;
/** By then all code is compiled, and heap and pools have the size that this traffic needs: what memory grows by later is kept for ever. */
const warmUpRuns = Math.max(100, Math.ceil(runsEach / 5));
/** What the allocator keeps for itself goes up and down by as much; what is really held does not. */
const mostGrowth = 256 * 1024 * 1024;
const mostHeapGrowth = 40 * 1024 * 1024;

/** Makes one input and sends it. */
export type SendOne = (random: Random, hub: FuzzedHub) => Promise<Answer>;

/** Sends malformed inputs of each class to a hub of their own. The classes stand in two files, which run side by side. */
export function fuzz(classes: readonly [string, SendOne][]): void {
  let hub: FuzzedHub;
  beforeAll(async () => {
    hub = await FuzzedHub.open(inject('postgresUrl'));
    await hub.warmUp(classes.map(([, send]) => send));
  }, 600_000);
  afterAll(() => hub?.close());

  it.each(classes)('%s: whatever comes is taken or refused in words', { timeout: 1_200_000 }, async (_, send) => {
    expect(await hub.sendAll(send)).toBe(runsEach);
  });

  it('all that was accepted has its place, and memory stays flat', { timeout: 600_000 }, async () => {
    const { unplaced, grown, heapGrown } = await hub.outcome();
    expect(unplaced).toBe(0);
    expect(grown).toBeLessThan(mostGrowth);
    expect(heapGrown).toBeLessThan(mostHeapGrowth);
  });
}

class FuzzedHub {
  readonly key: string;
  private readonly hub: ListeningHub;
  private warm = memoryNow();

  private constructor(hub: ListeningHub, key: string) {
    this.hub = hub;
    this.key = key;
  }

  static async open(postgresUrl: string): Promise<FuzzedHub> {
    console.log(`FUZZ_SEED=${seed} FUZZ_RUNS=${runsEach}`);
    const hub = await ListeningHub.open(postgresUrl);
    hub.tellAtOnce();
    return new FuzzedHub(hub, await hub.aSystem('shop'));
  }

  get call(): ListeningHub['call'] {
    return this.hub.call.bind(this.hub);
  }

  async warmUp(kinds: readonly SendOne[]): Promise<void> {
    for (const send of kinds) await this.sendAll(send, warmUpRuns);
    this.warm = memoryNow();
  }

  /** How many were taken or refused in words. */
  async sendAll(send: SendOne, runs = runsEach): Promise<number> {
    const random = new Random(seed);
    let answered = 0;
    for (let sent = 0; sent < runs; sent += atOnce) {
      const answers = await Promise.all(
        Array.from({ length: Math.min(atOnce, runs - sent) }, () => send(random, this)),
      );
      for (const answer of answers) {
        mustBeInWords(answer);
        answered += 1;
      }
    }
    return answered;
  }

  /** Lines that are in no place once all is worked on, and by how much memory has grown. */
  async outcome(): Promise<{ unplaced: number; grown: number; heapGrown: number }> {
    await this.hub.hub.app.get(Worker).drained();
    const { inbox } = (await this.hub.asAdmin('GET', '/api/v1/status')).json<Status>();
    const now = memoryNow();
    const [grown, heapGrown] = [now.rss - this.warm.rss, now.heapUsed - this.warm.heapUsed];
    console.log(
      `RSS ${mib(this.warm.rss)} MiB after ${warmUpRuns} of each class; at the end ${mib(grown)} MiB more, heap ${mib(heapGrown)} MiB more`,
    );
    const placed = inbox.applied + inbox.superseded + inbox.error;
    return { unplaced: inbox.waiting + Math.abs(inbox.accepted - placed), grown, heapGrown };
  }

  close(): Promise<void> {
    return this.hub.close();
  }
}

/** Taken, or refused as a problem that says what is wrong. */
function mustBeInWords(answer: Answer): void {
  if (answer.status < 400) return;
  const told = `${answer.status} ${answer.text.slice(0, 300)}`;
  if (answer.status >= 500) throw new Error(`The hub failed: ${told}`);
  if (!answer.headers.get('content-type')?.includes('application/problem+json'))
    throw new Error(`Refused otherwise than by a problem: ${told}`);
  const { code, detail } = answer.json<Problem>();
  if (code === 'internal' || detail.length <= 10) throw new Error(`Refused without words: ${told}`);
}

function mib(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(0);
}
