// npm run freeze: a worker, Postgres, a target and a lone hub stand still for 30 s (SIGSTOP), one after the other, under 25 pushes a second.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { report } from '../../bench/report.ts';
import type { Bar } from '../../bench/result.ts';
import { freePort } from '../../scripts/ports.ts';
import { startStack } from '../../scripts/stack.ts';
import { createTestDatabase } from '../../scripts/test-database.ts';
import { until } from '../stack/until.ts';
import { faultsOutward } from './outward.ts';
import { accountOf, PacedPusher, signal, withChildren } from './frozen.ts';
import { HubProcess, isReady } from './hub-process.ts';
import { freeToGo, isIdle, look, register } from './hub-setup.ts';
import { PersistentClient } from './persistent-client.ts';
import { DurablePostgres } from './standing-hub.ts';
import { TargetProcess } from './target-process.ts';

const [frozenMs, before, limitMs] = [30_000, 3_000, 60_000];
const adminToken = 'only-for-this-test';
const bars: Bar[] = [];
const figures: Record<string, unknown> = {};

const dataDir = mkdtempSync(join(tmpdir(), 'cinch-freeze-'));
const since = (at: number) => Math.round(performance.now() - at);

/** How long until it is so, from now, in ms. */
async function timeUntil(what: string, isSo: () => Promise<boolean>): Promise<number> {
  const at = performance.now();
  await until(what, isSo, Boolean, limitMs);
  return since(at);
}

async function pusherOf(hubUrl: string): Promise<PacedPusher> {
  const token = await register(new PersistentClient(hubUrl), adminToken, { code: 'crm' });
  const pusher = new PacedPusher(hubUrl, token);
  await wait(before);
  return pusher;
}

/** When all is worked on: what was lost, what is there twice. */
async function account(name: string, databaseUrl: string, pusher: PacedPusher): Promise<void> {
  await wait(before);
  await pusher.stop();
  await until(`${name}: all is worked on`, () => isIdle(databaseUrl), Boolean, limitMs);
  const counts = await accountOf(databaseUrl, pusher);
  figures[name] = { ...(figures[name] as object), ...counts };
  for (const what of ['lost', 'doubled', 'misplaced'] as const)
    bars.push({ what: `${name}: ${what}, of ${counts.pushes} pushes`, bar: 0, seen: counts[what], better: 'less' });
}

function note(name: string, what: string, ms: number, barMs: number): void {
  figures[name] = { ...(figures[name] as object), [what]: ms };
  bars.push({ what: `${name}: ${what}, ms`, bar: barMs, seen: ms, better: 'less' });
}

const postgres = await DurablePostgres.start(dataDir);
const processes: HubProcess[] = [];
async function start(databaseUrl: string, role: 'api' | 'worker' | 'all'): Promise<{ hub: HubProcess; port: number }> {
  const port = await freePort();
  const hub = HubProcess.start({ role, port, databaseUrl, dataDir: join(dataDir, `${role} ${port}`), adminToken });
  processes.push(hub);
  return { hub, port };
}

async function freezeWorker(): Promise<void> {
  const { url } = await createTestDatabase(postgres.url);
  const api = await start(url, 'api');
  const first = await start(url, 'worker');
  await first.hub.ready();
  await api.hub.ready();
  const onDuty = async () => (await look<{ process: string }>(url, 'select process from heartbeat'))[0]?.process;
  const frozen = await until('somebody is on duty', onDuty, (process) => process !== undefined, limitMs);
  const second = await start(url, 'worker');
  await second.hub.ready();
  const pusher = await pusherOf(`http://127.0.0.1:${api.port}`);

  signal([first.hub.pid], 'SIGSTOP');
  const at = performance.now();
  note(
    'a worker with a stand-by',
    'taken over after',
    await timeUntil('another is on duty', async () => (await onDuty()) !== frozen),
    10_000,
  );
  await wait(frozenMs - since(at));
  signal([first.hub.pid], 'SIGCONT');
  await account('a worker with a stand-by', url, pusher);
}

async function freezePostgres(): Promise<void> {
  const { url } = await createTestDatabase(postgres.url);
  const hub = await start(url, 'all');
  await hub.hub.ready();
  const pusher = await pusherOf(`http://127.0.0.1:${hub.port}`);
  const pids = withChildren(postgres.pid);
  signal(pids, 'SIGSTOP');
  const at = performance.now();
  note(
    'Postgres',
    'told by /readyz after',
    await timeUntil('it is told', async () => !(await isReady(hub.port))),
    10_000,
  );
  await wait(frozenMs - since(at));
  signal(pids, 'SIGCONT');
  note('Postgres', 'ready again after', await timeUntil('it is ready again', () => isReady(hub.port)), 10_000);
  await account('Postgres', url, pusher);
}

/** The one that has to be told is the admin: what the system misses waits, and goes out once when it answers again. */
async function freezeTarget(): Promise<void> {
  const { url } = await createTestDatabase(postgres.url);
  const hub = await start(url, 'all');
  await hub.hub.ready();
  const hubUrl = `http://127.0.0.1:${hub.port}`;
  const admin = new PersistentClient(hubUrl);
  const targets: TargetProcess[] = [];
  try {
    for (const code of ['frozen', 'well']) {
      const target = await TargetProcess.start(join(dataDir, `${code}.journal`));
      targets.push(target);
      await register(admin, adminToken, { code, adapter: target });
      await admin.call('PUT', `/systems/${code}/limits`, adminToken, freeToGo);
      await admin.call('PUT', `/systems/${code}/lane`, adminToken, { lane: 'on' });
    }
    const [frozen, well] = targets as [TargetProcess, TargetProcess];
    const pusher = await pusherOf(hubUrl);
    signal([frozen.pid], 'SIGSTOP');
    const at = performance.now();
    const isAway = async () => {
      const { troubles } = (await admin.call('GET', '/status', adminToken)).body as { troubles: { code: string }[] };
      return troubles.some(({ code }) => code === 'system-away');
    };
    note('a target', 'told after', await timeUntil('it is told', isAway), 10_000);
    const written = well.log().length;
    await wait(frozenMs - since(at));
    const missed = pusher.acknowledged.length - well.log().length;
    const others = well.log().length - written;
    bars.push({ what: 'a target: rows that another got meanwhile', bar: 100, seen: others, better: 'more' });
    bars.push({ what: 'a target: rows that another waits for after 30 s', bar: 200, seen: missed, better: 'less' });
    signal([frozen.pid], 'SIGCONT');
    note('a target', 'back after', await timeUntil('it is back', async () => !(await isAway())), 60_000);
    await account('a target', url, pusher);
    for (const target of targets) {
      const wrong = await faultsOutward(url, target);
      const what = `a target: rows that ${target === frozen ? 'the frozen one' : 'the other'} has not, or twice`;
      const seen = wrong.length + Math.abs(target.rows().size - pusher.acknowledged.length);
      bars.push({ what, bar: 0, seen, better: 'less' });
    }
  } finally {
    for (const target of targets) signal([target.pid], 'SIGCONT');
    for (const target of targets) await target.stop();
  }
}

async function freezeLoneHub(): Promise<void> {
  const told: string[] = [];
  const port = await freePort();
  const stack = await startStack({
    dataDir: join(dataDir, 'lone'),
    port,
    demo: false,
    throwaway: true,
    durable: true,
    admin: { token: adminToken },
    env: { LOG_LEVEL: 'silent' },
    keepGoing: (line) => told.push(line),
  });
  try {
    const pusher = await pusherOf(stack.hubUrl);
    const frozen = stack.hubPid()!;
    signal([frozen], 'SIGSTOP');
    const again = async () => stack.hubPid() !== frozen && (await isReady(port));
    note('a lone hub', 'started again and ready after', await timeUntil('it is started again', again), 30_000);
    await account('a lone hub', stack.databaseUrls.hub, pusher);
    figures['a lone hub'] = { ...(figures['a lone hub'] as object), told };
  } finally {
    await stack.stop();
  }
}

try {
  for (const freeze of [freezeWorker, freezePostgres, freezeTarget, freezeLoneHub]) {
    await freeze();
    for (const hub of processes.splice(0)) await hub.kill();
  }
} finally {
  for (const hub of processes) await hub.kill();
  await postgres.stop();
  rmSync(dataDir, { recursive: true, force: true });
}
process.exitCode = report({ name: 'freeze', bars, figures }) === 0 ? 0 : 1;
