/** The system that `bench refresh` refreshes, in a process of its own, so that what it takes is not missing in the clients. */
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AdapterRow as Row, UpsertItem as Item } from '@cinch/system-adapter/protocol';
import { benchRows } from './population.ts';

/** Which rows it holds: those of Adipose among the first `count` of the population. */
export interface TargetOrder {
  seed: number;
  population: number;
  count: number;
}

const changedAt = new Date(Date.UTC(2026, 0, 1)).toISOString();
const rows: Row[] = [];
const places = new Map<string, number>();

function hold({ seed, population, count }: TargetOrder): void {
  let taken = 0;
  for (const { system, key, data } of benchRows(seed, population)) {
    if (taken === count) break;
    taken += 1;
    if (system !== 'adipose') continue;
    places.set(key, rows.length);
    rows.push({ key, version: data['ver'] as number, changedAt, delivery: null, data: data as Row['data'] });
  }
}

function page(url: URL): object {
  const from = Number(url.searchParams.get('cursor') ?? 0);
  const to = from + Number(url.searchParams.get('limit'));
  return { rows: rows.slice(from, to), nextCursor: to < rows.length ? String(to) : null };
}

function take({ deliveryId, key, ifMatch, fields }: Item): object {
  const place = key === null ? undefined : places.get(key);
  if (place === undefined) return { deliveryId, outcome: 'unknown-key', row: null, refused: [] };
  const before = rows[place]!;
  if (ifMatch !== null && ifMatch !== before.version)
    return { deliveryId, outcome: 'mismatch', row: before, refused: [] };
  const version = before.version + 1;
  const row = {
    ...before,
    version,
    delivery: { id: deliveryId, version },
    data: { ...before.data, ...fields, ver: version },
  };
  rows[place] = row;
  return { deliveryId, outcome: 'stored', row, refused: [] };
}

async function answer(request: IncomingMessage): Promise<object> {
  const url = new URL(request.url ?? '/', 'http://target');
  const capabilities = { list: true, upsert: true, conditionalWrites: true };
  if (url.pathname === '/.well-known/mdm-adapter')
    return { protocol: 1, system: 'adipose', base: '/mdm', capabilities };
  if (request.method === 'GET') return page(url);
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const { items } = JSON.parse(Buffer.concat(chunks).toString()) as { items: Item[] };
  return { receipts: items.map(take) };
}

const server = createServer((request, response) => {
  void answer(request).then((body) => {
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  });
});
process.once('message', (order: TargetOrder) => {
  hold(order);
  server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as AddressInfo).port }));
});
