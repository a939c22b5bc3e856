/**
 * `npm run siege`: attackers at a running hub, on this machine alone and for some minutes. Of each attack is told how much memory the hub
 * took, how long pushes with a key took beside those of a control, in which the same attackers hit a bare server, and whether the admin got in.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { House } from './house.ts';
import { benchRows } from './population.ts';
import { report } from './report.ts';
import type { Bar } from './result.ts';
import type { AttackNews, AttackOrder } from './siege/attackers.ts';
import { attacks, type Loot } from './siege/attacks.ts';
import { pushSteadily, type Pushed } from './siege/pushes.ts';

const [perSecond, seconds] = [50, 10];
const mostMib = 300;
const mostRatio = 3;
const mostLogInMs = 5_000;
/** What watches a process gives it a second to say that it lives. */
const mostLivezMs = 1_000;
const livezEveryMs = 250;
const lookMs = 100;
const mib = 1024 * 1024;

function* records() {
  for (const row of benchRows(5, 100_000)) if (row.system === 'adipose') yield { id: row.key, data: row.data };
}

interface Seen {
  control: Pushed;
  attacked: Pushed;
  ratio: number;
  mib: number;
  logInMs: number;
  /** The longest that `/livez` took, each time on a connection of its own. */
  livezMs: number;
  /** Share of one core that the hub took: on a machine that has no more to give, its pushes wait for the others' work. */
  cores: number;
  answers: Record<number, number>;
  load: number;
}

async function main(): Promise<void> {
  const house = await House.open();
  const sink = fork(join(import.meta.dirname, 'siege', 'sink.ts'));
  try {
    const [sinkPort] = (await once(sink, 'message')) as [number];
    const hubPort = Number(new URL(house.url).port);
    const rows = records();
    const push = () => pushSteadily(house.url, house.keys.adipose, rows, { perSecond, seconds });
    await push();
    const alone = await push();
    await house.drained();
    const idle = house.usage().rss;
    console.log(`   alone: ${inWords(alone)}; the hub idle has ${(idle / mib).toFixed(0)} MiB`);
    const loot: Loot = {
      system: 'bellyfat',
      key: house.keys.bellyfat,
      adminToken: house.adminToken,
      adminEmail: house.admins.email,
    };
    const seen: Record<string, Seen> = {};
    for (const attack of asked()) {
      const control = await during({ attack, port: sinkPort, loot }, push);
      const most = watched(house);
      const lives = watchLivez(house.url);
      const logIn = async () => logInMs(house);
      const [before, began] = [house.usage().hub, performance.now()];
      const attacked = await during({ attack, port: hubPort, loot }, () => Promise.all([push(), logIn()]));
      const [pushed, took] = attacked.result;
      const one: Seen = {
        control: control.result,
        attacked: pushed,
        ratio: pushed.p99 / control.result.p99,
        mib: (most.stop() - idle) / mib,
        logInMs: took,
        livezMs: await lives.stop(),
        cores: (house.usage().hub - before) / 1_000 / (performance.now() - began),
        answers: attacked.answers,
        load: loadavg()[0]!,
      };
      seen[attack] = one;
      console.log(`   ${attack}: ${told(one)}`);
      await mustStand(house);
    }
    const afterMs = await logInMs(house);
    process.exitCode = report({
      name: 'siege',
      bars: barsOf(seen),
      figures: { perSecond, seconds, alone, seen, afterMs },
    });
  } finally {
    sink.kill();
    await house.close();
  }
}

function asked(): string[] {
  const words = process.argv.slice(2);
  return Object.keys(attacks).filter((name) => words.length === 0 || words.some((word) => name.includes(word)));
}

async function during<T>(order: AttackOrder, work: () => Promise<T>) {
  const attackers = fork(join(import.meta.dirname, 'siege', 'attackers.ts'));
  try {
    attackers.send(order);
    await newsOf(attackers);
    await wait(1_000);
    const result = await work();
    attackers.send('stop');
    const answers = (await newsOf(attackers)) as Record<number, number>;
    return { result, answers };
  } finally {
    attackers.kill();
    await wait(1_000);
  }
}

async function newsOf(attackers: ChildProcess): Promise<AttackNews> {
  const ended = once(attackers, 'exit').then(([code]) =>
    Promise.reject(new Error(`The attackers ended with ${code}.`)),
  );
  const [news] = (await Promise.race([once(attackers, 'message'), ended])) as [AttackNews];
  return news;
}

/** Looks at the hub's memory until it is stopped; returns the most. */
function watched(house: House): { stop(): number } {
  let most = 0;
  const look = () => void (most = Math.max(most, house.usage().rss));
  const timer = setInterval(look, lookMs);
  return {
    stop() {
      look();
      clearInterval(timer);
      return most;
    },
  };
}

/** Asks whether the hub lives until it is stopped; resolves with the longest that an answer took. */
function watchLivez(url: string): { stop(): Promise<number> } {
  const over = new AbortController();
  const longest = (async () => {
    let most = 0;
    while (!over.signal.aborted) {
      const began = performance.now();
      const isAnswered = await fetch(new URL('/livez', url), { headers: { connection: 'close' } }).then(
        (answer) => answer.arrayBuffer().then(() => answer.ok),
        () => false,
      );
      most = Math.max(most, isAnswered ? performance.now() - began : Infinity);
      await wait(livezEveryMs, undefined, { signal: over.signal }).catch(() => undefined);
    }
    return most;
  })();
  return {
    stop() {
      over.abort();
      return longest;
    },
  };
}

/** From the first try until the admin is in, told to come again or not. */
async function logInMs(house: House): Promise<number> {
  const began = performance.now();
  const headers = { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' };
  for (;;) {
    const answer = await fetch(`${house.url}/session`, { method: 'POST', headers, body: JSON.stringify(house.admins) });
    await answer.arrayBuffer();
    const took = performance.now() - began;
    if (answer.ok || took > 4 * mostLogInMs) return took;
    await wait(500);
  }
}

async function mustStand(house: House): Promise<void> {
  const answer = await fetch(new URL('/readyz', house.url));
  if (!answer.ok || house.usage().rss === 0) throw new Error(`The hub does not stand any more: ${answer.status}`);
}

function barsOf(seen: Record<string, Seen>): Bar[] {
  return Object.entries(seen).flatMap(([attack, { mib: more, ratio, logInMs: took, livezMs, attacked }]): Bar[] => [
    { what: `${attack}: MiB over idle`, bar: mostMib, seen: more, better: 'less' },
    { what: `${attack}: push p99 as a multiple of the control`, bar: mostRatio, seen: ratio, better: 'less' },
    { what: `${attack}: pushes that were refused`, bar: 0, seen: attacked.failed, better: 'less' },
    { what: `${attack}: ms until the admin is in`, bar: mostLogInMs, seen: took, better: 'less' },
    { what: `${attack}: longest ms of /livez`, bar: mostLivezMs, seen: livezMs, better: 'less' },
  ]);
}

function inWords({ n, p50, p99, max, failed }: Pushed): string {
  return `n ${n}, p50/p99/max ${[p50, p99, max].map((ms) => ms.toFixed(1)).join('/')} ms, ${failed} refused`;
}

function told({ control, attacked, ratio, mib: more, logInMs: took, livezMs, cores, answers, load }: Seen): string {
  return (
    `${inWords(attacked)} (control ${inWords(control)}): ratio ${ratio.toFixed(2)}; ${more.toFixed(0)} MiB over idle; ` +
    `admin in after ${took.toFixed(0)} ms, /livez within ${livezMs.toFixed(0)} ms; the hub took ${cores.toFixed(2)} cores; answers ${JSON.stringify(answers)}; load ${load.toFixed(1)}`
  );
}

const end = () => House.closeAll().finally(() => process.exit(1));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
await main();
