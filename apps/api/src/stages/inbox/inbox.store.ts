import { createHash } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { BatchAccepted, LineReject } from '@cinch/api-contract';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Tx } from '../../platform/transaction.ts';
import { readBody, type ReadBody } from './read-body.ts';
import type { Arrival, BodyForm } from './read-line.ts';

export interface Delivered {
  systemId: number;
  form: BodyForm;
  /** As received: every value traces back to these bytes. */
  body: Buffer;
  read: ReadBody;
  idempotencyKey: string | null;
  receivedAt: number;
}

export interface Claimed {
  batchId: number;
  systemId: number;
  receivedAt: number;
  /** How often it failed as a whole. */
  tries: number;
  arrivals: Arrival[];
}

export interface DoneCounts {
  applied: number;
  superseded: number;
  error: number;
}

@Injectable()
export class InboxStore {
  /** Stores a body once: the same idempotency key with the same body answers what the first call answered. */
  async accept(tx: Tx, delivered: Delivered): Promise<BatchAccepted> {
    const { arrivals, rejects } = delivered.read;
    const hash = createHash('sha256').update(delivered.form).update('\0').update(delivered.body).digest();
    const [made] = await tx.query<{ batchId: number }>(
      `insert into inbox_batch (system_id, form, received_at, idempotency_key, body_hash, n, n_rejected, body, done_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (system_id, idempotency_key) do nothing returning batch_id as "batchId"`,
      [
        delivered.systemId,
        delivered.form,
        new Date(delivered.receivedAt),
        delivered.idempotencyKey,
        hash,
        arrivals.length,
        rejects.length,
        delivered.body,
        arrivals.length === 0 ? new Date(delivered.receivedAt) : null,
      ],
    );
    if (!made) return this.firstAnswer(tx, delivered, hash);
    await tx.query(
      `insert into inbox_reject (batch_id, line, code, path, detail)
       select $1, line, code, path, detail from jsonb_to_recordset($2) as r(line int, code text, path text, detail text)`,
      [made.batchId, JSON.stringify(rejects)],
    );
    return { batchId: made.batchId, accepted: arrivals.length, rejected: rejects };
  }

  /** The oldest waiting batch with its accepted lines, locked until the transaction ends; null when none waits. */
  async claim(tx: Tx): Promise<Claimed | null> {
    const [batch] = await tx.query<{
      batchId: number;
      systemId: number;
      receivedAt: Date;
      form: BodyForm;
      body: Buffer;
      tries: number;
    }>(
      `select batch_id as "batchId", system_id as "systemId", received_at as "receivedAt", form, body, tries
       from inbox_batch where done_at is null order by batch_id limit 1 for update skip locked`,
    );
    if (!batch) return null;
    const { batchId, systemId, receivedAt, tries } = batch;
    const rejected = new Set((await this.rejects(tx, batchId)).map((reject) => reject.line));
    const { arrivals } = readBody(batch.form, batch.body, rejected);
    return { batchId, systemId, receivedAt: receivedAt.getTime(), tries, arrivals };
  }

  /** The oldest waiting batch failed as a whole. */
  async noteTry(tx: Tx): Promise<void> {
    await tx.query(
      `update inbox_batch set tries = tries + 1
       where batch_id = (select batch_id from inbox_batch where done_at is null order by batch_id limit 1)`,
    );
  }

  async done(tx: Tx, batchId: number, counts: DoneCounts): Promise<void> {
    await tx.query(
      `update inbox_batch set n_applied = $2, n_superseded = $3, n_error = $4, done_at = now() where batch_id = $1`,
      [batchId, counts.applied, counts.superseded, counts.error],
    );
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
}
