import {
  errorCausePage,
  errorEntryPage,
  ownRecord,
  replay,
  replayAnswer,
  status,
  type BatchAccepted,
  type ErrorEntryPage,
  type Status,
} from '@cinch/api-contract';
import { inject } from 'vitest';
import type {} from '../../../scripts/test-postgres.ts';
import { Ingest } from '../src/pipeline/ingest.ts';
import { Integrity } from '../src/pipeline/integrity.ts';
import { Rederive } from '../src/pipeline/rederive.ts';
import { Replays } from '../src/pipeline/replays.ts';
import { Database } from '../src/platform/transaction.ts';
import { aMapping, ListeningHub } from './listening-hub.ts';

/** A mapping that finds the key elsewhere, and reads a birth date in a format of its own. */
export const mapping = (key: string, format?: string) => ({
  ...aMapping('shop'),
  key: { path: key },
  attributes: [
    ...aMapping('shop').attributes,
    { attribute: 'birthDate', path: 'birth', ...(format ? { steps: [{ step: 'date', format }] } : {}) },
  ],
});

/** A hub whose worker does nothing by itself: the test takes every step and looks in between. */
export class SteppedHub {
  private constructor(
    readonly hub: ListeningHub,
    readonly key: string,
  ) {}

  static async open(): Promise<SteppedHub> {
    const hub = await ListeningHub.open(inject('postgresUrl'), { ROLE: 'api' });
    return new SteppedHub(hub, await hub.aSystem('shop', mapping('id')));
  }

  get<T>(type: new (...args: never[]) => T): T {
    return this.hub.hub.app.get(type);
  }

  sql<Row>(text: string): Promise<Row[]> {
    return this.get(Database).transaction((tx) => tx.query<Row>(text));
  }

  async push(lines: object[], path = 'records'): Promise<number> {
    const answer = await this.hub.call('POST', `/api/v1/systems/shop/${path}`, { token: this.key, body: lines });
    return answer.json<BatchAccepted>().batchId;
  }

  async taken(): Promise<void> {
    while (await this.get(Ingest).next()) await this.inOnePlace();
  }

  async publish(document: object): Promise<void> {
    await this.hub.asAdmin('PUT', '/api/v1/systems/shop/mapping', { document });
    while (await this.get(Rederive).next());
  }

  async ask(body: object) {
    return replayAnswer.parse((await this.hub.asAdmin('POST', '/api/v1/errors/replay', body)).json());
  }

  /** Replays what was asked for, and looks after every commit. */
  async replayed(): Promise<void> {
    while (await this.get(Replays).next()) await this.inOnePlace();
  }

  async replay(body: object) {
    const { replayId } = await this.ask(body);
    await this.replayed();
    return replay.parse((await this.hub.asAdmin('GET', `/api/v1/errors/replays/${replayId}`)).json());
  }

  async inbox(): Promise<Status['inbox']> {
    return status.parse((await this.hub.asAdmin('GET', '/api/v1/status')).json()).inbox;
  }

  async inOnePlace(): Promise<void> {
    const { accepted, waiting, applied, superseded, error } = await this.inbox();
    const faulty = Object.entries(await this.get(Integrity).whole()).filter(([, faults]) => faults > 0);
    if (waiting + applied + superseded + error === accepted && faulty.length === 0) return;
    throw new Error(`The counts or what must always hold do not: ${JSON.stringify([await this.inbox(), faulty])}`);
  }

  async causes() {
    return errorCausePage.parse((await this.hub.asAdmin('GET', '/api/v1/errors')).json()).causes;
  }

  async entries(query = ''): Promise<ErrorEntryPage['entries']> {
    return errorEntryPage.parse((await this.hub.asAdmin('GET', `/api/v1/errors/entries${query}`)).json()).entries;
  }

  /** The open entry about a record. */
  async openOf(id: string): Promise<ErrorEntryPage['entries'][number]> {
    const found = (await this.entries('?state=open')).find(({ sourceId }) => sourceId === id);
    if (!found) throw new Error(`Nothing is logged of ${id}.`);
    return found;
  }

  async record(id: string) {
    const answer = await this.hub.call('GET', `/api/v1/systems/shop/records/${id}`, { token: this.key });
    return ownRecord.parse(answer.json());
  }

  close(): Promise<void> {
    return this.hub.close();
  }
}

/** A record line, by its id. */
export const row = (id: string, more: object = {}) => ({
  id,
  version: 1,
  data: { id, given: 'Jo', family: `Doe ${id}`, ...more },
});
/** An event that changes some members of a row. */
export const patch = (id: string, version: number, data: object) => {
  return {
    specversion: '1.0',
    id: `${id} ${version}`,
    source: '/shop',
    subject: id,
    rowversion: version,
    type: 'customer.patched',
    data,
  };
};

/** Makes the database refuse one record, as if the hub failed on it. */
export const poison = `alter table source_record add constraint no_poison check (source_key <> 'poison')`;
