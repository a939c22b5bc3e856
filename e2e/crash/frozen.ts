import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { look, misplaced } from './hub-setup.ts';
import { PersistentClient } from './persistent-client.ts';

const everyMs = 40;

/** Sends a push each 40 ms, whatever becomes of those before, each by one key until it is answered. */
export class PacedPusher {
  readonly acknowledged: { batchId: number; key: string; tookMs: number }[] = [];
  private readonly underWay = new Set<Promise<void>>();
  private readonly over = new AbortController();
  private readonly pushing: Promise<void>;
  private readonly client: PersistentClient;

  private readonly token: string;

  constructor(hubUrl: string, token: string) {
    this.token = token;
    this.client = new PersistentClient(hubUrl);
    this.pushing = this.push();
  }

  /** Resolves when all that was begun is answered. */
  async stop(): Promise<void> {
    this.over.abort();
    await this.pushing;
    await Promise.all(this.underWay);
  }

  private async push(): Promise<void> {
    for (let n = 0; !this.over.signal.aborted; n += 1) {
      const sent = this.send(n);
      this.underWay.add(sent);
      void sent.finally(() => this.underWay.delete(sent));
      await wait(everyMs, undefined, { signal: this.over.signal }).catch(() => undefined);
    }
  }

  private async send(n: number): Promise<void> {
    const [key, id, since] = [`push ${n}`, String(n), performance.now()];
    const body = [
      { id, version: 1, data: { id, given: `Ada${n}`, family: `Byron${n}`, email: `ada${n}@example.com` } },
    ];
    const answer = await this.client.call('POST', '/systems/crm/records', this.token, body, key);
    const { batchId } = answer.body as { batchId: number };
    if (answer.status !== 202) throw new Error(`${key} was refused: ${JSON.stringify(answer)}`);
    this.acknowledged.push({ batchId, key, tookMs: performance.now() - since });
  }
}

/** What became of the acknowledged pushes, each a count. */
export async function accountOf(databaseUrl: string, { acknowledged }: PacedPusher) {
  const stored = await look<{ id: number; key: string }>(
    databaseUrl,
    'select batch_id::int as id, idempotency_key as key from inbox_batch where idempotency_key is not null',
  );
  const keys = new Map(stored.map(({ id, key }) => [id, key]));
  const records = await look<{ key: string; n: number }>(
    databaseUrl,
    'select source_key as key, count(*)::int as n from source_record where source_key is not null group by system_id, source_key having count(*) > 1',
  );
  return {
    pushes: acknowledged.length,
    lost: acknowledged.filter(({ batchId, key }) => keys.get(batchId) !== key).length,
    doubled: stored.length - new Set(acknowledged.map(({ key }) => key)).size + records.length,
    misplaced: (await misplaced(databaseUrl)).length,
    slowestMs: Math.max(...acknowledged.map(({ tookMs }) => tookMs)),
  };
}

/** The process and those that it has started. */
export function withChildren(pid: number): number[] {
  const children = readdirSync('/proc').filter((name) => /^\d+$/.test(name) && parentOf(name) === pid);
  return [pid, ...children.map(Number)];
}

function parentOf(pid: string): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    return null;
  }
}

export function signal(pids: readonly number[], name: 'SIGSTOP' | 'SIGCONT'): void {
  for (const pid of pids) {
    try {
      process.kill(pid, name);
    } catch {
      // It has ended meanwhile.
    }
  }
}
