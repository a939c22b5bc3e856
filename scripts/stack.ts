import { join, resolve } from 'node:path';
import { endedUntold, keepPostgres, keepProgram } from './kept.ts';
import { freePort } from './ports.ts';
import { startPostgres } from './postgres.ts';
import { startProgram, type Program, type ProgramMessage } from './program.ts';
import { provisionEmbedded, provisionServer, systems, type DatabaseUrls, type SystemName } from './provision.ts';
import { makeDataDir, makeSecret, openSecrets, type Secrets } from './secrets.ts';

const root = resolve(import.meta.dirname, '..');

export interface StackOptions {
  /** Where everything lies that must last. */
  dataDir: string;
  /** Of the hub. Default: any free one. */
  port?: number;
  host?: string;
  /** Ports of the systems. Default: the two after the hub's when they are free, else any. */
  systemPorts?: Partial<Record<SystemName, number>>;
  /** A server to use in place of the embedded one. */
  databaseUrl?: string;
  /** False: an empty hub without reference systems. */
  demo?: boolean;
  /** For tests: an embedded Postgres that does not survive a crash, and an admin whose credentials are made here. */
  throwaway?: boolean;
  /** For benchmarks: a throw-away whose commits survive a crash all the same, as in production. */
  durable?: boolean;
  /** The first admin; the hub makes what is not given, and says so once. */
  admin?: { email?: string; password?: string; token?: string };
  /** Says what was started again. Left out, nothing is: what ends stays so, and `broken` tells. */
  keepGoing?: (line: string) => void;
  /** More environment for the hub and the systems. */
  env?: Record<string, string>;
  /** Other programs to run than the built ones. */
  programs?: Partial<Record<'hub' | SystemName, string>>;
  /** For development: options of Node itself, that a program is watched and debugged by. */
  nodeOptions?: Partial<Record<'hub' | SystemName, string[]>>;
  /** Descriptor of an open file that takes what the programs print. */
  output?: number;
  onProgress?: (text: string) => void;
  /** Called when the hub wants to listen; the port must be free when it resolves. */
  freeHubPort?: () => Promise<void>;
  /** Ends the start early; what was started by then is stopped. */
  signal?: AbortSignal;
}

export interface Stack {
  hubUrl: string;
  /** Undefined without demo. */
  adiposeUrl?: string;
  bellyfatUrl?: string;
  databaseUrls: DatabaseUrls;
  /** As given, or made for a throw-away stack; empty where the hub made its own. */
  adminEmail: string;
  adminPassword: string;
  adminToken: string;
  /** What the hub has to say to the person who started it. */
  readyLines: string[];
  /** Resolves with a sentence when one of the programs ends without being told to and is not started again. */
  broken: Promise<string>;
  /** Of the process of the hub that runs now. */
  hubPid(): number | undefined;
  stop(): Promise<void>;
}

/** Starts Postgres, the reference systems and the hub; resolves when the hub is ready, and leaves nothing behind when it fails. */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { host = '127.0.0.1', demo = true, signal } = options;
  const dataDir = resolve(options.dataDir);
  const running: { stop(): Promise<void> }[] = [];
  let stopped: Promise<void> | undefined;
  const stop = () => (stopped ??= stopAll(running));
  try {
    makeDataDir(dataDir);
    const secrets = openSecrets(dataDir);
    options.onProgress?.('Starting the database');
    const databaseUrls = await openDatabases(options, dataDir, secrets, demo, running);
    signal?.throwIfAborted();

    const port = options.port ?? (await freePort(0, host));
    const address = reachable(host);
    const hubUrl = `http://${address}:${port}`;
    const ports: Record<SystemName, number> = {
      adipose: options.systemPorts?.adipose ?? (await freePort(port + 1, host)),
      bellyfat: options.systemPorts?.bellyfat ?? (await freePort(port + 2, host)),
    };
    const admin = adminOf(options);
    // All on one machine: systems beside the hub are what it is started for.
    const egress = { EGRESS_ALLOW: process.env['EGRESS_ALLOW'] ?? 'loopback' };
    const shared = { HOST: host, DEMO: demo ? 'on' : 'off', ...egress, ...options.env };
    const started: Promise<string[]>[] = [];
    const programs = new Map<string, Program>();
    const ends: Promise<string>[] = [];
    const stopping = new AbortController();
    const start = (name: 'hub' | SystemName, file: string, env: Record<string, string>, livez: string | null) => {
      const called = name === 'hub' ? 'the hub' : name;
      options.onProgress?.(`Starting ${called}`);
      const ready = Promise.withResolvers<string[]>();
      started.push(ready.promise);
      const begin = () => {
        const program = startProgram({
          name: called,
          file,
          nodeOptions: options.nodeOptions?.[name],
          env: { ...shared, ...env },
          output: options.output,
          onMessage: (message) => answer(message, program, options, ready.resolve),
        });
        programs.set(name, program);
        return program;
      };
      const { keepGoing: tell } = options;
      ends.push(
        tell === undefined
          ? toTheEnd(begin())
          : keepProgram({ start: begin, livez, ready: ready.promise, tell, stopping: stopping.signal }),
      );
    };

    const hubEnv: Record<string, string> = { DATA_DIR: dataDir, AUTH_SECRET: secrets.get('auth'), ...admin.env };
    for (const system of demo ? systems : []) {
      const hubKey = secrets.get(`hub-key:${system}`, () => `cinch_${system}_${makeSecret()}`);
      const adapterToken = secrets.get(`adapter-token:${system}`);
      start(
        system,
        options.programs?.[system] ?? join(root, 'apps', system, 'src', 'main.ts'),
        {
          PORT: String(ports[system]),
          DATABASE_URL: databaseUrls[system]!,
          HUB_URL: hubUrl,
          HUB_KEY: hubKey,
          ADAPTER_TOKEN: adapterToken,
        },
        null,
      );
      const prefix = system.toUpperCase();
      hubEnv[`${prefix}_URL`] = `http://${address}:${ports[system]}`;
      hubEnv[`${prefix}_HUB_KEY`] = hubKey;
      hubEnv[`${prefix}_ADAPTER_TOKEN`] = adapterToken;
    }
    const hubFile = options.programs?.hub ?? join(root, 'apps', 'api', 'dist', 'main.js');
    start('hub', hubFile, { ...hubEnv, PORT: String(port), DATABASE_URL: databaseUrls.hub }, `${hubUrl}/livez`);
    // Before Postgres, so that nobody talks to a closed database.
    running.push({
      async stop() {
        stopping.abort();
        await Promise.all([...programs.values()].map((program) => program.stop()));
      },
    });

    const broken = Promise.race(ends);
    const lines = await Promise.race([
      Promise.all(started),
      broken.then((sentence) => Promise.reject(new Error(sentence))),
      aborted(signal),
    ]);
    return {
      hubUrl,
      adiposeUrl: hubEnv['ADIPOSE_URL'],
      bellyfatUrl: hubEnv['BELLYFAT_URL'],
      databaseUrls,
      adminEmail: admin.env['ADMIN_EMAIL'] ?? '',
      adminPassword: admin.env['ADMIN_PASSWORD'] ?? '',
      adminToken: admin.env['ADMIN_TOKEN'] ?? '',
      readyLines: lines.flat(),
      broken,
      hubPid: () => programs.get('hub')?.pid,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function openDatabases(
  options: StackOptions,
  dataDir: string,
  secrets: Secrets,
  demo: boolean,
  running: { stop(): Promise<void> }[],
): Promise<DatabaseUrls> {
  if (options.databaseUrl) return provisionServer(options.databaseUrl, { secrets, demo });
  const startAt = (port?: number) =>
    startPostgres({ dataDir, throwaway: options.throwaway, durable: options.durable, ...(port && { port }) });
  const postgres = await startAt();
  running.push(options.keepGoing ? keepPostgres(postgres, startAt, options.keepGoing) : postgres);
  return provisionEmbedded(postgres.url, { secrets, demo });
}

async function toTheEnd(program: Program): Promise<string> {
  return endedUntold(program, await program.ended);
}

function answer(
  message: ProgramMessage,
  program: Program,
  options: StackOptions,
  ready: (lines: string[]) => void,
): void {
  switch (message.type) {
    case 'listening':
      return ready([]);
    case 'ready':
      return ready(message.lines);
    case 'progress':
      return options.onProgress?.(message.text);
    case 'claim-port':
      void (options.freeHubPort?.() ?? Promise.resolve()).then(() => program.send({ type: 'port-free' }));
  }
}

function adminOf(options: StackOptions): { env: Record<string, string> } {
  const made = options.throwaway ? { email: 'admin@cinch.test', password: makeSecret(), token: makeSecret() } : {};
  const admin = { ...made, ...options.admin };
  const env: Record<string, string> = {};
  if (admin.email) env['ADMIN_EMAIL'] = admin.email;
  if (admin.password) env['ADMIN_PASSWORD'] = admin.password;
  if (admin.token) env['ADMIN_TOKEN'] = admin.token;
  return { env };
}

/** The address at which processes of this machine reach what listens on the host. */
function reachable(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1';
  return host.includes(':') ? `[${host}]` : host;
}

function aborted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, failed) => {
    signal?.addEventListener('abort', () => failed(signal.reason), { once: true });
  });
}

async function stopAll(running: { stop(): Promise<void> }[]): Promise<void> {
  for (const part of running.toReversed()) await part.stop();
}
