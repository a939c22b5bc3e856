import type { BatchAccepted } from '@cinch/api-contract';
import { validateMapping, type MappingDocument, modelAsShipped } from '@cinch/canonical-model';
import { readFileSync } from 'node:fs';
import { inject, vi } from 'vitest';
import type {} from '../../../../scripts/test-postgres.ts';
import { adiposeModel } from '../../../adipose/src/model.ts';
import { bellyfatModel } from '../../../bellyfat/src/model.ts';
import { countToType } from '../../src/pipeline/brake.ts';
import { Ingest } from '../../src/pipeline/ingest.ts';
import { Lane } from '../../src/pipeline/lane.ts';
import { Rederive } from '../../src/pipeline/rederive.ts';
import { Refresh } from '../../src/pipeline/refresh.ts';
import { Sweep } from '../../src/pipeline/sweep.ts';
import { Clock } from '../../src/platform/clock.ts';
import { PieceSize } from '../../src/platform/piece-size.ts';
import { ProblemError } from '../../src/platform/problem-error.ts';
import { Database } from '../../src/platform/transaction.ts';
import { MappingsStore } from '../../src/stages/mappings/mappings.store.ts';
import { AdapterClient } from '../../src/stages/refreshes/adapter-client.ts';
import { RunsStore, type RunRow } from '../../src/stages/refreshes/runs.store.ts';
import { SystemsStore } from '../../src/stages/systems/systems.store.ts';
import { ViewsStore } from '../../src/stages/views/views.store.ts';
import { ListeningHub, type Answer } from '../listening-hub.ts';
import { MemorySystem, type Data } from './memory-system.ts';
import { adiposeRow, bellyfatRow, edits, keyOf } from './town.ts';

export const codes = ['adipose', 'bellyfat'] as const;
export type Code = (typeof codes)[number];
export const minuteMs = 60_000;
export const dayMs = 24 * 60 * minuteMs;
const began = Date.UTC(2026, 0, 5, 8);
const linesAtOnce = 1_000;
const models = { adipose: adiposeModel, bellyfat: bellyfatModel };
const firstRows = { adipose: adiposeRow, bellyfat: bellyfatRow };
const never = new AbortController().signal;

// Nobody waits here for a piece of work to be over: on a busy machine thousands of records would be derived ten by ten.
const took = PieceSize.prototype.took;
vi.spyOn(PieceSize.prototype, 'took').mockImplementation(function (this: PieceSize, count) {
  took.call(this, count, 1);
});

export function shippedMapping(code: Code): MappingDocument {
  const file = new URL(`../../src/demo/mappings/${code}.json`, import.meta.url);
  const checked = validateMapping(JSON.parse(readFileSync(file, 'utf8')), modelAsShipped);
  if (!checked.ok) throw new Error(JSON.stringify(checked.problems));
  return checked.mapping;
}

/** A hub with the shipped limits and both reference systems in memory, by a clock that the test moves. Nothing is done by itself. */
export class Pair {
  now = began;
  laneIs: 'on' | 'off' = 'off';
  private edited = 0;

  private constructor(
    readonly hub: ListeningHub,
    readonly systems: Record<Code, MemorySystem>,
    private readonly keys: Record<Code, string>,
    readonly size: number,
  ) {}

  /** Both systems know the same customers, and are as the hub has them. */
  static async open(size: number): Promise<Pair> {
    const hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
    const pair = new Pair(hub, {} as Pair['systems'], {} as Pair['keys'], size);
    pair.stepIn();
    for (const code of codes) {
      pair.systems[code] = new MemorySystem(models[code], () => pair.now);
      await pair.register(code);
      const rows = Array.from({ length: size }, (_, n) =>
        pair.systems[code].change(keyOf[code](n), firstRows[code](n)),
      );
      await pair.push(code, rows);
    }
    for (const code of [...codes, ...codes]) await pair.refresh(code, 'let it go on');
    return pair;
  }

  /** Another hub, on a copy of what this one has stored, and other systems, with copies of its rows. This one is to be stopped before. */
  async copy(): Promise<Pair> {
    const hub = await this.hub.copy(inject('postgresUrl'), { ROLE: 'api' });
    const copy: Pair = new Pair(hub, {} as Pair['systems'], this.keys, this.size);
    for (const code of codes) copy.systems[code] = this.systems[code].copy(() => copy.now);
    copy.now = this.now;
    copy.edited = this.edited;
    copy.stepIn();
    return copy;
  }

  /** In the place of the hub's clock and of its calls to systems. */
  private stepIn(): void {
    vi.spyOn(this.get(Clock), 'now').mockImplementation(() => this.now);
    const client = this.get(AdapterClient);
    const named = (system: { code: string }) => this.systems[system.code as Code];
    vi.spyOn(client, 'list').mockImplementation(async (system, cursor, _, most = linesAtOnce) =>
      named(system).list(cursor, most),
    );
    vi.spyOn(client, 'find').mockImplementation(async (system, key) => named(system).find(key));
    vi.spyOn(client, 'keepsDeliveryIds').mockResolvedValue(true);
    vi.spyOn(client, 'upsert').mockImplementation(async (system, items) => named(system).upsert(items));
  }

  private async register(code: Code): Promise<void> {
    await this.get(Database).transaction(async (tx) => {
      const systems = this.get(SystemsStore);
      const scope = { create: 'everybody', keep: 'everybody' } as const;
      const reached = { adapterUrl: `http://${code}.example`, adapterToken: 'only-for-this-test' };
      const { systemId } = (await systems.create(tx, { code, name: code, scope, ...reached }))!;
      await this.get(MappingsStore).publish(tx, systemId, shippedMapping(code), new Date(this.now), 'test');
      await systems.setOutbound(tx, systemId, 'armed');
      // The limits that ship, in which the databases of tests else are not.
      await systems.setLimits(tx, systemId, {});
    });
    this.keys[code] = (await this.hub.asAdmin('POST', `/api/v1/systems/${code}/keys`)).json<{ key: string }>().key;
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.hub.hub.app.get(type);
  }

  query<Row>(sql: string, given?: unknown[]): Promise<Row[]> {
    return this.get(Database).read((tx) => tx.query<Row>(sql, given));
  }

  pass(ms: number): void {
    this.now += ms;
  }

  /** The system tells of rows; `load`: as lines of it. */
  async push(code: Code, rows: readonly { key: string; data: Data }[], load?: number): Promise<void> {
    for (let from = 0; from < rows.length; from += linesAtOnce) {
      const body = rows.slice(from, from + linesAtOnce).map(({ key, data }) => ({ id: key, data }));
      const path = `/api/v1/systems/${code}/records${load === undefined ? '' : `?load=${load}`}`;
      const answer = await this.as(code, 'POST', path, body);
      if (answer.json<BatchAccepted>().rejected.length > 0) throw new Error(answer.text);
      await this.workedOff();
    }
  }

  /** A load of all rows that the system has. */
  async load(code: Code): Promise<number> {
    const rows = this.systems[code].all();
    const path = `/api/v1/systems/${code}/loads`;
    const { loadId } = (await this.as(code, 'POST', path, {})).json<{ loadId: number }>();
    await this.push(code, rows, loadId);
    await this.as(code, 'POST', `/api/v1/loads/${loadId}/complete`, { expected: rows.length });
    while (await this.get(Sweep).next());
    return loadId;
  }

  async remove(code: Code, key: string, isTold: boolean): Promise<void> {
    this.systems[code].remove(key);
    if (!isTold) return;
    const event = { specversion: '1.0', id: `gone ${key} ${this.now}`, source: `/${code}`, subject: key };
    await this.as(code, 'POST', `/api/v1/systems/${code}/events`, [{ ...event, type: 'customer.deleted' }]);
    await this.workedOff();
  }

  /** Users of the system edit one row each, and it tells of them one by one. */
  async edit(code: Code, places: readonly number[]): Promise<void> {
    for (const n of places) {
      this.edited += 1;
      this.pass(minuteMs / 4);
      const key = keyOf[code](n);
      const row = this.systems[code].change(key, edits[code](this.systems[code].find(key)!.data, this.edited));
      await this.push(code, [row]);
      await this.lanes();
    }
  }

  forgetWritten(): void {
    for (const code of codes) this.systems[code].written.clear();
  }

  async workedOff(): Promise<void> {
    while ((await this.get(Ingest).next()) > 0);
    while (await this.get(Rederive).next());
  }

  /** What is due to go out between refreshes goes out. */
  async lanes(): Promise<void> {
    for (let turn = 0; turn < 1_000; turn += 1) {
      const now = this.now;
      const due = await this.get(Database).read((tx) => this.get(ViewsStore).lanesDue(tx, now));
      if (due.length === 0) return;
      for (const systemId of due) await this.get(Lane).deliver(systemId, never);
    }
    throw new Error('The lane does not come to an end.');
  }

  async setLanes(lane: 'on' | 'off'): Promise<void> {
    this.laneIs = lane;
    for (const code of codes) await this.asAdmin('PUT', `/api/v1/systems/${code}/lane`, { lane });
  }

  /** As a schedule starts it: what a brake holds stays held, unless somebody lets it go on, however often it asks. */
  async refresh(code: Code, then?: 'let it go on'): Promise<RunRow | null> {
    this.pass(minuteMs);
    let runId: number;
    try {
      ({ runId } = await this.get(Refresh).start(code, 'full', 'test'));
    } catch (cause) {
      // The system is held, or an earlier run waits.
      if (cause instanceof ProblemError) return null;
      throw cause;
    }
    return this.goOn(runId, then);
  }

  /** Somebody looks at what a brake holds, and lets it go on to its end. */
  letGo({ runId }: RunRow): Promise<RunRow> {
    return this.goOn(runId, 'let it go on');
  }

  private async goOn(runId: number, then?: 'let it go on'): Promise<RunRow> {
    for (let turn = 0; turn < 10_000; turn += 1) {
      const run = await this.run(runId);
      if (run.phase === 'planned' && then) await this.get(Refresh).apply(runId, run.planHash!, countToType(run));
      else if (['planned', 'closed', 'failed', 'cancelled'].includes(run.phase)) return run;
      else await this.get(Refresh).advance(run, never);
    }
    throw new Error('The refresh does not come to an end.');
  }

  /** Whoever looked at what is held gives it up. */
  async cancelPlanned(): Promise<void> {
    const open = await this.query<{ id: number }>(`select run_id as id from refresh_run where phase = 'planned'`);
    for (const { id } of open) await this.get(Refresh).cancel(id);
  }

  private async run(runId: number): Promise<RunRow> {
    return (await this.get(Database).read((tx) => this.get(RunsStore).byId(tx, runId)))!;
  }

  async asAdmin(method: string, path: string, body?: unknown): Promise<Answer> {
    return mustBeDone(await this.hub.asAdmin(method, path, body));
  }

  private async as(code: Code, method: string, path: string, body: unknown): Promise<Answer> {
    return mustBeDone(await this.hub.call(method, path, { token: this.keys[code], body }));
  }

  close(): Promise<void> {
    return this.hub.close();
  }
}

function mustBeDone(answer: Answer): Answer {
  if (answer.status >= 300) throw new Error(`${answer.status}: ${answer.text}`);
  return answer;
}
