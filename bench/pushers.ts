import type { House } from './house.ts';
import type { BenchRow, SystemCode } from './population.ts';

export interface Body {
  system: SystemCode;
  lines: number;
  bytes: Buffer;
}

/** The rows as record lines, a thousand of one system a body. */
export function* bodiesOf(rows: Iterable<BenchRow>, linesEach = 1_000): Generator<Body> {
  const open: Record<SystemCode, string[]> = { adipose: [], bellyfat: [] };
  const body = (system: SystemCode): Body => {
    const lines = open[system];
    open[system] = [];
    return { system, lines: lines.length, bytes: Buffer.from(`${lines.join('\n')}\n`) };
  };
  for (const { system, key, data } of rows) {
    open[system].push(JSON.stringify({ id: key, data }));
    if (open[system].length === linesEach) yield body(system);
  }
  for (const system of ['adipose', 'bellyfat'] as const) if (open[system].length > 0) yield body(system);
}

/** So many clients side by side, each pushing one body after the other. */
export async function pushAll(house: House, bodies: Iterable<Body>, clients = 8): Promise<void> {
  const waiting = bodies[Symbol.iterator]();
  const client = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      await house.push(next.value.system, next.value.bytes);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
}
