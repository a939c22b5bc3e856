import { inject } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import type { z } from 'zod';
import { Worker } from '../src/pipeline/worker.ts';
import { aMapping, ListeningHub, type Answer } from './listening-hub.ts';

export type SystemCode = 'adipose' | 'bellyfat';

/** A hub with the two systems that the shipped rules name, each with a mapping that is wide enough for decisions to be told about. */
export class StewardDesk {
  private versions = 0;

  private constructor(
    readonly hub: ListeningHub,
    private readonly keys: Record<SystemCode, string>,
  ) {}

  /** `registered`: which system is registered first. */
  static async open(
    environment: Record<string, string> = {},
    registered: readonly SystemCode[] = ['adipose', 'bellyfat'],
  ): Promise<StewardDesk> {
    const hub = await ListeningHub.open(inject('postgresUrl'), environment);
    const keys = { adipose: '', bellyfat: '' };
    for (const code of registered) keys[code] = await hub.aSystem(code);
    for (const code of ['adipose', 'bellyfat'] as const) {
      await hub.asAdmin('PUT', `/api/v1/systems/${code}/mapping`, { document: aWideMapping(code) });
    }
    return new StewardDesk(hub, keys);
  }

  /** The system pushes a row, newer than all that were pushed before. */
  push(system: SystemCode, id: string, row: object): Promise<void> {
    return this.pushAll(system, { [id]: row });
  }

  /** Many rows by their ids, as one batch. */
  async pushAll(system: SystemCode, rows: Record<string, object>): Promise<void> {
    this.versions += 1;
    const version = this.versions;
    const changedAt = new Date(Date.UTC(2026, 0, 1) + version * 60_000).toISOString();
    const body = Object.entries(rows).map(([id, row]) => ({ id, version, changedAt, data: { id, ...row } }));
    const { status, text } = await this.asSystem('POST', system, 'records', body);
    if (status !== 202) throw new Error(text);
    await this.hub.hub.app.get(Worker).drained();
  }

  async delete(system: SystemCode, id: string): Promise<void> {
    this.versions += 1;
    const event = {
      specversion: '1.0',
      id: `gone ${id}`,
      source: `/${system}`,
      subject: id,
      rowversion: this.versions,
    };
    await this.asSystem('POST', system, 'events', { ...event, type: 'customer.deleted' });
    await this.hub.hub.app.get(Worker).drained();
  }

  asSystem(
    method: string,
    system: SystemCode,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.hub.call(method, `/api/v1/systems/${system}/${path}`, { token: this.keys[system], body, headers });
  }

  /** What the hub answers, held against the schema that the contract names. */
  async get<Schema extends z.ZodType>(path: string, schema: Schema): Promise<z.output<Schema>> {
    return schema.parse((await this.hub.asAdmin('GET', `/api/v1${path}`)).json());
  }

  post(path: string, body: object): Promise<Answer> {
    const reason = /\/(undo|preview|count|training)$/.test(path) ? {} : { reason: 'asked on the phone' };
    return this.hub.asAdmin('POST', `/api/v1${path}`, { ...reason, ...body });
  }

  /** Makes a decision and returns its number. */
  async decide(path: string, body: object): Promise<number> {
    const answer = await this.post(path, body);
    if (answer.status !== 201) throw new Error(`${answer.status} ${answer.text}`);
    return answer.json<{ decisionId: number }>().decisionId;
  }

  /** The id of the customer that has this record. */
  async customerOf(sourceId: string): Promise<string> {
    return (await this.customersOf([sourceId]))[0]!;
  }

  /** The ids of the customers that have these records, from one export: of one caller the hub serves only two at once. */
  async customersOf(sourceIds: readonly string[]): Promise<string[]> {
    const { status, text } = await this.hub.asAdmin('GET', '/api/v1/crosswalk');
    if (status !== 200) throw new Error(`${status} ${text}`);
    const lines = text.trim().split('\n');
    const found = new Map(
      lines
        .map((line) => JSON.parse(line) as { sourceId: string; customerId: string })
        .map((line) => [line.sourceId, line.customerId]),
    );
    return sourceIds.map((sourceId) => {
      const customerId = found.get(sourceId);
      if (customerId === undefined) throw new Error(`no customer has the record "${sourceId}"`);
      return customerId;
    });
  }

  /** The system's mapping from now on does not read this attribute any more. */
  async narrowMapping(system: SystemCode, without: string): Promise<number> {
    const { attributes, ...mapping } = aWideMapping(system);
    const document = { ...mapping, attributes: attributes.filter(({ attribute }) => attribute !== without) };
    return (await this.hub.putSeen(`/api/v1/systems/${system}/mapping`, { document })).status;
  }

  close(): Promise<void> {
    return this.hub.close();
  }
}

function aWideMapping(system: string) {
  const { attributes, ...mapping } = aMapping(system);
  return {
    ...mapping,
    attributes: [
      ...attributes,
      { attribute: 'birthDate', path: 'birth' },
      { attribute: 'phone.primary', path: 'phone' },
      { attribute: 'email.primary', path: 'email' },
    ],
    lists: [
      {
        list: 'products',
        path: 'products',
        members: { sku: { path: 'sku' }, serial: { path: 'serial' }, name: { path: 'name' } },
      },
    ],
  };
}
