import { Injectable } from '@nestjs/common';
import type { BatchAccepted, LineReject } from '@cinch/api-contract';
import { columns } from '../../platform/columns.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';
import type { Chunk } from './read-body.ts';
import type { BodyForm } from './read-line.ts';

export interface StreamedBody {
  systemId: number;
  form: BodyForm;
  /** The load that it is part of, if it is. */
  loadId: number | null;
  idempotencyKey: string | null;
  receivedAt: number;
}

/** What a body has come to when it is over. */
export interface StreamEnd {
  chunks: number;
  accepted: number;
  rejected: number;
  hash: Buffer;
  unmappedColumns: readonly string[] | null;
}

/** Bodies of record lines that are stored part by part, as they come, in the one transaction that accepts them. */
@Injectable()
export class StreamedStore {
  /** The batch of the body; null when its idempotency key has one already. */
  async begin(tx: Tx, body: StreamedBody): Promise<number | null> {
    const { systemId, form, loadId, idempotencyKey, receivedAt } = body;
    const [made] = await tx.query<{ batchId: number }>(
      `insert into inbox_batch (system_id, form, received_at, idempotency_key, body_hash, n, load_id)
       values ($1, $2, $3, $4, '', 0, $5)
       on conflict (system_id, idempotency_key) do nothing returning batch_id as "batchId"`,
      [systemId, form, new Date(receivedAt), idempotencyKey, loadId],
    );
    return made?.batchId ?? null;
  }

  async addChunk(tx: Tx, batchId: number, seq: number, body: StreamedBody, chunk: Chunk): Promise<void> {
    await tx.query(
      `insert into inbox_chunk (batch_id, seq, system_id, form, urgent, received_at, load_id, first_line, n, body)
       values ($1, $2, $3, $4, false, $5, $6, $7, $8, $9)`,
      [
        batchId,
        seq,
        body.systemId,
        body.form,
        new Date(body.receivedAt),
        body.loadId,
        chunk.firstLine,
        chunk.n,
        chunk.body,
      ],
    );
  }

  async addRejects(tx: Tx, batchId: number, rejects: readonly LineReject[]): Promise<void> {
    if (rejects.length === 0) return;
    await tx.query(
      `insert into inbox_reject (batch_id, line, code, path, detail)
       select $1, t.* from unnest($2::int[], $3::text[], $4::text[], $5::text[]) as t`,
      [batchId, ...columns(rejects, ['line', 'code', 'path', 'detail'])],
    );
  }

  /** A small body goes before the larger ones, unless it is part of a load. */
  async finish(tx: Tx, batchId: number, body: StreamedBody, end: StreamEnd): Promise<void> {
    const doneAt = end.accepted === 0 ? new Date(body.receivedAt) : null;
    await tx.query(
      `update inbox_batch set n = $2, n_rejected = $3, body_hash = $4, unmapped_columns = $5, done_at = $6 where batch_id = $1`,
      [batchId, end.accepted, end.rejected, end.hash, end.unmappedColumns, doneAt],
    );
    if (body.loadId === null && end.chunks === 1)
      await tx.query('update inbox_chunk set urgent = true where batch_id = $1', [batchId]);
  }

  /** What the first call with the key was answered. */
  async firstAnswer(
    tx: Glance,
    { systemId, idempotencyKey }: Pick<StreamedBody, 'systemId' | 'idempotencyKey'>,
    hash: Buffer,
  ): Promise<BatchAccepted> {
    const [first] = await tx.query<{
      batchId: number;
      accepted: number;
      hash: Buffer;
      unmappedColumns: string[] | null;
    }>(
      `select batch_id as "batchId", n as accepted, body_hash as hash, unmapped_columns as "unmappedColumns" from inbox_batch
       where system_id = $1 and idempotency_key = $2`,
      [systemId, idempotencyKey],
    );
    const { hash: known, unmappedColumns, ...answer } = first!;
    if (!known.equals(hash))
      throw new ProblemError('idempotency-reused', 'Send this body with an idempotency key of its own.');
    const rejected = await tx.query<LineReject>(
      'select line, code, path, detail from inbox_reject where batch_id = $1 order by line',
      [answer.batchId],
    );
    return { ...answer, rejected, ...(unmappedColumns && { unmappedColumns }) };
  }
}
