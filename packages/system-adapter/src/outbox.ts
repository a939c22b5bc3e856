import { createHash, randomUUID } from 'node:crypto';
import type { Json } from '@cinch/canonical-model';
import type { ClientBase, Pool } from 'pg';
import type { AdapterRow } from './protocol.ts';

/** Created by the system beside its own tables, so that an event is written in the transaction of its change. */
export const outboxSchema = `
  create table if not exists outbox (
    seq bigint generated always as identity primary key,
    customer_key text not null,
    event json not null
  )`;

const batchSize = 500;
const pollMs = 250;
const longestWaitMs = 3_000;
const requestTimeoutMs = 30_000;
/** Failures in a row, some ten seconds: a hub that is only starting is no news. */
const worthSaying = 7;

/** What became of a row: the row after it, and what the event carries; a delete carries nothing. */
export interface RowEvent {
  type: 'customer.changed' | 'customer.patched' | 'customer.incremented' | 'customer.deleted';
  row: AdapterRow;
  data?: Json;
  /** The same id again is the same event; any, where the act has no id of its own. */
  id?: string;
}

/** Puts one `customer.changed` event for each row into the outbox. The row goes whole, so a lost event heals with the next. */
export async function enqueueChanges(tx: ClientBase, system: string, rows: readonly AdapterRow[]): Promise<void> {
  const events = rows.map((row) => ({ type: 'customer.changed', row, data: row.data }) as const);
  await enqueueEvents(tx, system, events);
}

export async function enqueueEvents(tx: ClientBase, system: string, events: readonly RowEvent[]): Promise<void> {
  if (events.length === 0) return;
  await tx.query(
    `insert into outbox (customer_key, event)
     select n.customer_key, n.event::json from unnest($1::text[], $2::text[]) with ordinality n (customer_key, event, place) order by place`,
    [events.map(({ row }) => row.key), events.map((event) => JSON.stringify(cloudEvent(system, event)))],
  );
}

/** A CloudEvent; `rowversion`, `deliveryid` and `deliveryversion` are extension attributes. */
function cloudEvent(system: string, { type, row, data, id }: RowEvent) {
  return {
    specversion: '1.0',
    id: id ?? randomUUID(),
    source: `/${system}`,
    type,
    subject: row.key,
    time: row.changedAt,
    ...(data !== undefined && { datacontenttype: 'application/json' }),
    rowversion: row.version,
    ...(row.delivery && { deliveryid: row.delivery.id, deliveryversion: row.delivery.version }),
    ...(data !== undefined && { data }),
  };
}

export interface Outbox {
  /** Call after a commit: what was enqueued goes out at once instead of at the next poll. */
  wake(): void;
  /** Off: nothing is sent and nothing is lost; resolves when no request is under way any more. */
  setPushing(on: boolean): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Sends the outbox to the hub in order, at most 500 events a request. A row is deleted only after the hub has acknowledged
 * it, so a hub that is down, still starting, or does not know this system yet only makes it wait.
 */
export function startOutbox(options: {
  pool: Pool;
  system: string;
  hubUrl: string;
  hubKey: string;
  pushing: boolean;
}): Outbox {
  const { pool, system, hubUrl, hubKey } = options;
  const url = new URL(`/api/v1/systems/${encodeURIComponent(system)}/events`, hubUrl);
  const stopping = new AbortController();
  let pushing = options.pushing;
  let failures = 0;
  let underWay: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  function schedule(ms: number): void {
    clearTimeout(timer);
    if (pushing && !stopping.signal.aborted) timer = setTimeout(run, ms);
  }

  function run(): void {
    if (underWay) return;
    underWay = sendAll()
      .catch((error: unknown) => {
        failures += 1;
        // The first failure of a row of them is worth a line; the hub being away for an hour is not worth thousands.
        if (failures === worthSaying && !stopping.signal.aborted)
          console.warn(`${system}: events wait, ${describe(error)}`);
        return error instanceof RetryLater ? error.afterMs : waitMs(failures);
      })
      .then((wait) => {
        underWay = null;
        schedule(wait ?? pollMs);
      });
  }

  async function sendAll(): Promise<void> {
    while (pushing && !stopping.signal.aborted) {
      // Read anew for each attempt: what is no longer in the outbox is not sent. The column is named with its table, because
      // a bare `seq` would be the text, in whose order "10" comes before "9".
      const { rows } = await pool.query<{ seq: string; event: string }>(
        'select seq::text, event::text from outbox order by outbox.seq limit $1',
        [batchSize],
      );
      if (rows.length === 0) return;
      await post(rows);
      await pool.query('delete from outbox where seq = any ($1::bigint[])', [rows.map((row) => row.seq)]);
      failures = 0;
    }
  }

  async function post(rows: { seq: string; event: string }[]): Promise<void> {
    const body = `[${rows.map((row) => row.event).join(',')}]`;
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/cloudevents-batch+json',
        authorization: `Bearer ${hubKey}`,
        // The same events have the same key, so a retry whose first answer was lost is recognised.
        'idempotency-key': createHash('sha256').update(body).digest('hex'),
      },
      body,
      redirect: 'error',
      signal: AbortSignal.any([stopping.signal, AbortSignal.timeout(requestTimeoutMs)]),
    });
    const isJson = (response.headers.get('content-type') ?? '').includes('json');
    await response.arrayBuffer();
    // While the hub starts, another server may answer pages on its port: only JSON is its acknowledgement.
    if (response.ok && isJson) return;
    const retryAfterS = Number(response.headers.get('retry-after'));
    const said = `${url.pathname} answered ${response.status}`;
    if (response.status === 429 && retryAfterS > 0) throw new RetryLater(said, retryAfterS * 1000);
    throw new Error(said);
  }

  schedule(0);
  return {
    wake() {
      if (failures === 0 && !underWay) schedule(0);
    },
    async setPushing(on) {
      pushing = on;
      if (on) schedule(0);
      else clearTimeout(timer);
      await underWay;
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await underWay;
    },
  };
}

class RetryLater extends Error {
  readonly afterMs: number;
  constructor(message: string, afterMs: number) {
    super(message);
    this.afterMs = afterMs;
  }
}

/** Doubles with each failure; the jitter keeps several systems from knocking in step when the hub comes back. */
function waitMs(failures: number): number {
  return Math.min(longestWaitMs, pollMs * 2 ** (failures - 1)) * (0.5 + Math.random() / 2);
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message ? error.cause.message : error.message;
}
