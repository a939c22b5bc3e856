import { vi } from 'vitest';
import { outwardLimits, type BatchAccepted, type RefreshRun } from '@cinch/api-contract';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import { unlikeName } from '../../../../e2e/crash/unlike-name.ts';
import { countToType } from '../../src/pipeline/brake.ts';
import { Decide } from '../../src/pipeline/decide.ts';
import { Identify } from '../../src/pipeline/identify.ts';
import { Ingest } from '../../src/pipeline/ingest.ts';
import { Integrity } from '../../src/pipeline/integrity.ts';
import { Lane } from '../../src/pipeline/lane.ts';
import { Refresh } from '../../src/pipeline/refresh.ts';
import { ProblemError } from '../../src/platform/problem-error.ts';
import { Clock } from '../../src/platform/clock.ts';
import { Database, type Tx } from '../../src/platform/transaction.ts';
import { MappingsStore } from '../../src/stages/mappings/mappings.store.ts';
import { AdapterClient } from '../../src/stages/refreshes/adapter-client.ts';
import { RunsStore } from '../../src/stages/refreshes/runs.store.ts';
import { SystemsStore } from '../../src/stages/systems/systems.store.ts';
import { ViewsStore } from '../../src/stages/views/views.store.ts';
import { unbraked } from '../armed-system.ts';
import { aMapping, ListeningHub } from '../listening-hub.ts';
import { LedgerTarget } from './ledger-target.ts';

export const mapping = (system: string) => ({
  ...aMapping(system),
  attributes: [
    ...aMapping(system).attributes,
    { attribute: 'email.primary', path: 'email' },
    { attribute: 'phone.primary', path: 'phone' },
  ],
});

/** Nobody ends what is under way. */
const never = new AbortController().signal;
const wish = { reason: 'asked the customer', by: 'steward' };

/** Two systems that push, and a target with its lane on; the worker does nothing by itself. */
export class SentHub {
  readonly target = new LedgerTarget();
  private readonly versions = new Map<string, number>();
  private passedMs = 0;
  private keys: Record<string, string> = {};

  private constructor(readonly hub: ListeningHub) {}

  static async open(postgresUrl: string): Promise<SentHub> {
    const sent = new SentHub(await ListeningHub.open(postgresUrl, { ROLE: 'api' }));
    for (const code of ['north', 'east']) sent.keys[code] = await sent.hub.aSystem(code, mapping(code));
    await sent.get(Database).transaction(async (tx) => {
      const systems = sent.get(SystemsStore);
      const scope = { create: 'everybody', keep: 'everybody' } as const;
      const reached = { adapterUrl: 'http://south.example', adapterToken: 'only-for-this-test' };
      const { systemId } = (await systems.create(tx, { code: 'south', name: 'south', scope, ...reached }))!;
      await sent.get(MappingsStore).publish(tx, systemId, mapping('south'), new Date(), 'test');
      await systems.setOutbound(tx, systemId, 'armed');
      await systems.setLane(tx, systemId, 'on');
      await systems.setLimits(tx, systemId, unbraked);
    });
    const made = await sent.hub.asAdmin('POST', '/api/v1/systems/south/keys');
    sent.keys['south'] = made.json<{ key: string }>().key;
    const client = sent.get(AdapterClient);
    vi.spyOn(client, 'list').mockImplementation(async () => ({ ...sent.target.list(), bad: [] }));
    vi.spyOn(client, 'keepsDeliveryIds').mockImplementation(async () => sent.target.keepsDeliveryIds);
    vi.spyOn(client, 'upsert').mockImplementation(async (_system, items) => {
      await sent.target.meanwhile?.();
      return sent.target.upsert(items);
    });
    vi.spyOn(sent.get(Clock), 'now').mockImplementation(() => Date.now() + sent.passedMs);
    return sent;
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.hub.hub.app.get(type);
  }

  read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.get(Database).read(work);
  }

  query<Row>(sql: string, given?: unknown[]): Promise<Row[]> {
    return this.read((tx) => tx.query<Row>(sql, given));
  }

  /** The system tells of a person, each time as it is by then, and the hub works on it. */
  async tell(system: 'north' | 'east', id: string, phone = '+12025550100'): Promise<void> {
    const version = (this.versions.get(`${system} ${id}`) ?? 0) + 1;
    this.versions.set(`${system} ${id}`, version);
    const family = unlikeName(`${system}${id}`);
    const data = { id, given: unlikeName(family), family, email: `${family}@example.com`, phone };
    await this.push(system, 'records', [{ id, version, data }]);
  }

  /** The first that north says of a person, and no more than the name. */
  async tellName(id: string, given: string, family: string): Promise<void> {
    this.versions.set(`north ${id}`, 1);
    await this.push('north', 'records', [{ id, version: 1, data: { id, given, family } }]);
  }

  /** Asks as the system itself. */
  async ask<T>(system: string, path: string, body: object): Promise<T> {
    const answer = await this.hub.call('POST', `/api/v1/${path}`, { token: this.keys[system]!, body });
    return answer.json<T>();
  }

  /** The target tells of a row of its own accord, without a word about who wrote it. */
  async tellOf({ key, version, changedAt, data }: AdapterRow): Promise<void> {
    await this.push('south', 'records', [{ id: key, version, changedAt, data }]);
  }

  /** Returns the decision. */
  async merge(a: number, b: number): Promise<number> {
    return (await this.get(Identify).merge(a, b, wish)).decisionId;
  }

  async undo(decisionId: number): Promise<void> {
    await this.get(Decide).undo(decisionId, wish.by);
  }

  /** The system tells of rows, or of events, and the hub works on them. */
  async push(system: string, form: string, body: object[]): Promise<void> {
    const answer = await this.hub.call('POST', `/api/v1/systems/${system}/${form}`, {
      token: this.keys[system]!,
      body,
    });
    if (answer.status !== 202 || answer.json<BatchAccepted>().rejected.length > 0) throw new Error(answer.text);
    while ((await this.get(Ingest).next()) > 0);
  }

  /** The lane goes out once, whether the target is there or not. False where nothing went out. */
  async lane(): Promise<boolean> {
    const [due] = await this.read((tx) => this.get(ViewsStore).lanesDue(tx, this.get(Clock).now()));
    if (due === undefined) return false;
    const delivered = this.get(Lane).deliver(due, never);
    return delivered.then(() => true, ifAway);
  }

  async laneUntilDone(): Promise<void> {
    for (let turn = 0; await this.lane(); turn += 1)
      if (turn > 100) throw new Error('The lane does not come to an end.');
  }

  async start(mode: 'full' | 'plan' = 'full'): Promise<number> {
    return (await this.get(Refresh).start('south', mode, 'test')).runId;
  }

  /** So many phases of the run that is under way; until it ends or waits where none are named. */
  async steps(most = 1_000): Promise<void> {
    for (let step = 0; step < most; step += 1) {
      const [run] = await this.read((tx) => this.get(RunsStore).active(tx));
      if (!run) return;
      await this.get(Refresh).advance(run, never).catch(ifAway);
    }
  }

  async refresh(): Promise<RefreshRun> {
    const runId = await this.start();
    await this.steps();
    await this.applyPlanned();
    await this.steps();
    return (await this.hub.asAdmin('GET', `/api/v1/refreshes/${runId}`)).json<RefreshRun>();
  }

  /** Somebody lets the plan that waits go on, if it is what it was. */
  async applyPlanned(): Promise<void> {
    const [open] = await this.query<{ id: number }>(`select run_id as id from refresh_run where phase = 'planned'`);
    if (!open) return;
    const run = (await this.read((tx) => this.get(RunsStore).byId(tx, open.id)))!;
    await this.get(Refresh)
      .apply(run.runId, run.planHash!, countToType(run) ?? undefined)
      .catch(ifStale);
  }

  /** Whatever run is open is taken to its end, or given up. */
  async endRuns(): Promise<void> {
    await this.steps();
    const open = await this.query<{ id: number }>(`select run_id as id from refresh_run where phase = 'planned'`);
    for (const { id } of open) await this.get(Refresh).cancel(id);
  }

  async setLane(lane: 'on' | 'off'): Promise<void> {
    await this.hub.asAdmin('PUT', '/api/v1/systems/south/lane', { lane });
  }

  /** The customers of the records whose keys begin so, in both systems that push. */
  async customersOf(prefix: string): Promise<number[]> {
    const rows = await this.query<{ id: number }>(
      `select distinct r.customer_id as id from source_record r join system s using (system_id)
       where s.code <> 'south' and r.source_key like $1 || '%' order by 1`,
      [prefix],
    );
    return rows.map((row) => row.id);
  }

  async customerOf(system: string, id: string): Promise<number> {
    const [row] = await this.query<{ id: number }>(
      `select r.customer_id as id from source_record r join system s using (system_id) where s.code = $1 and r.source_key = $2`,
      [system, id],
    );
    return row!.id;
  }

  /** The checks of integrity that find something. */
  async faults(): Promise<Record<string, number>> {
    const found = Object.entries(await this.get(Integrity).whole()).filter(([, faults]) => faults > 0);
    return Object.fromEntries(found);
  }

  /** No call that was given up is under way any more. */
  passDeadline(): void {
    this.passedMs += outwardLimits.wholeMs;
  }

  async close(): Promise<void> {
    vi.restoreAllMocks();
    await this.hub.close();
  }
}

function ifStale(cause: unknown): void {
  if (!(cause instanceof ProblemError) || cause.code !== 'stale-plan') throw cause;
}

function ifAway(cause: unknown): false {
  if (!(cause instanceof ProblemError) || cause.code !== 'adapter-unreachable') throw cause;
  return false;
}
