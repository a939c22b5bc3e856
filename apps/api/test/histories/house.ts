import { createAdipose } from '@cinch/adipose';
import { createBellyfat } from '@cinch/bellyfat';
import type { BatchAccepted, RefreshRun } from '@cinch/api-contract';
import type { Fields, Json } from '@cinch/canonical-model';
import type { AdapterRow, ListPage, UpsertItem } from '@cinch/system-adapter/protocol';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { createTestDatabase } from '../../../../scripts/test-database.ts';
import { Refresh } from '../../src/pipeline/refresh.ts';
import { SystemsInForce, type SystemInForce } from '../../src/pipeline/systems-in-force.ts';
import { Worker } from '../../src/pipeline/worker.ts';
import { Database, type Tx } from '../../src/platform/transaction.ts';
import { MappingsStore } from '../../src/stages/mappings/mappings.store.ts';
import { SystemsStore } from '../../src/stages/systems/systems.store.ts';
import { ListeningHub, type Answer } from '../listening-hub.ts';

export const systemCodes = ['adipose', 'bellyfat'] as const;
export type SystemCode = (typeof systemCodes)[number];

/** An event as a system's outbox holds it. */
export interface CloudEvent {
  id: string;
  type: string;
  subject: string;
  time: string;
  rowversion: number;
  data?: Record<string, Json>;
  [extension: string]: Json | undefined;
}

interface Standing {
  url: string;
  hubKey: string;
  database: pg.Pool;
}

const adapterToken = 'a-token-for-tests-only';
const create = { adipose: createAdipose, bellyfat: createBellyfat };

/** A listening hub and both reference systems, each on its own database. Their events stay in their outboxes: the test is the network. */
export class House {
  private readonly parts: { stop(): Promise<unknown> }[] = [];
  private readonly systems = {} as Record<SystemCode, Standing>;

  private constructor(readonly hub: ListeningHub) {}

  static async open(postgresUrl: string): Promise<House> {
    const house = new House(await ListeningHub.open(postgresUrl));
    house.parts.push({ stop: () => house.hub.close() });
    for (const code of systemCodes) await house.start(code, postgresUrl);
    return house;
  }

  private async start(code: SystemCode, postgresUrl: string): Promise<void> {
    const database = await createTestDatabase(postgresUrl);
    const system = await create[code]({ databaseUrl: database.url, adapterToken, demo: false });
    const pool = new pg.Pool({ connectionString: database.url, max: 1 });
    pool.on('error', () => undefined);
    this.parts.push({ stop: () => database.drop() }, { stop: () => pool.end() }, system);
    await this.register(code, system.url);
    const made = await this.hub.asAdmin('POST', `/api/v1/systems/${code}/keys`);
    this.systems[code] = { url: system.url, hubKey: made.json<{ key: string }>().key, database: pool };
  }

  private register(code: SystemCode, adapterUrl: string): Promise<void> {
    const file = new URL(`../../src/demo/mappings/${code}.json`, import.meta.url);
    const document = JSON.parse(readFileSync(file, 'utf8')) as Json;
    return this.get(Database).transaction(async (tx) => {
      const scope = { create: 'everybody', keep: 'everybody' } as const;
      const systems = this.get(SystemsStore);
      const { systemId } = (await systems.create(tx, { code, name: code, adapterUrl, adapterToken, scope }))!;
      await this.get(MappingsStore).publish(tx, systemId, document, new Date(), 'test');
      await systems.setOutbound(tx, systemId, 'armed');
    });
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.hub.hub.app.get(type);
  }

  read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.get(Database).read(work);
  }

  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> {
    return this.read((tx) => tx.query<Row>(sql, parameters));
  }

  async inForce(): Promise<Map<SystemCode, SystemInForce>> {
    const loaded = await this.read((tx) => this.get(SystemsInForce).load(tx));
    return new Map([...loaded.values()].map((system) => [system.code as SystemCode, system]));
  }

  /** All rows of a system, as they stand there. */
  async rows(code: SystemCode): Promise<AdapterRow[]> {
    const rows: AdapterRow[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const query = cursor === '' ? '' : `?cursor=${encodeURIComponent(cursor)}`;
      const answer = await this.ask(code, 'GET', `/mdm/customers${query}`);
      const page = (await answer.json()) as ListPage;
      rows.push(...page.rows);
      cursor = page.nextCursor;
    }
    return rows;
  }

  /** New customers of the system, made by an integration that is not the hub. */
  async make(code: SystemCode, items: readonly UpsertItem[]): Promise<void> {
    for (let from = 0; from < items.length; from += 500) {
      const answer = await this.ask(code, 'POST', '/mdm/customers', { items: items.slice(from, from + 500) });
      const { receipts } = (await answer.json()) as { receipts: { outcome: string }[] };
      const refused = receipts.find((receipt) => receipt.outcome !== 'stored');
      if (refused) throw new Error(`${code} did not make a customer: ${JSON.stringify(refused)}`);
    }
  }

  /** A user's change of a row; false when the system does not take it or the row is gone. */
  async edit(code: SystemCode, key: string, fields: Fields): Promise<boolean> {
    return (await this.ask(code, 'PATCH', `/api/customers/${key}`, fields)).ok;
  }

  async remove(code: SystemCode, key: string): Promise<void> {
    await this.ask(code, 'DELETE', `/api/customers/${key}`);
  }

  async book(key: string, transaction: { cents: number; points: number; eventId: string }): Promise<void> {
    await this.ask('adipose', 'POST', `/api/customers/${key}/transactions`, transaction);
  }

  async pushAll(code: SystemCode): Promise<void> {
    await this.ask(code, 'POST', '/api/push-all', {});
  }

  /** What the system wants to tell, taken out of its outbox. */
  async takeEvents(code: SystemCode): Promise<CloudEvent[]> {
    const { rows } = await this.systems[code].database.query<{ event: CloudEvent }>(
      'with taken as (delete from outbox returning seq, event) select event from taken order by seq',
    );
    return rows.map((row) => row.event);
  }

  async push(code: SystemCode, events: readonly CloudEvent[]): Promise<void> {
    await this.send(code, 'events', events, 'application/cloudevents-batch+json');
  }

  /** As an integration by file does: the rows whole, without a word about who wrote them. */
  async pushRecords(code: SystemCode, rows: readonly AdapterRow[]): Promise<void> {
    const lines = rows.map(({ key, version, changedAt, data }) => ({ id: key, version, changedAt, data }));
    await this.send(code, 'records', lines, 'application/json');
  }

  private async send(code: SystemCode, form: string, list: readonly unknown[], type: string): Promise<void> {
    if (list.length === 0) return;
    const headers = { 'content-type': type };
    const raw = JSON.stringify(list);
    const token = this.systems[code].hubKey;
    const answer = await this.hub.call('POST', `/api/v1/systems/${code}/${form}`, { token, headers, raw });
    const rejected = answer.status === 202 ? answer.json<BatchAccepted>().rejected : [];
    if (answer.status !== 202 || rejected.length > 0) throw new Error(`${code} was refused: ${answer.text}`);
  }

  /** The system reads its own view of one of its customers; null when it may not. */
  async view(code: SystemCode, key: string): Promise<Fields | null> {
    const token = this.systems[code].hubKey;
    const answer = await this.hub.call('GET', `/api/v1/systems/${code}/customers/${key}`, { token });
    return answer.status === 200 ? answer.json<{ fields: Fields }>().fields : null;
  }

  asAdmin(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.hub.asAdmin(method, `/api/v1${path}`, body);
  }

  /** Everything that was pushed has been worked on. */
  drained(): Promise<void> {
    return this.get(Worker).drained();
  }

  async refresh(code: SystemCode): Promise<RefreshRun> {
    const started = await this.asAdmin('POST', '/refreshes', { system: code, mode: 'full' });
    if (started.status !== 201) throw new Error(`The refresh was not started: ${started.text}`);
    const { runId } = started.json<RefreshRun>();
    await this.get(Refresh).finished(runId);
    const run = (await this.asAdmin('GET', `/refreshes/${runId}`)).json<RefreshRun>();
    if (run.phase !== 'planned') return run;
    // A town that comes to an empty system is what the brake is for: a person types the count.
    await this.asAdmin('POST', `/refreshes/${runId}/apply`, { planHash: run.planHash, count: run.brake[0]?.count });
    await this.get(Refresh).finished(runId);
    return (await this.asAdmin('GET', `/refreshes/${runId}`)).json<RefreshRun>();
  }

  private ask(code: SystemCode, method: string, path: string, body?: unknown): Promise<Response> {
    return fetch(this.systems[code].url + path, {
      method,
      headers: { authorization: `Bearer ${adapterToken}`, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
    });
  }

  async close(): Promise<void> {
    for (const part of this.parts.toReversed()) await part.stop();
  }
}
