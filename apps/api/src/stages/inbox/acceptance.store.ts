import { Injectable } from '@nestjs/common';
import type { BatchAccepted } from '@cinch/api-contract';
import { columns } from '../../platform/columns.ts';
import { crashPoint } from '../../platform/crash-points.ts';
import { ended } from '../../platform/gathered.ts';
import type { Glance } from '../../platform/transaction.ts';
import { bodyHash } from './body-hash.ts';
import type { AcceptedBody } from './read-body.ts';
import type { BodyForm } from './read-line.ts';
import { StreamedStore } from './streamed.store.ts';

export interface Delivered {
  /** The code of the system that sends it. */
  system: string;
  /** The load that it is part of, if it is. */
  loadId: number | null;
  form: BodyForm;
  /** As received. */
  body: Buffer;
  read: AcceptedBody;
  idempotencyKey: string | null;
  receivedAt: number;
}

export type Acceptance =
  | { kind: 'taken'; systemId: number; isNew: boolean; answer: BatchAccepted }
  | { kind: 'refused'; why: 'no-system' | 'paused' | 'no-mapping' };

interface Row {
  /** Null where no system has this code. */
  systemId: number | null;
  inbound: 'on' | 'paused' | null;
  mappingVersion: number | null;
  batchId: number | null;
}

/** A body of at most so many chunks goes before the larger ones, unless it is part of a load. */
const mostUrgentChunks = 1;

/** A body that stands by itself, as nearly all do: it can be taken by one statement that is prepared and no transaction. */
export function isSmall({ read, loadId }: Pick<Delivered, 'read' | 'loadId'>): boolean {
  return loadId === null && read.chunks.length <= 1;
}

/** Where many are gathered a large one would keep the others waiting. */
const mostGatheredBytes = 16 * 1024;

/** A small body that is taken whole: it can be taken together with others of its kind. */
export function mayGather({ read, loadId, body }: Pick<Delivered, 'read' | 'loadId' | 'body'>): boolean {
  return loadId === null && read.chunks.length === 1 && read.rejects.length === 0 && body.length <= mostGatheredBytes;
}

/** Where what is pushed begins to be the hub's. */
@Injectable()
export class AcceptanceStore {
  constructor(private readonly streamed: StreamedStore) {}

  /**
   * Stores a body once, whole or not at all: the same idempotency key with the same body answers what the first call answered. It is one
   * statement: each further one would be a journey to the server and back for every push.
   */
  async accept(tx: Glance, delivered: Delivered): Promise<Acceptance> {
    const { system, loadId, form, idempotencyKey, read } = delivered;
    const { chunks, rejects } = read;
    const hash = hashOf(delivered);
    const n = linesOf(read);
    const isUrgent = loadId === null && chunks.length <= mostUrgentChunks;
    const asked = tx.query<Row>(statementFor(chunks.length, rejects.length > 0), [
      system,
      form,
      new Date(delivered.receivedAt),
      idempotencyKey,
      hash,
      n,
      rejects.length,
      loadId,
      ...(chunks.length > 0 ? [isUrgent] : []),
      ...chunks.flatMap((chunk, index) => [index + 1, chunk.firstLine, chunk.n, chunk.body]),
      ...(rejects.length > 0 ? columns(rejects, ['line', 'code', 'path', 'detail']) : []),
    ]);
    crashPoint('push-sent');
    const [row] = await asked;
    return this.acceptanceOf(tx, row, delivered, hash);
  }

  /**
   * Stores each of these bodies, which may be gathered, as `accept` would by itself, in one statement and thus one commit; an acceptance,
   * or why there is none, for each in their order. All of them have come to their end.
   */
  async acceptEach(tx: Glance, delivered: readonly Delivered[]): Promise<Promise<Acceptance>[]> {
    const hashes = delivered.map(hashOf);
    const chunks = delivered.map(({ read }) => read.chunks[0]!);
    let end = 1;
    const asked = tx.query<Row>(gathered, [
      delivered.map(({ system }) => system),
      delivered.map(({ form }) => form),
      delivered.map(({ receivedAt }) => new Date(receivedAt)),
      delivered.map(({ idempotencyKey }) => idempotencyKey),
      hashes.map((hash) => hash.toString('hex')),
      ...columns(chunks, ['firstLine', 'n']),
      chunks.map(({ body }) => (end += body.length) - body.length),
      chunks.map(({ body }) => body.length),
      Buffer.concat(chunks.map(({ body }) => body)),
    ]);
    crashPoint('push-sent');
    const rows = await asked;
    return ended(delivered.map((one, place) => this.acceptanceOf(tx, rows[place], one, hashes[place]!)));
  }

  private async acceptanceOf(
    tx: Glance,
    row: Row | undefined,
    { idempotencyKey, read }: Delivered,
    hash: Buffer,
  ): Promise<Acceptance> {
    if (!row || row.systemId === null) return { kind: 'refused', why: 'no-system' };
    if (row.inbound === 'paused') return { kind: 'refused', why: 'paused' };
    if (row.mappingVersion === null) return { kind: 'refused', why: 'no-mapping' };
    const { systemId, batchId } = row;
    if (batchId !== null) {
      const answer = { batchId, accepted: linesOf(read), rejected: read.rejects };
      return { kind: 'taken', systemId, isNew: true, answer };
    }
    const answer = await this.streamed.firstAnswer(tx, { systemId, idempotencyKey }, hash);
    return { kind: 'taken', systemId, isNew: false, answer };
  }
}

/** Nobody asks whether a body is the same again that came without a key. */
function hashOf({ form, loadId, idempotencyKey, body }: Delivered): Buffer {
  const begun = bodyHash(form, loadId);
  return (idempotencyKey === null ? begun : begun.update(body)).digest();
}

function linesOf({ chunks }: AcceptedBody): number {
  return chunks.reduce((sum, chunk) => sum + chunk.n, 0);
}

/**
 * Bodies of one chunk each, one behind the other in `$10`. The arrays stand in selects since the planner would otherwise look at how long
 * they are and plan anew each time. Batches are numbered first, in the order in which they came, since what is inserted cannot be told
 * apart; they are inserted by their keys, so that two such statements which share keys never wait for each other.
 */
const gathered = `with told as materialized (
    select *, case when inbound = 'on' and mapping_version is not null
                   then nextval(pg_get_serial_sequence('inbox_batch', 'batch_id')) end as batch_id
    from (
      select told.*, s.system_id, s.inbound, s.mapping_version
      from unnest((select $1::text[]), (select $2::text[]), (select $3::timestamptz[]), (select $4::text[]), (select $5::text[]),
                  (select $6::int[]), (select $7::int[]), (select $8::int[]), (select $9::int[])) with ordinality
        as told (code, form, received_at, idempotency_key, body_hash, first_line, n, start, length, place)
      left join system s using (code) order by place
    ) as in_order
  ), made as (
    insert into inbox_batch (batch_id, system_id, form, received_at, idempotency_key, body_hash, n, n_rejected)
    overriding system value
    select batch_id, system_id, form, received_at, idempotency_key, decode(body_hash, 'hex'), n, 0
    from told where batch_id is not null order by system_id, idempotency_key, place
    on conflict (system_id, idempotency_key) do nothing returning batch_id
  ), chunks as (
    insert into inbox_chunk (batch_id, seq, system_id, form, urgent, received_at, first_line, n, body)
    select batch_id, 1, system_id, form, true, received_at, first_line, n, substring($10::bytea from start for length)
    from told join made using (batch_id)
  )
  select t.system_id as "systemId", t.inbound, t.mapping_version as "mappingVersion", m.batch_id as "batchId"
  from told t left join made m using (batch_id) order by t.place`;

/** One text for each number of chunks, as each body is a parameter of its own: in a list it would be written out in hexadecimal. */
function statementFor(chunks: number, withRejects: boolean): string {
  const rows = Array.from({ length: chunks }, (_, index) => {
    const first = 10 + index * 4;
    return `($${first}::int, $${first + 1}::int, $${first + 2}::int, $${first + 3}::bytea)`;
  });
  const reject = chunks === 0 ? 9 : 10 + chunks * 4;
  const insertChunks = `, chunks as (
    insert into inbox_chunk (batch_id, seq, system_id, form, urgent, received_at, load_id, first_line, n, body)
    select m.batch_id, t.seq, m.system_id, $2::text, $9::boolean, $3::timestamptz, $8::bigint, t.first_line, t.n, t.body
    from made m cross join (values ${rows.join(', ')}) as t(seq, first_line, n, body)
  )`;
  const insertRejects = `, rejects as (
    insert into inbox_reject (batch_id, line, code, path, detail)
    select m.batch_id, t.* from made m
    cross join unnest($${reject}::int[], $${reject + 1}::text[], $${reject + 2}::text[], $${reject + 3}::text[]) as t
  )`;
  return `with home as (
    select system_id, inbound, mapping_version from system where code = $1::text
  ), made as (
    insert into inbox_batch (system_id, form, received_at, idempotency_key, body_hash, n, n_rejected, done_at, load_id)
    select system_id, $2::text, $3::timestamptz, $4::text, $5::bytea, $6::int, $7::int,
      case when $6::int = 0 then $3::timestamptz end, $8::bigint
    from home where inbound = 'on' and mapping_version is not null
    on conflict (system_id, idempotency_key) do nothing returning batch_id, system_id
  )${chunks > 0 ? insertChunks : ''}${withRejects ? insertRejects : ''}
  select h.system_id as "systemId", h.inbound, h.mapping_version as "mappingVersion", m.batch_id as "batchId"
  from home h left join made m on true`;
}
