import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';

/** What time was spent on, the largest share first. */
export type Shares = { what: string; share: number }[];

const lookMs = 10;

/** Looks again and again what the hub's connections are doing, until it is told to stop. */
export async function watchConnections(databaseUrl: string): Promise<{ stop(): Promise<Shares> }> {
  const db = new pg.Client({ connectionString: databaseUrl });
  await db.connect();
  const text = `select state, wait_event, query from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_type = 'client backend' and state <> 'idle'`;
  const counts = new Map<string, number>();
  let isOver = false;
  const looking = (async () => {
    while (!isOver) {
      const { rows } = await db.query<Connection>({ name: 'connections', text });
      for (const row of rows) add(counts, activityOf(row), 1);
      await wait(lookMs);
    }
  })();
  return {
    async stop() {
      isOver = true;
      await looking;
      await db.end();
      return sharesOf(counts);
    },
  };
}

interface Connection {
  state: string;
  wait_event: string | null;
  query: string;
}

function activityOf({ state, wait_event: waits, query }: Connection): string {
  if (state !== 'active') return 'in a transaction, waiting for Node';
  const words = query.replaceAll(/\s+/g, ' ').trim().toLowerCase();
  const verb = /^\w+/.exec(words)?.[0] ?? '?';
  if (verb === 'commit') return waits === null ? 'commit' : `commit (${waits})`;
  // Of a statement with several tables the written one names it, else the first one read.
  const table =
    /\b(?:insert into|update|delete from|copy) ([a-z_]+)/.exec(words)?.[1] ??
    /\b(?:from|join) (?!unnest\b)([a-z_]+)/.exec(words)?.[1];
  const act = /\b(insert into|update|delete from|copy)\b/.exec(words)?.[1] ?? verb;
  const ofLocks = waits === 'advisory' || waits === 'transactionid' ? ' (waits for a lock)' : '';
  return `${act}${table ? ` ${table}` : ''}${ofLocks}`;
}

interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string }; children?: number[] }[];
  samples: number[];
  timeDeltas: number[];
}

/** Where the hub's threads spent their CPU, by part of the code; what they idled is left out. */
export function cpuShares(folder: string): Shares {
  const counts = new Map<string, number>();
  for (const name of readdirSync(folder).filter((one) => one.endsWith('.cpuprofile'))) {
    const { nodes, samples, timeDeltas } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as CpuProfile;
    const callerOf = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
    const partOf = new Map<number, string>();
    // Callers come before what they call. What the language brings along (JSON, maps, strings) is its caller's time.
    for (const { id, callFrame } of nodes) partOf.set(id, codeOf(callFrame) ?? partOf.get(callerOf.get(id)!) ?? 'node');
    for (const [index, id] of samples.entries()) {
      const part = partOf.get(id)!;
      if (part !== '(idle)') add(counts, part, timeDeltas[index]!);
    }
  }
  return sharesOf(counts);
}

function codeOf({ functionName, url }: { functionName: string; url: string }): string | null {
  if (functionName.startsWith('(')) return functionName === '(root)' ? 'node' : functionName;
  if (url === '') return null;
  if (url.startsWith('node:')) return url.startsWith('node:internal/modules') ? 'node, loading modules' : 'node';
  const own = /\/packages\/([^/]+)\/(?:src|dist)\/([^/]+)\//.exec(url);
  if (own) return `${own[1]}/${own[2]}`;
  const stage = /\/apps\/api\/dist\/(stages\/[^/]+|[^/]+)/.exec(url);
  if (stage) return stage[1]!;
  const library = /\/node_modules\/((?:@[^/]+\/)?[^/]+)\/(?!.*\/node_modules\/)/.exec(url);
  if (library) return library[1]!;
  return 'other code';
}

function add(counts: Map<string, number>, what: string, n: number): void {
  counts.set(what, (counts.get(what) ?? 0) + n);
}

function sharesOf(counts: ReadonlyMap<string, number>): Shares {
  const all = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const shares = [...counts].map(([what, n]) => ({ what, share: n / all }));
  return shares.toSorted((a, b) => b.share - a.share);
}

/** The largest shares in a line. */
export function sharesInWords(shares: Shares, most = 12): string {
  const shown = shares.slice(0, most).map(({ what, share }) => `${what} ${(share * 100).toFixed(1)} %`);
  return shown.join(', ');
}
