import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { AdapterRow as Row, Receipt, UpsertItem as Item } from '@cinch/system-adapter/protocol';

const began = Date.UTC(2026, 0, 1);
const minuteMs = 60_000;

/**
 * A system that is refreshed, flat and without rules. Its keys and times follow from what is written and in which order, so that two
 * runs of one story end in the same rows; it lives on when the hub dies.
 */
export class SteadySystem {
  readonly adapterToken = 'only-for-this-test';
  /** How often each delivery came. */
  readonly deliveries = new Map<string, number>();
  private readonly rows = new Map<string, Row>();
  private readonly receipts = new Map<string, Receipt>();
  private readonly server: Server;
  /** Answers in the system's place while it misbehaves; false lets it answer. */
  trouble: ((request: IncomingMessage, response: ServerResponse) => boolean) | null = null;

  private readonly code: string;

  private constructor(code: string) {
    this.code = code;
    this.server = createServer((request, response) => void this.answer(request, response));
  }

  static async open(code: string): Promise<SteadySystem> {
    const system = new SteadySystem(code);
    await new Promise<void>((listening) => system.server.listen(0, '127.0.0.1', listening));
    return system;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** All rows as it lists them. */
  listed(): readonly object[] {
    return this.sorted();
  }

  /** All rows without the ids of deliveries, in the order of keys. */
  shown(): object[] {
    return this.sorted().map(({ key, version, data }) => ({ key, version, data }));
  }

  /** An edit by its own user. */
  edit(index: number, fields: Record<string, unknown>): void {
    const row = this.sorted()[index];
    if (!row) throw new Error(`${this.code} has no row ${index} to edit.`);
    this.write(row.key, fields, null);
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((closed) => this.server.close(closed));
  }

  private sorted(): Row[] {
    return [...this.rows.values()].toSorted((a, b) => (a.key < b.key ? -1 : 1));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (this.trouble?.(request, response)) return;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { pathname } = new URL(request.url ?? '/', this.url);
    const body =
      pathname === '/.well-known/mdm-adapter'
        ? {
            protocol: 1,
            system: this.code,
            base: '/mdm',
            capabilities: { list: true, upsert: true, conditionalWrites: true },
          }
        : request.method === 'POST'
          ? {
              receipts: (JSON.parse(Buffer.concat(chunks).toString()) as { items: Item[] }).items.map((item) =>
                this.take(item),
              ),
            }
          : { rows: this.sorted(), nextCursor: null };
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify(body));
  }

  private take(item: Item): Receipt {
    const { deliveryId, key, ifMatch, fields } = item;
    this.deliveries.set(deliveryId, (this.deliveries.get(deliveryId) ?? 0) + 1);
    const first = this.receipts.get(deliveryId);
    if (first) return first;
    const before = key === null ? null : this.rows.get(key)!;
    const isStale = before !== null && ifMatch !== null && ifMatch !== before.version;
    const name = key ?? `S-${String(this.rows.size + 1).padStart(4, '0')}`;
    const row = isStale ? before : this.write(name, fields, deliveryId);
    const receipt: Receipt = { deliveryId, outcome: isStale ? 'mismatch' : 'stored', row, refused: [] };
    this.receipts.set(deliveryId, receipt);
    return receipt;
  }

  private write(key: string, fields: Record<string, unknown>, deliveryId: string | null): Row {
    const before = this.rows.get(key);
    const version = (before?.version ?? 0) + 1;
    const changedAt = new Date(began + (this.rows.size + version) * minuteMs).toISOString();
    const delivery = deliveryId === null ? null : { id: deliveryId, version };
    const row = { key, version, changedAt, delivery, data: { ...before?.data, ...fields, id: key } };
    this.rows.set(key, row);
    return row;
  }
}
