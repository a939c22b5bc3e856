import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Problem } from '@cinch/api-contract';
import { createTestDatabase, type TestDatabase } from '../../../scripts/test-database.ts';
import { RefusalTurns } from '../src/http/door/paced-turns.ts';
import { OpenApi } from '../src/http/openapi/openapi.ts';
import { openHub, type Hub } from '../src/hub.ts';
import { serverFor } from '../src/listen.ts';
import { DescribedAnswers } from './described-answers.ts';
import { createHubDatabase } from './hub-database.ts';
import { readEnvironment } from '../src/platform/environment.ts';

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The body as JSON; fails when it is none. */
  json<T>(): T;
  problem(): Problem;
}

interface Call {
  token?: string;
  headers?: Record<string, string>;
  body?: unknown;
  /** Sent as it is, instead of `body` as JSON. */
  raw?: string | Buffer;
}

/** The smallest mapping: a key, the constant kind and a name. */
export function aMapping(system: string) {
  return {
    format: 1,
    system,
    key: { path: 'id' },
    kind: { constant: 'person' },
    attributes: [{ attribute: 'name', members: { given: { path: 'given' }, family: { path: 'family' } } }],
  };
}

/** The description is of the code, whatever the hub: making it takes longer than all else that a hub does to open. */
let described: DescribedAnswers | undefined;

/** A hub on a database of its own, called over real HTTP; each answer is held against its description. */
export class ListeningHub {
  static readonly adminToken = 'a-token-for-tests-only';
  static readonly password = 'a-password-for-tests';

  private constructor(
    readonly url: string,
    readonly hub: Hub,
    readonly dataDir: string,
    private readonly server: Server,
    private readonly database: TestDatabase,
  ) {}

  static async open(postgresUrl: string, environment: Record<string, string> = {}): Promise<ListeningHub> {
    const database = await createHubDatabase(postgresUrl);
    const dataDir = await mkdtemp(join(tmpdir(), 'cinch-hub-'));
    return ListeningHub.on(database, dataDir, environment);
  }

  private static async on(
    database: TestDatabase,
    dataDir: string,
    environment: Record<string, string>,
  ): Promise<ListeningHub> {
    const hub = await openHub(
      readEnvironment({
        DATABASE_URL: database.url,
        DATA_DIR: dataDir,
        AUTH_SECRET: 'x'.repeat(40),
        ADMIN_TOKEN: ListeningHub.adminToken,
        ADMIN_PASSWORD: ListeningHub.password,
        LOG_LEVEL: 'silent',
        EGRESS_ALLOW: 'loopback',
        ...environment,
      }),
    );
    await hub.becomeReady();
    const server = serverFor(hub.handler);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    described ??= new DescribedAnswers(hub.app.get(OpenApi).document());
    return new ListeningHub(url, hub, dataDir, server, database);
  }

  /** Started anew: another hub on the same database and directory. This one is to be stopped before, and is of no use afterwards. */
  again(environment: Record<string, string> = {}): Promise<ListeningHub> {
    return ListeningHub.on(this.database, this.dataDir, environment);
  }

  /** Another hub, on a copy of what this one has stored. This one is to be stopped before. */
  async copy(postgresUrl: string, environment: Record<string, string> = {}): Promise<ListeningHub> {
    const template = new URL(this.database.url).pathname.slice(1);
    const database = await createTestDatabase(postgresUrl, { template });
    return ListeningHub.on(database, await mkdtemp(join(tmpdir(), 'cinch-hub-')), environment);
  }

  /** Refusals keep no pace: whoever sends nothing but nonsense would wait for each. */
  tellAtOnce(): void {
    this.hub.app.get(RefusalTurns).take = (_name, _socket, goOn) => {
      goOn();
      return true;
    };
  }

  get databaseUrl(): string {
    return this.database.url;
  }

  async call(method: string, path: string, { token, headers, body, raw }: Call = {}): Promise<Answer> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      body: raw ?? (body === undefined ? null : JSON.stringify(body)),
    });
    const text = await response.text();
    described!.check(method, path, response, text);
    return {
      status: response.status,
      headers: response.headers,
      text,
      json: <T>() => JSON.parse(text) as T,
      problem: () => JSON.parse(text) as Problem,
    };
  }

  asAdmin(method: string, path: string, body?: unknown): Promise<Answer> {
    return this.call(method, path, { token: ListeningHub.adminToken, body });
  }

  /** As an admin who has read how many customers it changes. */
  async putSeen(path: string, body: object): Promise<Answer> {
    const first = await this.asAdmin('PUT', path, body);
    return first.status === 409 ? this.asAdmin('PUT', path, { ...body, count: first.problem().count }) : first;
  }

  /** Registers a system, with the smallest mapping unless another is given, and returns its key. */
  async aSystem(code: string, document: object = aMapping(code)): Promise<string> {
    await this.asAdmin('POST', '/api/v1/systems', { code, name: code });
    await this.asAdmin('PUT', `/api/v1/systems/${code}/mapping`, { document });
    const made = await this.asAdmin('POST', `/api/v1/systems/${code}/keys`);
    return made.json<{ key: string }>().key;
  }

  /** What it has stored stays. */
  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
    await this.hub.close();
  }

  async close(): Promise<void> {
    await this.stop();
    await this.database.drop();
    await rm(this.dataDir, { recursive: true, force: true });
  }
}
