import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';
import { placed, type ChunkRow, type ClaimedArrival, type Place } from './inbox.store.ts';
import { readLines, textsOf } from './read-body.ts';

/** Single accepted lines, long after their batch was worked on: its bytes are kept. */
@Injectable()
export class LinesStore {
  /** The accepted line as it was sent. */
  async raw(tx: Tx, batchId: number, line: number): Promise<{ text: string; acceptedAt: Date } | null> {
    const [chunk] = await tx.query<ChunkRow>(
      `select form, received_at as "receivedAt", first_line as "firstLine", n, body from inbox_chunk
       where batch_id = $1 and first_line <= $2 order by seq desc limit 1`,
      [batchId, line],
    );
    if (!chunk) return null;
    const found = [...textsOf(chunk.form, chunk)].find((one) => one.line === line);
    return found ? { text: found.text, acceptedAt: chunk.receivedAt } : null;
  }

  /**
   * Accepted lines of one system, to be worked on again; only as many as stand in chunks of at most about so many bytes together, since
   * a chunk is read whole.
   */
  async read(
    tx: Tx,
    wanted: readonly { batchId: number; line: number }[],
    mostBytes: number,
  ): Promise<(ClaimedArrival & { asOf: number | null })[]> {
    const rows = await tx.query<ChunkRow & { lines: number[]; asOf: Date | null }>(
      `with chunks as (
         select c.batch_id, c.seq, array_agg(t.line) as lines
         from unnest($1::bigint[], $2::int[]) as t(batch_id, line)
         cross join lateral (select c.batch_id, c.seq from inbox_chunk c where c.batch_id = t.batch_id and c.first_line <= t.line
                             order by c.seq desc limit 1) c
         group by 1, 2
       ), counted as (
         select chunks.*, sum(octet_length(c.body)) over (order by batch_id, seq) - octet_length(c.body) as before
         from chunks join inbox_chunk c using (batch_id, seq)
       )
       select c.batch_id as "batchId", c.seq, c.form, c.received_at as "receivedAt", c.first_line as "firstLine", c.n, c.body,
         counted.lines, l.as_of as "asOf"
       from counted join inbox_chunk c using (batch_id, seq) left join load l on l.load_id = c.load_id
       where counted.before < $3 order by c.batch_id, c.seq`,
      [...columns(wanted, ['batchId', 'line']), mostBytes],
    );
    return rows.flatMap(({ lines, asOf, ...row }) => {
      const only = new Set(lines);
      const arrivals = placed(
        row,
        readLines(row.form, row, (line) => only.has(line)),
      );
      return arrivals.map((arrival) => ({ ...arrival, asOf: asOf?.getTime() ?? null }));
    });
  }

  /** Lines of these batches that stood in the error log were replayed: their places are these now. */
  async moved(tx: Tx, rows: readonly { batchId: number; place: Place }[]): Promise<void> {
    await tx.write(
      `update inbox_batch b set n_applied = n_applied + t.applied, n_superseded = n_superseded + t.superseded,
         n_error = n_error - t.applied - t.superseded
       from (select batch, count(*) filter (where place = 'applied')::int as applied,
               count(*) filter (where place = 'superseded')::int as superseded
             from unnest($1::bigint[], $2::text[]) as u(batch, place) group by 1) t
       where b.batch_id = t.batch and t.applied + t.superseded > 0`,
      columns(rows, ['batchId', 'place']),
    );
  }
}
