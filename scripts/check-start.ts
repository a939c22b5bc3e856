// Starts Cinch in every way that the README promises, for real, and prints what each took: `npm run check-start`.
// With --cold also from an empty npm cache, which downloads everything once more.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { copyCheckout, type User } from './checkout-copy.ts';
import { startPostgres } from './postgres.ts';
import { processesIn, processesLeft, startHub, type StartedHub } from './started-hub.ts';

/** From `npm start` to ready, packages installed, nothing built, empty data folder. */
const freshSeconds = 25;
const coldSeconds = 240;
const firstPageSeconds = 15;

const isRoot = process.getuid?.() === 0;
const results: { passed: boolean }[] = [];
const folders: string[] = [];

/** One way to start, in a copy of the checkout; whatever of it still runs at the end must not disturb the next. */
async function check(name: string, place: string, run: () => Promise<string>): Promise<void> {
  const began = Date.now();
  let passed = true;
  let words: string;
  try {
    words = await run();
  } catch (error) {
    passed = false;
    words = (error as Error).message;
  }
  if (!passed) await killAllIn(place);
  results.push({ passed });
  const seconds = ((Date.now() - began) / 1000).toFixed(1).padStart(6);
  console.log(`${passed ? 'passed' : 'FAILED'} ${seconds} s  ${name}: ${words}`);
}

function expectAtMost(what: string, seconds: number, bar: number): string {
  const text = `${what} ${seconds.toFixed(1)} s`;
  if (seconds > bar) throw new Error(`${text}, but ${bar} s are allowed`);
  return text;
}

function figures(hub: StartedHub, bar: number): string {
  return [
    expectAtMost('ready after', hub.readySeconds, bar),
    expectAtMost('first page after "installed"', Math.max(0, hub.pageSeconds), firstPageSeconds),
    `longest time without an answer ${hub.gapSeconds.toFixed(1)} s`,
  ].join(', ');
}

/** SIGTERM to npm alone, as a supervisor does it, or to the whole group, as a terminal does it. */
async function stop(
  hub: StartedHub,
  place: string,
  signal: NodeJS.Signals = 'SIGTERM',
  group = false,
): Promise<string> {
  process.kill(group ? -hub.pid : hub.pid, signal);
  const left = await processesLeft(place);
  if (left.length > 0) throw new Error(`${signal} left ${left.length} processes: ${left.join('; ')}`);
  return `${signal} to ${group ? 'the group' : 'npm alone'} left no process`;
}

function newCopy(options: { user?: User; bare?: boolean } = {}): string {
  const place = copyCheckout(options);
  folders.push(place);
  return place;
}

/** Fresh, again, and after the two kinds of sudden death, on one copy and its one data folder. */
async function checkLives(who: string, user?: User): Promise<void> {
  const place = newCopy({ user });
  await check(`fresh start as ${who}`, place, async () => {
    const hub = await startHub(place, { user });
    const words = figures(hub, freshSeconds);
    return `${words}; ${await stop(hub, place)}`;
  });
  await check(`second start as ${who}`, place, async () => {
    const hub = await startHub(place, { user });
    return `${figures(hub, freshSeconds)}; ${await stop(hub, place, 'SIGINT', true)}`;
  });
  await check(`start as ${who} after a kill -9 of everything`, place, async () => {
    await startHub(place, { user });
    await killAllIn(place);
    const hub = await startHub(place, { user });
    return `${figures(hub, freshSeconds)}; ${await stop(hub, place, 'SIGTERM', true)}`;
  });
  await check(`start as ${who} after a kill -9 of the launcher alone`, place, async () => {
    await startHub(place, { user });
    const launcher = [...processesIn(place)].find(([, command]) => command.includes('launch.ts'));
    if (!launcher) throw new Error('No launcher was found.');
    process.kill(launcher[0], 'SIGKILL');
    const left = await processesLeft(place, 6, /postgres/);
    if (left.length > 0) throw new Error(`Still running without the launcher: ${left.join('; ')}`);
    const hub = await startHub(place, { user });
    return `${figures(hub, freshSeconds)}; ${await stop(hub, place)}`;
  });
}

async function checkServer(): Promise<void> {
  const dataDir = mkdtempSync(join(tmpdir(), 'cinch-server-'));
  folders.push(dataDir);
  const server = await startPostgres({ dataDir, throwaway: true });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  await client.query(`create role hub_owner login password 'of this check only' createdb createrole`);
  await client.query('create database customers owner hub_owner');
  await client.end();
  const url = new URL(server.url);
  url.username = 'hub_owner';
  url.password = 'of this check only';
  url.pathname = '/customers';
  const place = newCopy();
  try {
    for (const time of ['first', 'second']) {
      await check(`${time} start with DATABASE_URL, a role that may create databases and roles`, place, async () => {
        const hub = await startHub(place, { env: { DATABASE_URL: url.href } });
        const embedded = [...processesIn(place).values()].filter((command) => command.includes('bin/postgres '));
        if (embedded.length > 0) throw new Error('An embedded Postgres runs beside the given server.');
        return `${figures(hub, freshSeconds)}; ${await stop(hub, place)}`;
      });
    }
  } finally {
    await server.stop();
  }
}

async function checkEmptyHub(): Promise<void> {
  const place = newCopy();
  await check('DEMO=off', place, async () => {
    const hub = await startHub(place, { env: { DEMO: 'off' } });
    const systems = [...processesIn(place).values()].filter((command) => /adipose|bellyfat/.test(command));
    if (systems.length > 0) throw new Error(`A reference system runs: ${systems.join('; ')}`);
    return `${figures(hub, freshSeconds)}, no reference system runs; ${await stop(hub, place)}`;
  });
}

async function checkCold(): Promise<void> {
  const place = newCopy({ bare: true });
  await check('fresh clone, empty npm cache', place, async () => {
    const env = { npm_config_cache: join(place, '.npm-cache') };
    const hub = await startHub(place, { env, patienceSeconds: 600 });
    return `${figures(hub, coldSeconds)}; ${await stop(hub, place)}`;
  });
}

/** Only what this check started runs in its folders. */
async function killAllIn(place: string): Promise<void> {
  for (const pid of processesIn(place).keys()) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch {
      // It ended while we looked.
    }
  }
  await processesLeft(place);
}

async function cleanUp(): Promise<void> {
  for (const place of folders) {
    await killAllIn(place);
    rmSync(place, { recursive: true, force: true, maxRetries: 3 });
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => void cleanUp().then(() => process.exit(1)));
try {
  await checkLives(isRoot ? 'root' : 'an ordinary user');
  if (isRoot) await checkLives('an ordinary user', { uid: 65_534, gid: 65_534 });
  else console.log('left out: the same as root and as another user, which only root can show');
  await checkServer();
  await checkEmptyHub();
  if (process.argv.includes('--cold')) await checkCold();
} finally {
  await cleanUp();
}
const failed = results.filter(({ passed }) => !passed).length;
console.log(`${results.length - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
