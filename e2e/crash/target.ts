// The target of the kill runs: a system in a process of its own that may die at any moment. Whatever it answers stands in its journal first.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AdapterRow as Row, Receipt, UpsertItem as Item } from '@cinch/system-adapter/protocol';
import type { Trouble, Write } from './target-process.ts';

const [journal, port] = [process.env['JOURNAL']!, Number(process.env['PORT'])];
const rows = new Map<string, Row>();
const receipts = new Map<string, Receipt>();
/** When the trouble ends, by the clock of this process. */
let trouble: { kind: Trouble; until: number } | null = null;

/** A line that was cut short by a kill was not answered: the delivery comes again. */
function recover(): void {
  if (!existsSync(journal)) return;
  for (const line of readFileSync(journal, 'utf8').split('\n').slice(0, -1)) {
    const { row, receipt } = JSON.parse(line) as { row: Row; receipt: Receipt };
    rows.set(row.key, row);
    receipts.set(receipt.deliveryId, receipt);
  }
}

/** Keys follow from who somebody is, so that two runs give the same ones; somebody who is made again gets another. */
function newKey({ email }: Item['fields']): string {
  const wanted = `S-${String(email).split('@', 1)[0]}`;
  for (let number = 1; ; number += 1) {
    const key = number === 1 ? wanted : `${wanted}-${number}`;
    if (!rows.has(key)) return key;
  }
}

function take({ deliveryId, key, ifMatch, fields }: Item): Receipt {
  const first = receipts.get(deliveryId);
  if (first) return first;
  const before = key === null ? null : (rows.get(key) ?? null);
  if (key !== null && !before) return { deliveryId, outcome: 'unknown-key', row: null, refused: [] };
  if (before && ifMatch !== null && ifMatch !== before.version)
    return { deliveryId, outcome: 'mismatch', row: before, refused: [] };
  const name = key ?? newKey(fields);
  const version = (before?.version ?? 0) + 1;
  const row: Row = {
    key: name,
    version,
    changedAt: new Date().toISOString(),
    delivery: { id: deliveryId, version },
    data: { ...before?.data, ...fields, id: name },
  };
  const receipt: Receipt = { deliveryId, outcome: 'stored', row, refused: [] };
  const write: Write = { deliveryId, key: name, isCreate: key === null };
  appendFileSync(journal, `${JSON.stringify({ write, row, receipt })}\n`);
  rows.set(name, row);
  receipts.set(deliveryId, receipt);
  return receipt;
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://target');
  const reply = (body: object, status = 200) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
  if (pathname === '/trouble') {
    const { kind, forMs } = JSON.parse(text) as { kind: Trouble; forMs: number };
    trouble = { kind, until: performance.now() + forMs };
    return reply({});
  }
  const now = trouble && performance.now() < trouble.until ? trouble.kind : null;
  if (now === 'away') return reply({}, 503);
  if (now === 'silent') return;
  if (pathname === '/.well-known/mdm-adapter') {
    const capabilities = { list: true, upsert: true, conditionalWrites: true };
    return reply({ protocol: 1, system: 'south', base: '/mdm', capabilities });
  }
  if (request.method === 'POST') {
    const body = { receipts: (JSON.parse(text) as { items: Item[] }).items.map(take) };
    return now === 'answer-lost' ? void response.destroy() : reply(body);
  }
  const after = searchParams.get('cursor') ?? '';
  const sorted = [...rows.values()].filter(({ key }) => key > after).toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const page = sorted.slice(0, 500);
  return reply({ rows: page, nextCursor: sorted.length > page.length ? page.at(-1)!.key : null });
}

recover();
createServer((request, response) => void answer(request, response).catch(() => response.destroy())).listen(
  port,
  '127.0.0.1',
  () => process.send?.({ type: 'listening', url: `http://127.0.0.1:${port}` }),
);
process.on('disconnect', () => process.exit(0));
