import { Injectable } from '@nestjs/common';
import type { BatchAccepted, LineReject } from '@cinch/api-contract';
import { createHash } from 'node:crypto';
import { columns } from '../../platform/columns.ts';
import { crashPoint } from '../../platform/crash-points.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Tx } from '../../platform/transaction.ts';
import { readChunk, type AcceptedBody } from './read-body.ts';
import type { Arrival, BodyForm } from './read-line.ts';

export interface Delivered {
  systemId: number;
  /** The load that it is part of, if it is. */
  loadId?: number | null;
  form: BodyForm;
  /** As received. */
  body: Buffer;
  read: AcceptedBody;
  idempotencyKey: string | null;
  receivedAt: number;
}

/** Where in the inbox it came from, and when it was accepted, in milliseconds since 1970. */
export type ClaimedArrival = Arrival & { batchId: number; acceptedAt: number };

/** Chunks of one system, and of one load, that are worked on in one commit. */
export interface Claimed {
  systemId: number;
  loadId: number | null;
  chunks: { batchId: number; seq: number }[];
  arrivals: ClaimedArrival[];
}

/** What became of an accepted line. */
export type Place = 'applied' | 'superseded' | 'error';

export interface ChunkRow {
  batchId: number;
  seq: number;
  systemId: number;
  loadId: number | null;
  form: BodyForm;
  receivedAt: Date;
  firstLine: number;
  n: number;
  body: Buffer;
}

/** A body of at most so many chunks goes before the larger ones, unless it is part of a load. */
const mostUrgentChunks = 1;

@Injectable()
export class InboxStore {
  /** Stores a body once: the same idempotency key with the same body answers what the first call answered. */
  async accept(tx: Tx, delivered: Delivered): Promise<{ answer: BatchAccepted; isNew: boolean }> {
    const { systemId, loadId = null, form, body, idempotencyKey } = delivered;
    const { chunks, rejects } = delivered.read;
    const receivedAt = new Date(delivered.receivedAt);
    const asked = loadId === null ? form : `${form} ${loadId}`;
    const bodyHash = hashOf(asked, idempotencyKey === null ? null : body);
    const n = chunks.reduce((sum, chunk) => sum + chunk.n, 0);
    const [made] = await tx.query<{ batchId: number }>(
      `insert into inbox_batch (system_id, form, received_at, idempotency_key, body_hash, n, n_rejected, done_at, load_id)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (system_id, idempotency_key) do nothing returning batch_id as "batchId"`,
      [systemId, form, receivedAt, idempotencyKey, bodyHash, n, rejects.length, n === 0 ? receivedAt : null, loadId],
    );
    if (!made) return { answer: await this.firstAnswer(tx, delivered, bodyHash), isNew: false };
    const { batchId } = made;
    crashPoint('batch-inserted');
    if (chunks.length > 0)
      await tx.query(
        `insert into inbox_chunk (batch_id, seq, system_id, form, urgent, received_at, load_id, first_line, n, body)
         select $1, seq, $2, $3, $4, $5, $6, first_line, n, body
         from (values ${chunks.map((_, index) => placeholders(index)).join(', ')}) as t(seq, first_line, n, body)`,
        [
          batchId,
          systemId,
          form,
          loadId === null && chunks.length <= mostUrgentChunks,
          receivedAt,
          loadId,
          ...chunks.flatMap((chunk, index) => [index + 1, chunk.firstLine, chunk.n, chunk.body]),
        ],
      );
    if (rejects.length > 0)
      await tx.query(
        `insert into inbox_reject (batch_id, line, code, path, detail)
         select $1, t.* from unnest($2::int[], $3::text[], $4::text[], $5::text[]) as t`,
        [batchId, ...columns(rejects, ['line', 'code', 'path', 'detail'])],
      );
    return { answer: { batchId, accepted: n, rejected: rejects }, isNew: true };
  }

  /**
   * The waiting chunks that are next, all of one system and one load, with at most about so many lines together; null when none waits.
   * The committer alone claims, so nothing has to be locked.
   */
  async claim(tx: Tx, mostLines: number): Promise<Claimed | null> {
    const rows = await tx.query<ChunkRow>(
      `with next as (
         select system_id, urgent, load_id from inbox_chunk where done_at is null order by urgent desc, batch_id, seq limit 1
       ), counted as (
         select c.*, sum(c.n) over (order by c.batch_id, c.seq) - c.n as before
         from (select w.batch_id, w.seq, w.n from next join inbox_chunk w using (system_id, urgent)
               where w.done_at is null and w.load_id is not distinct from next.load_id order by w.urgent desc, w.batch_id, w.seq limit $1) c
       )
       select c.batch_id as "batchId", c.seq, c.system_id as "systemId", c.load_id as "loadId", c.form, c.received_at as "receivedAt",
              c.first_line as "firstLine", c.n, c.body
       from counted join inbox_chunk c using (batch_id, seq) where counted.before = 0 or counted.before + c.n <= $1 order by 1, 2`,
      [mostLines],
    );
    if (rows.length === 0) return null;
    const rejected = await this.rejectedLines(tx, [...new Set(rows.map((row) => row.batchId))]);
    const arrivals = rows.flatMap((row): ClaimedArrival[] => {
      return placed(row, readChunk(row.form, row, rejected.get(row.batchId) ?? new Set()));
    });
    const chunks = rows.map(({ batchId, seq }) => ({ batchId, seq }));
    const { systemId, loadId } = rows[0]!;
    return { systemId, loadId, chunks, arrivals };
  }

  /** What was claimed is worked on; its lines are where the places say. */
  async done(tx: Tx, { chunks, arrivals }: Claimed, places: readonly Place[]): Promise<void> {
    const batchIds = [...new Set(chunks.map((chunk) => chunk.batchId))];
    const counts = new Map(batchIds.map((batchId) => [batchId, { batchId, applied: 0, superseded: 0, error: 0 }]));
    arrivals.forEach(({ batchId }, index) => (counts.get(batchId)![places[index]!] += 1));
    await tx.query(
      `with done as (
         update inbox_chunk c set done_at = now() from unnest($1::bigint[], $2::int[]) as t(batch, seq)
         where c.batch_id = t.batch and c.seq = t.seq
       )
       update inbox_batch b set n_applied = n_applied + t.applied, n_superseded = n_superseded + t.superseded,
         n_error = n_error + t.error,
         done_at = case when n = n_applied + n_superseded + n_error + t.applied + t.superseded + t.error then now() end
       from unnest($3::bigint[], $4::int[], $5::int[], $6::int[]) as t(batch, applied, superseded, error)
       where b.batch_id = t.batch`,
      [
        ...columns(chunks, ['batchId', 'seq']),
        ...columns([...counts.values()], ['batchId', 'applied', 'superseded', 'error']),
      ],
    );
  }

  /**
   * Forgets the refused lines of batches that came before that instant and are done: those that wait are read around them. False when
   * there are none. Batches are numbered as they come, so the oldest lines tell.
   */
  async dropRejects(tx: Tx, before: number, mostBatches: number): Promise<boolean> {
    const [dropped] = await tx.query<{ n: number }>(
      `with oldest as (
         select distinct batch_id from inbox_reject order by 1 limit $2
       ), gone as (
         delete from inbox_reject r using oldest o join inbox_batch b using (batch_id)
         where r.batch_id = o.batch_id and b.received_at < $1 and b.done_at is not null returning 1
       )
       select count(*) as n from gone`,
      [new Date(before), mostBatches],
    );
    return dropped!.n > 0;
  }

  private async firstAnswer(tx: Tx, delivered: Delivered, hash: Buffer): Promise<BatchAccepted> {
    const [first] = await tx.query<{ batchId: number; accepted: number; hash: Buffer }>(
      `select batch_id as "batchId", n as accepted, body_hash as hash from inbox_batch
       where system_id = $1 and idempotency_key = $2`,
      [delivered.systemId, delivered.idempotencyKey],
    );
    if (!first!.hash.equals(hash)) {
      throw new ProblemError('idempotency-reused', 'Send this body with an idempotency key of its own.');
    }
    const { batchId, accepted } = first!;
    return { batchId, accepted, rejected: await this.rejects(tx, batchId) };
  }

  private rejects(tx: Tx, batchId: number): Promise<LineReject[]> {
    return tx.query<LineReject>('select line, code, path, detail from inbox_reject where batch_id = $1 order by line', [
      batchId,
    ]);
  }

  private async rejectedLines(tx: Tx, batchIds: readonly number[]): Promise<Map<number, Set<number>>> {
    const rows = await tx.query<{ batchId: number; line: number }>(
      `select r.batch_id as "batchId", r.line from unnest($1::bigint[]) as t(batch) join inbox_reject r on r.batch_id = t.batch`,
      [batchIds],
    );
    const byBatch = Map.groupBy(rows, (row) => row.batchId);
    return new Map([...byBatch].map(([batchId, lines]) => [batchId, new Set(lines.map((row) => row.line))]));
  }
}

/** Each body as a parameter of its own goes to the server as it is; in a list it would be written out in hexadecimal. */
function placeholders(index: number): string {
  const first = 7 + index * 4;
  return `($${first}::int, $${first + 1}::int, $${first + 2}::int, $${first + 3}::bytea)`;
}

/** Nobody asks whether a body is the same again that came without a key. */
function hashOf(asked: string, body: Buffer | null): Buffer {
  const hash = createHash('sha256').update(asked).update('\0');
  return (body ? hash.update(body) : hash).digest();
}

/** Every line keeps the instant at which it was first accepted. */
export function placed({ batchId, receivedAt }: ChunkRow, arrivals: readonly Arrival[]): ClaimedArrival[] {
  const acceptedAt = receivedAt.getTime();
  return arrivals.map((arrival) => ({ ...arrival, batchId, acceptedAt }));
}
