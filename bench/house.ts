import { randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { startStack, type Stack } from '../scripts/stack.ts';
import { pidWithEnv, usageOf, type Usage } from './cpu.ts';
import type { SystemCode } from './population.ts';

const root = resolve(import.meta.dirname, '..');

const systems = ['adipose', 'bellyfat'] as const;

interface InboxCounts {
  accepted: number;
  waiting: number;
  applied: number;
  superseded: number;
  error: number;
}

interface LoadEnd {
  state: string;
  flagged: number | null;
}

interface HouseOptions {
  /** What the hub's process does, as the environment variable says it. */
  role?: 'all' | 'api';
  /** A folder for CPU profiles of the hub, written when it ends: measuring so costs it some of its speed. */
  profilesIn?: string;
  /** Where systems answer that are to be refreshed. */
  adapters?: Partial<Record<SystemCode, string>>;
}

/** An empty hub as it runs in production, in a process of its own, on a Postgres of its own with its durability on. */
export class House {
  private static readonly standing = new Set<House>();

  readonly keys: Record<SystemCode, string> = { adipose: '', bellyfat: '' };
  private hubPid = 0;

  readonly db: pg.Client;
  private readonly stack: Stack;
  private readonly dataDir: string;
  private readonly postmasterPid: number;

  private constructor(stack: Stack, dataDir: string, db: pg.Client, postmasterPid: number) {
    this.stack = stack;
    this.dataDir = dataDir;
    this.db = db;
    this.postmasterPid = postmasterPid;
  }

  static async open({
    role = 'all',
    profilesIn = process.env.BENCH_PROFILES,
    adapters = {},
  }: HouseOptions = {}): Promise<House> {
    const dataDir = mkdtempSync(join(tmpdir(), 'cinch-bench-'));
    const mark = randomUUID();
    const env: Record<string, string> = { LOG_LEVEL: 'warn', ROLE: role, CINCH_BENCH: mark };
    if (profilesIn) env.NODE_OPTIONS = `--cpu-prof --cpu-prof-dir=${profilesIn}`;
    const admin = { token: `token-${randomUUID()}` };
    const stack = await startStack({ dataDir, demo: false, throwaway: true, durable: true, admin, env }).catch(
      (error: unknown) => {
        rmSync(dataDir, { recursive: true, force: true });
        throw error;
      },
    );
    const db = new pg.Client({ connectionString: stack.databaseUrls.hub });
    const postmaster = Number(readFileSync(join(dataDir, 'postgres', 'postmaster.pid'), 'utf8').split('\n')[0]);
    const house = new House(stack, dataDir, db, postmaster);
    House.standing.add(house);
    void stack.broken.then((sentence) => House.standing.has(house) && console.error(sentence));
    await db.connect();
    house.hubPid = pidWithEnv('CINCH_BENCH', mark);
    for (const code of systems) await house.register(code, adapters[code]);
    return house;
  }

  /** For an end before the end: nothing stays behind. */
  static async closeAll(): Promise<void> {
    for (const house of House.standing) await house.close();
  }

  get url(): string {
    return `${this.stack.hubUrl}/api/v1`;
  }

  get adminToken(): string {
    return this.stack.adminToken;
  }

  /** What the first admin logs in with. */
  get admins(): { email: string; password: string } {
    return { email: this.stack.adminEmail, password: this.stack.adminPassword };
  }

  private async register(code: SystemCode, adapterUrl?: string): Promise<void> {
    const path = join(root, 'apps', 'api', 'src', 'demo', 'mappings', `${code}.json`);
    await this.admin('POST', '/systems', {
      code,
      name: code,
      ...(adapterUrl && { adapterUrl, adapterToken: 'bench' }),
    });
    await this.admin('PUT', `/systems/${code}/mapping`, { document: JSON.parse(readFileSync(path, 'utf8')) });
    // Whatever is changed within minutes is meant so.
    await this.admin('PUT', `/systems/${code}/limits`, { inboundShare: 1 });
    await this.admin('PUT', `/systems/${code}/mastering`, { mastering: 'on' });
    this.keys[code] = (await this.admin<{ key: string }>('POST', `/systems/${code}/keys`)).key;
  }

  async admin<T>(method: string, path: string, body?: unknown): Promise<T> {
    return this.call<T>(method, path, this.stack.adminToken, 'application/json', body && JSON.stringify(body));
  }

  /** A call of a system with a JSON body. */
  async system<T>(code: SystemCode, method: string, path: string, body?: unknown): Promise<T> {
    return this.call<T>(method, path, this.keys[code], 'application/json', body && JSON.stringify(body));
  }

  get databaseUrl(): string {
    return this.stack.databaseUrls.hub;
  }

  /** Pushes lines of one system, in a load if one is named; resolves when the hub has them durably. */
  async push(code: SystemCode, body: string | Buffer, loadId?: number): Promise<{ batchId: number; accepted: number }> {
    const path = `/systems/${code}/records${loadId === undefined ? '' : `?load=${loadId}`}`;
    return this.call('POST', path, this.keys[code], 'application/x-ndjson', body);
  }

  private async call<T>(method: string, path: string, token: string, type: string, body?: unknown): Promise<T> {
    const headers = { authorization: `Bearer ${token}`, 'content-type': type };
    const response = await fetch(`${this.url}${path}`, { method, headers, body: body as string });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 400)}`);
    return (text === '' ? null : JSON.parse(text)) as T;
  }

  /** Opens a load of all that the system has, as of an instant or now. */
  async openLoad(code: SystemCode, asOf?: string): Promise<number> {
    return (await this.system<{ loadId: number }>(code, 'POST', `/systems/${code}/loads`, { asOf })).loadId;
  }

  /** Ends a load; resolves when it is over, with how: swept, or why not. */
  async completeLoad(code: SystemCode, loadId: number, expected: number): Promise<LoadEnd> {
    await this.system(code, 'POST', `/loads/${loadId}/complete`, { expected });
    for (;;) {
      const load = await this.system<LoadEnd>(code, 'GET', `/loads/${loadId}`);
      if (load.state !== 'completing') return load;
      await wait(200);
    }
  }

  async inbox(): Promise<InboxCounts> {
    return (await this.admin<{ inbox: InboxCounts }>('GET', '/status')).inbox;
  }

  /** Resolves when nothing waits any more. Throws where the counts of places do not add up. */
  async drained(): Promise<InboxCounts> {
    // Looked at beside the hub, so that looking costs it nothing.
    const waiting = 'select 1 from inbox_chunk where done_at is null limit 1';
    while ((await this.db.query(waiting)).rowCount !== 0) await wait(20);
    const inbox = await this.inbox();
    if (inbox.accepted !== inbox.applied + inbox.superseded + inbox.error)
      throw new Error(`The counts do not add up: ${JSON.stringify(inbox)}`);
    return inbox;
  }

  usage(): Usage {
    return usageOf(this.hubPid, this.postmasterPid);
  }

  async close(): Promise<void> {
    if (!House.standing.delete(this)) return;
    await this.db.end();
    await this.stack.stop();
    rmSync(this.dataDir, { recursive: true, force: true });
  }
}
