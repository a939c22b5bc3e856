import 'reflect-metadata';
import { Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { createAdipose } from '@cinch/adipose';
import { createBellyfat } from '@cinch/bellyfat';
import { readFileSync } from 'node:fs';
import pg from 'pg';
import { createTestDatabase } from '../../../scripts/test-database.ts';
import { PipelineModule } from '../src/pipeline/pipeline.module.ts';
import { countToType } from '../src/pipeline/brake.ts';
import { Refresh } from '../src/pipeline/refresh.ts';
import { parseEgressAllow } from '../src/platform/egress/egress-allow.ts';
import { PlatformModule } from '../src/platform/platform.module.ts';
import { Readiness } from '../src/platform/readiness.ts';
import { Database } from '../src/platform/transaction.ts';
import { RunsStore } from '../src/stages/refreshes/runs.store.ts';
import { MappingsStore } from '../src/stages/mappings/mappings.store.ts';
import { SystemsModule } from '../src/stages/systems/systems.module.ts';
import { SystemsStore } from '../src/stages/systems/systems.store.ts';
import { MappingsModule } from '../src/stages/mappings/mappings.module.ts';
import type { Environment } from '../src/platform/environment.ts';
import { createHubDatabase } from './hub-database.ts';

const adapterToken = 'a-token-for-tests-only';

/** The pipeline without its HTTP shell, with both reference systems as they are, each on its own database. */
export class WalkingHub {
  private readonly parts: { stop(): Promise<unknown> }[] = [];
  private app!: INestApplicationContext;
  private urls: Record<string, string> = {};
  private databases: Record<string, string> = {};

  static async open(postgresUrl: string, { demo = false } = {}): Promise<WalkingHub> {
    const hub = new WalkingHub();
    const databases = [createHubDatabase, createTestDatabase, createTestDatabase];
    const [own, adipose, bellyfat] = await Promise.all(databases.map((create) => create(postgresUrl)));
    for (const database of [own!, adipose!, bellyfat!]) hub.parts.push({ stop: () => database.drop() });
    const systems = {
      adipose: await createAdipose({ databaseUrl: adipose!.url, adapterToken, demo }),
      bellyfat: await createBellyfat({ databaseUrl: bellyfat!.url, adapterToken, demo }),
    };
    hub.parts.push(systems.adipose, systems.bellyfat);
    hub.databases = { adipose: adipose!.url, bellyfat: bellyfat!.url };
    hub.urls = { adipose: systems.adipose.url, bellyfat: systems.bellyfat.url };

    const environment: Partial<Environment> = {
      databaseUrl: own!.url,
      egressAllow: parseEgressAllow('loopback'),
      tokenSecrets: ['x'.repeat(40)],
    };
    @Module({
      imports: [
        PlatformModule.for(environment as Environment, new Readiness()),
        SystemsModule,
        MappingsModule,
        PipelineModule,
      ],
    })
    class Walk {}
    hub.app = await NestFactory.createApplicationContext(Walk, { logger: ['error', 'warn'], abortOnError: false });
    hub.parts.push({ stop: () => hub.app.close() });
    for (const code of ['adipose', 'bellyfat'] as const) await hub.register(code);
    return hub;
  }

  private async register(code: 'adipose' | 'bellyfat'): Promise<void> {
    const url = new URL(`../src/demo/mappings/${code}.json`, import.meta.url);
    const document = JSON.parse(readFileSync(url, 'utf8'));
    await this.app.get(Database).transaction(async (tx) => {
      const adapterUrl = this.urls[code]!;
      const system = await this.app
        .get(SystemsStore)
        .create(tx, { code, name: code, adapterUrl, adapterToken, scope: { create: 'everybody', keep: 'everybody' } });
      await this.app.get(MappingsStore).publish(tx, system!.systemId, document, new Date(), 'test');
      await this.app.get(SystemsStore).setOutbound(tx, system!.systemId, 'armed');
    });
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.app.get(type);
  }

  async refresh(
    system: string,
  ): Promise<{ closing: string | null; failure: string | null; counts: Record<string, number> }> {
    const { runId } = await this.get(Refresh).start(system, 'full', 'test');
    await this.get(Refresh).finished(runId);
    await this.release(runId);
    const [run] = await this.query<{ closing: string; failure: string; counts: string }>(
      'select closing, failure, counts from refresh_run where run_id = $1',
      [runId],
    );
    return { ...run!, counts: JSON.parse(run!.counts) as Record<string, number> };
  }

  /** Of a run that the brake holds, a person types what it writes. */
  private async release(runId: number): Promise<void> {
    const run = await this.get(Database).read((tx) => this.get(RunsStore).byId(tx, runId));
    if (run?.phase !== 'planned') return;
    await this.get(Refresh).apply(runId, run.planHash!, countToType(run));
    await this.get(Refresh).finished(runId);
  }

  /** The native row as the system's own API answers it. */
  async row(system: string, key: string): Promise<Record<string, unknown>> {
    return (await this.call(system, key)) as Record<string, unknown>;
  }

  /** An edit by the system's own user. */
  async edit(system: string, key: string, changes: object): Promise<void> {
    await this.call(system, key, changes);
  }

  async editPhone(bellyfatKey: string, e164: string): Promise<void> {
    const { phones } = await this.row('bellyfat', bellyfatKey);
    const edited = (phones as { primary: boolean }[]).map((phone) => (phone.primary ? { ...phone, e164 } : phone));
    await this.edit('bellyfat', bellyfatKey, { phones: edited });
  }

  async phone(bellyfatKey: string): Promise<string | undefined> {
    const { phones } = await this.row('bellyfat', bellyfatKey);
    return (phones as { primary: boolean; e164: string }[]).find((phone) => phone.primary)?.e164;
  }

  private async call(system: string, key: string, changes?: object): Promise<unknown> {
    const response = await fetch(`${this.urls[system]}/api/customers/${key}`, {
      method: changes ? 'PATCH' : 'GET',
      ...(changes && { body: JSON.stringify(changes), headers: { 'content-type': 'application/json' } }),
    });
    const body = (await response.json()) as { data?: unknown };
    if (!response.ok) throw new Error(`${system} answered ${response.status}: ${JSON.stringify(body)}`);
    return body.data ?? body;
  }

  /** Behind the system's back, in its own database. */
  async sql(system: 'adipose' | 'bellyfat', text: string, parameters: unknown[]): Promise<void> {
    const client = new pg.Client({ connectionString: this.databases[system] });
    await client.connect();
    try {
      await client.query(text, parameters);
    } finally {
      await client.end();
    }
  }

  query<Row>(sql: string, parameters?: unknown[]): Promise<Row[]> {
    return this.get(Database).read((tx) => tx.query<Row>(sql, parameters));
  }

  async stop(): Promise<void> {
    for (const part of this.parts.toReversed()) await part.stop();
  }
}
