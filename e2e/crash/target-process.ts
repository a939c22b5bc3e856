import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/ports.ts';
import { startProgram, type Program } from '../../scripts/program.ts';

const program = fileURLToPath(new URL('target.ts', import.meta.url));
const listenLimitMs = 30_000;

/** `away`: it answers 503. `answer-lost`: it writes and the answer is lost. `silent`: it takes the call and says nothing. */
export const troubles = ['away', 'answer-lost', 'silent'] as const;
export type Trouble = (typeof troubles)[number];

/** A write that the target carried out. */
export interface Write {
  deliveryId: string;
  key: string;
  isCreate: boolean;
}

type Journaled = { write: Write; row: { key: string; data: Record<string, unknown> } };

/** A target that may be killed at any moment, and whose log of writes is the oracle of what went out. */
export class TargetProcess {
  readonly url: string;
  readonly adapterToken = 'only-for-this-test';
  private readonly journal: string;
  private readonly port: number;
  private readonly file: string;
  private readonly limitMs: number;
  private program!: Program;

  private constructor(journal: string, port: number, { file, limitMs }: { file: string; limitMs: number }) {
    this.journal = journal;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.file = file;
    this.limitMs = limitMs;
  }

  static async start(journal: string, { file = program, limitMs = listenLimitMs } = {}): Promise<TargetProcess> {
    const target = new TargetProcess(journal, await freePort(), { file, limitMs });
    await target.run();
    return target;
  }

  get pid(): number {
    return this.program.pid!;
  }

  /** Milliseconds until it answers again. */
  async killAndStart(): Promise<number> {
    const since = performance.now();
    this.program.kill();
    await this.program.ended;
    await this.run();
    return performance.now() - since;
  }

  async misbehave(kind: Trouble, forMs: number): Promise<void> {
    const body = JSON.stringify({ kind, forMs });
    const signal = AbortSignal.timeout(listenLimitMs);
    await fetch(`${this.url}/trouble`, { method: 'POST', body, signal }).catch(() => undefined);
  }

  stop(): Promise<void> {
    return this.program.stop();
  }

  /** Everything that it wrote, in order. */
  log(): Write[] {
    return this.journaled().map(({ write }) => write);
  }

  /** What it holds in the end, by key. */
  rows(): Map<string, Record<string, unknown>> {
    return new Map(this.journaled().map(({ row }) => [row.key, row.data]));
  }

  private journaled(): Journaled[] {
    if (!existsSync(this.journal)) return [];
    const lines = readFileSync(this.journal, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as Journaled);
  }

  private async run(): Promise<void> {
    const { promise: listening, resolve: listens } = Promise.withResolvers<'listening'>();
    this.program = startProgram({
      name: 'the target',
      file: this.file,
      env: { JOURNAL: this.journal, PORT: String(this.port) },
      onMessage: ({ type }) => type === 'listening' && listens('listening'),
    });
    const over = new AbortController();
    const late = wait(this.limitMs, `did not listen within ${this.limitMs} ms`, { signal: over.signal });
    const became = await Promise.race([listening, this.program.ended, late]);
    over.abort();
    if (became === 'listening') return;
    this.program.kill();
    throw new Error(`The target ${became}: it was waited for to listen on port ${this.port}.`);
  }
}
