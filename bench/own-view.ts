import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Agent, get } from 'node:http';
import { join } from 'node:path';
import { House } from './house.ts';
import { pairedRatios } from './pairs.ts';
import { benchRows } from './population.ts';
import { bodiesOf, pushAll } from './pushers.ts';
import type { Result } from './result.ts';

const stored = 20_000;
const calls = 8_000;
const connections = 8;

/** A system reads its own view by its own key; the ruler is a bare HTTP handler that runs the same statement. */
export async function benchOwnView(): Promise<Result> {
  const rows = [...benchRows(4, stored)];
  const house = await House.open();
  const bare = fork(join(import.meta.dirname, 'bare-handler.ts'), [house.databaseUrl]);
  try {
    const [port] = (await once(bare, 'message')) as [number];
    await pushAll(house, bodiesOf(rows));
    await house.drained();
    const keys = rows.filter(({ system }) => system === 'bellyfat').map(({ key }) => key);
    const hub = `${house.url}/systems/bellyfat/customers/`;
    const token = house.keys.bellyfat;
    // What a view offers for the first time is stored; the day's further reads are what is measured.
    await read(hub, keys, token, keys.length);
    const ratio = await pairedRatios(async () => {
      const ruler = await read(`http://127.0.0.1:${port}/`, keys, token, calls);
      const seen = await read(hub, keys, token, calls);
      console.log(`   ${Math.round(seen)} views/s, the bare handler ${Math.round(ruler)}/s`);
      return seen / ruler;
    });
    return {
      name: 'own-view',
      bars: [{ what: 'own view, share of a bare handler', bar: 0.6, seen: ratio.median, better: 'more' }],
      figures: { stored, calls, connections, ratio },
    };
  } finally {
    await stop(bare);
    await house.close();
  }
}

/** Calls a second. */
async function read(base: string, keys: readonly string[], token: string, count: number): Promise<number> {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  let next = 0;
  const began = performance.now();
  const client = async () => {
    while (next < count) await one(`${base}${keys[next++ % keys.length]}`, agent, token);
  };
  await Promise.all(Array.from({ length: connections }, client));
  agent.destroy();
  return count / ((performance.now() - began) / 1000);
}

function one(url: string, agent: Agent, token: string): Promise<void> {
  return new Promise((done, failed) => {
    get(url, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume();
      response.once('end', () =>
        response.statusCode === 200 ? done() : failed(new Error(`${url} answered ${response.statusCode}`)),
      );
    }).once('error', failed);
  });
}

async function stop(child: ChildProcess): Promise<void> {
  child.kill();
  await once(child, 'exit');
}
