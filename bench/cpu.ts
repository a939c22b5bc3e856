import { readFileSync, readdirSync } from 'node:fs';

/** CPU time since the processes began, in microseconds, and the hub's resident memory in bytes. Linux only; zeros elsewhere. */
export interface Usage {
  hub: number;
  postgres: number;
  rss: number;
  /** The most that it ever was, as the kernel kept it: nothing between two looks is missed. */
  mostRss: number;
}

/** What /proc counts in: 100 a second on every Linux that the benchmarks run on. */
const microsecondsPerTick = 10_000;

interface Process {
  pid: number;
  parent: number;
  ticks: number;
  /** Of children that have ended and were waited for. */
  endedTicks: number;
}

/** Of the hub's process, and of a Postgres server with all of its backends. */
export function usageOf(hubPid: number, postmasterPid: number): Usage {
  if (process.platform !== 'linux') return { hub: 0, postgres: 0, rss: 0, mostRss: 0 };
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap(readProcess);
  const postmaster = all.find(({ pid }) => pid === postmasterPid);
  const backends = all.filter(({ parent }) => parent === postmasterPid);
  const postgres = [...backends, ...(postmaster ? [postmaster] : [])].reduce((sum, { ticks }) => sum + ticks, 0);
  const hub = all.find(({ pid }) => pid === hubPid);
  return {
    hub: (hub?.ticks ?? 0) * microsecondsPerTick,
    postgres: (postgres + (postmaster?.endedTicks ?? 0)) * microsecondsPerTick,
    rss: memoryOf(hubPid, 'VmRSS'),
    mostRss: memoryOf(hubPid, 'VmHWM'),
  };
}

/** CPU microseconds of one process since it began; 0 when it cannot be told. */
export function cpuUsOf(pid: number): number {
  if (process.platform !== 'linux') return 0;
  return (readProcess(String(pid))[0]?.ticks ?? 0) * microsecondsPerTick;
}

function readProcess(name: string): Process[] {
  try {
    const text = readFileSync(`/proc/${name}/stat`, 'utf8');
    const end = text.lastIndexOf(')');
    const fields = text
      .slice(end + 2)
      .split(' ')
      .map(Number);
    return [
      {
        pid: Number(name),
        parent: fields[1]!,
        ticks: fields[11]! + fields[12]!,
        endedTicks: fields[13]! + fields[14]!,
      },
    ];
  } catch {
    return [];
  }
}

function memoryOf(pid: number, what: 'VmRSS' | 'VmHWM'): number {
  try {
    return (
      Number(new RegExp(`${what}:\\s+(\\d+) kB`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024
    );
  } catch {
    return 0;
  }
}

/** The process that was started with this environment variable: how a hub in a process of its own is found. */
export function pidWithEnv(name: string, value: string): number {
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    try {
      const env = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0');
      if (Number(pid) !== process.pid && env.includes(`${name}=${value}`)) return Number(pid);
    } catch {
      // Ended meanwhile, or another user's.
    }
  }
  return 0;
}
