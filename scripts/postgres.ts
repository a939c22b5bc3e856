import { spawn, type ChildProcess, type SpawnOptions } from 'node:child_process';
import { existsSync, mkdirSync, openSync, closeSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { totalmem } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { freePort } from './ports.ts';
import { postgresBinaries, postgresUser, type PostgresUser } from './postgres-user.ts';
import { isAlive, orphansInside, postmasterOf } from './postgres-process.ts';
import { makeDataDir, openSecrets } from './secrets.ts';

const superuser = 'postgres';

/** Any number will do, as long as it stays: who holds this lock owns the data folder. */
const ownerLock = 4_262_100;

export interface EmbeddedPostgres {
  /** Connection string of the superuser, to the maintenance database. */
  url: string;
  /** Of the server's first process. */
  pid: number;
  /** Fast shutdown: open transactions are rolled back, the server process is gone when this resolves. */
  stop(): Promise<void>;
  /** Leaves it running for others. */
  letGo(): Promise<void>;
}

export interface PostgresOptions {
  dataDir: string;
  /** For tests: the server ends with us, unless it `outlivesUs`. */
  throwaway?: boolean;
  outlivesUs?: boolean;
  /** Commits survive a kill -9 of the server. Default: unless it is a throw-away, which trades that for speed. */
  durable?: boolean;
  /** Default: any free one. */
  port?: number;
}

/**
 * Runs the packaged Postgres on `<dataDir>/postgres`, creating the cluster at the first call and adopting a server that a killed
 * start left behind.
 */
export async function startPostgres(options: PostgresOptions): Promise<EmbeddedPostgres> {
  const dataDir = resolve(options.dataDir);
  const { throwaway = false, durable = !throwaway, port } = options;
  makeDataDir(dataDir);
  const cluster = join(dataDir, 'postgres');
  const password = openSecrets(dataDir).get('postgres');
  const user = postgresUser(dataDir, cluster);
  const place: Place = { dataDir, cluster, password, user, durable, port };
  if (!existsSync(cluster)) await initCluster(place);

  const running = (await adopt(cluster, password)) ?? (await launch(place));
  const guard = await takeOwnership(running.url, dataDir);
  const watch = throwaway && !options.outlivesUs ? dieWithUs(running.pid) : undefined;
  const letGo = async () => {
    watch?.kill('SIGKILL');
    await guard.end().catch(() => undefined);
  };
  return {
    ...running,
    letGo,
    async stop() {
      await letGo();
      await shutDown(running.pid);
    },
  };
}

interface Running {
  url: string;
  pid: number;
}

interface Place {
  dataDir: string;
  cluster: string;
  password: string;
  user: PostgresUser;
  durable: boolean;
  port: number | undefined;
}

async function initCluster({ dataDir, cluster, password, user, durable }: Place): Promise<void> {
  // Made beside and renamed, so that an initdb killed half way is simply done again.
  const fresh = `${cluster}.new`;
  const passwordFile = join(dataDir, 'postgres.password.new');
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  writeFileSync(passwordFile, password, { mode: 0o600 });
  user.giveAway(fresh);
  user.giveAway(passwordFile);
  const args = ['-D', fresh, '-U', superuser, '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8'];
  // The built-in provider sorts the same on every machine, whatever locales are installed there.
  args.push('--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
  if (!durable) args.push('--no-sync');
  try {
    await new Promise<void>((done, failed) => {
      let words = '';
      const [command, commandArgs] = user.command(postgresBinaries().initdb, args);
      const child = spawn(command, commandArgs, { ...user.spawnAs, cwd: dataDir, stdio: ['ignore', 'pipe', 'pipe'] });
      child.stdout.on('data', (chunk: Buffer) => (words += chunk));
      child.stderr.on('data', (chunk: Buffer) => (words += chunk));
      child.once('error', failed);
      child.once('exit', (code) =>
        code === 0 ? done() : failed(new Error(`Postgres could not create its files in ${cluster}:\n${words.trim()}`)),
      );
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(fresh, cluster);
}

function urlAt(port: number, password: string): string {
  return `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;
}

/** The server that already serves this cluster, proved by asking it; otherwise clears away what a dead one left. */
async function adopt(cluster: string, password: string): Promise<Running | undefined> {
  const postmaster = postmasterOf(cluster);
  if (postmaster && isAlive(postmaster.pid)) {
    const url = urlAt(postmaster.port, password);
    await answering(url, { until: () => !isAlive(postmaster.pid) });
    if (isAlive(postmaster.pid)) {
      const served = realpathSync(await dataDirectory(url));
      if (served !== realpathSync(cluster)) {
        throw new Error(
          `Port ${postmaster.port} is served by a Postgres on ${served}, not on ${cluster}. Stop it and start again.`,
        );
      }
      return { url, pid: postmaster.pid };
    }
  }
  // The backends of a killed server leave by themselves, moments later; a new server beside them would be refused.
  for (let tries = 0; orphansInside(cluster) && tries < 100; tries++) await wait(100);
  // Postgres takes a zombie for a living owner, and where process 1 reaps nobody the zombie stays for ever.
  if (postmaster) rmSync(join(cluster, 'postmaster.pid'), { force: true });
  return undefined;
}

/** In MB. The match keys of a million records are far more than the 128 MB that Postgres takes by itself. */
function sharedBuffers(): number {
  return Math.max(128, Math.min(4_096, Math.floor(totalmem() / 2 ** 20 / 8)));
}

async function launch({ dataDir, cluster, password, user, durable, port: wanted }: Place): Promise<Running> {
  const log = join(dataDir, 'postgres.log');
  // A checkpoint has every page of the match keys written to the log once more: in a load one by size would come every minute.
  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'jit=off',
    'min_wal_size=1GB',
    'max_wal_size=6GB',
  ];
  if (durable) settings.push(`shared_buffers=${sharedBuffers()}MB`);
  else settings.push('fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=300');
  for (let tries = 1; ; tries++) {
    const port = wanted ?? (await freePort());
    const args = ['-D', cluster, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])];
    const [command, commandArgs] = user.command(postgresBinaries().postgres, args);
    const output = openSync(log, 'w', 0o600);
    // Detached: a Ctrl-C in the terminal must reach the hub first, and Postgres only when the hub has closed.
    const child = spawn(command, commandArgs, {
      ...user.spawnAs,
      cwd: cluster,
      detached: true,
      stdio: ['ignore', output, output],
    });
    closeSync(output);
    let failure: string | undefined;
    child.once('error', (error) => (failure = error.message));
    child.once('exit', (code, signal) => (failure = `it ended with ${signal ?? code}`));
    const url = urlAt(port, password);
    await answering(url, { until: () => failure !== undefined });
    if (failure === undefined && child.pid !== undefined) {
      child.unref();
      return { url, pid: child.pid };
    }
    // Somebody may have taken the port between the look and the start.
    if (tries === 3) throw new Error(`Postgres did not start: ${failure}. ${log} says why.`);
  }
}

/** Resolves when the server takes connections, or when `until` says that waiting has become pointless. */
async function answering(url: string, { until }: { until: () => boolean }): Promise<void> {
  const giveUpAt = Date.now() + 60_000;
  while (!until()) {
    try {
      await dataDirectory(url);
      return;
    } catch (error) {
      const code = (error as { code?: string }).code ?? '';
      if (code.startsWith('28'))
        throw new Error(`Postgres refuses the password in secrets.json: ${(error as Error).message}`);
      if (Date.now() > giveUpAt) throw new Error('Postgres did not answer within a minute.', { cause: error });
      await wait(50);
    }
  }
}

async function dataDirectory(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ data_directory: string }>('show data_directory');
    return rows[0]?.data_directory ?? '';
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A session lock ends with its process, so unlike a lock file it is never stale. */
async function takeOwnership(url: string, dataDir: string): Promise<pg.Client> {
  const guard = new pg.Client({ connectionString: url, keepAlive: true });
  guard.on('error', () => undefined);
  await guard.connect();
  for (let tries = 0; tries < 20; tries++) {
    const { rows } = await guard.query<{ got: boolean }>('select pg_try_advisory_lock($1) as got', [ownerLock]);
    if (rows[0]?.got) return guard;
    // The server notices a killed owner only when its socket is torn down.
    await wait(150);
  }
  await guard.end();
  throw new Error(`Another hub is running on the data folder ${dataDir}. Stop it, or set DATA_DIR to another folder.`);
}

/** A test run may be killed at any moment: when our end of its pipe closes, this shell ends the server that nobody will adopt. */
function dieWithUs(pid: number): ChildProcess | undefined {
  if (process.platform === 'win32') return undefined;
  const options = { detached: true, stdio: ['pipe', 'ignore', 'ignore'] } satisfies SpawnOptions;
  const watch = spawn('sh', ['-c', `cat > /dev/null; kill -QUIT ${pid}`], options);
  watch.unref();
  (watch.stdin as Socket).unref();
  return watch;
}

async function shutDown(pid: number): Promise<void> {
  for (const [signal, patienceMs] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5000],
    ['SIGKILL', 2000],
  ] as const) {
    try {
      process.kill(pid, signal);
    } catch {
      return;
    }
    for (let waited = 0; waited < patienceMs; waited += 25) {
      if (!isAlive(pid)) return;
      await wait(25);
    }
  }
}
