import { execFileSync, spawn } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { User } from './checkout-copy.ts';
import { freePort } from './ports.ts';

export interface StartedHub {
  url: string;
  /** Seconds from `npm start` to /readyz 200. */
  readySeconds: number;
  /** Seconds from the line "installed" to the first page; below zero when the page was there before. */
  pageSeconds: number;
  /** The longest time without an answer between the first page and readiness, in seconds. */
  gapSeconds: number;
  /** Of npm, which leads the process group. */
  pid: number;
}

/** Runs `npm start` in a checkout as a person would, with nothing of our own environment, and waits until it is ready. */
export async function startHub(
  place: string,
  options: { env?: Record<string, string>; user?: User; patienceSeconds?: number } = {},
): Promise<StartedHub> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const began = Date.now();
  let log = '';
  let installedAt = 0;
  let exited: string | undefined;
  const child = spawn('npm', ['start'], {
    cwd: place,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: plainPath(), HOME: join(place, '.home'), PORT: String(port), NO_UPDATE_NOTIFIER: '1', ...options.env },
    ...options.user,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      log += chunk;
      if (!installedAt && /^installed$/m.test(log)) installedAt = Date.now();
    });
  }
  child.once('error', (error) => (exited = error.message));
  child.once('exit', (code, signal) => (exited = `ended with ${signal ?? code}`));

  let firstPageAt = 0;
  let answeredAt = 0;
  let gapMs = 0;
  for (;;) {
    if (exited) throw new Error(`npm start ${exited}:\n${lastLines(log)}`);
    if (Date.now() - began > (options.patienceSeconds ?? 120) * 1000)
      throw new Error(`Not ready in time:\n${lastLines(log)}`);
    if ((await statusOf(`${url}/`)) === 200) {
      const now = Date.now();
      firstPageAt ||= now;
      if (answeredAt) gapMs = Math.max(gapMs, now - answeredAt);
      answeredAt = now;
      if ((await statusOf(`${url}/readyz`)) === 200) break;
    }
    await wait(50);
  }
  return {
    url,
    readySeconds: (Date.now() - began) / 1000,
    pageSeconds: (firstPageAt - installedAt) / 1000,
    gapSeconds: gapMs / 1000,
    pid: child.pid!,
  };
}

function lastLines(log: string): string {
  return log.trim().split('\n').slice(-20).join('\n');
}

/** Without node_modules/.bin, which npm put there for us: a newcomer has only the Node of the system. */
function plainPath(): string {
  const entries = (process.env['PATH'] ?? '').split(delimiter);
  return entries.filter((entry) => !entry.includes('node_modules')).join(delimiter);
}

async function statusOf(url: string): Promise<number> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5000), headers: { connection: 'close' } });
    await response.arrayBuffer();
    return response.status;
  } catch {
    return 0;
  }
}

/** The processes that run in the checkout or on its data, with their command lines. */
export function processesIn(place: string): Map<number, string> {
  const found = new Map<number, string>();
  if (process.platform === 'linux') {
    for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
      try {
        const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
        // A zombie has neither command line nor folder.
        if (command && `${command} ${readlinkSync(`/proc/${pid}/cwd`)}`.includes(place))
          found.set(Number(pid), command);
      } catch {
        // It ended while we looked.
      }
    }
    return found;
  }
  for (const line of execFileSync('ps', ['-A', '-o', 'pid=,args='], { encoding: 'utf8' }).split('\n')) {
    const [pid, ...command] = line.trim().split(/\s+/);
    if (line.includes(place)) found.set(Number(pid), command.join(' '));
  }
  return found;
}

/** Waits until no such process is there any more; what is left after that time is the answer. */
export async function processesLeft(place: string, patienceSeconds = 6, but = /^$/): Promise<string[]> {
  for (let waited = 0; ; waited += 0.1) {
    const left = [...processesIn(place).values()].filter((command) => !but.test(command));
    if (left.length === 0 || waited >= patienceSeconds) return left;
    await wait(100);
  }
}
