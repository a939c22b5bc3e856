import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../scripts/ports.ts';
import { startProgram, type Program } from '../../scripts/program.ts';

const file = fileURLToPath(new URL('target.ts', import.meta.url));

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
  private program!: Program;
  private listening!: Promise<void>;

  private constructor(journal: string, port: number) {
    this.journal = journal;
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
  }

  static async start(journal: string): Promise<TargetProcess> {
    const target = new TargetProcess(journal, await freePort());
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
    await fetch(`${this.url}/trouble`, { method: 'POST', body }).catch(() => undefined);
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
    this.listening = new Promise((done) => {
      this.program = startProgram({
        name: 'the target',
        file,
        env: { JOURNAL: this.journal, PORT: String(this.port) },
        onMessage: ({ type }) => type === 'listening' && done(),
      });
    });
    await this.listening;
  }
}
