import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';
import { readChunk } from './read-body.ts';
import type { Arrival, BodyForm } from './read-line.ts';

/** Where in the inbox it came from, and when it was accepted, in milliseconds since 1970. */
export type ClaimedArrival = Arrival & { batchId: number; acceptedAt: number };

/** Where a chunk stands in the inbox. */
export interface ChunkPlace {
  batchId: number;
  seq: number;
}

/** Chunks of one system, and of one load, that are worked on in one commit. */
export interface Claimed {
  systemId: number;
  loadId: number | null;
  chunks: (ChunkPlace & { arrivals: ClaimedArrival[] })[];
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

/** What was claimed at once: from the first to the last of these, and what stands between them and is of their kind. */
export interface ChunkRange {
  from: ChunkPlace;
  to: ChunkPlace;
  isUrgent: boolean;
  /** Urgent ones are of all systems. */
  systemId: number;
  loadId: number | null;
}

const waiting = `with waiting as not materialized (
    select batch_id, seq, system_id, urgent, load_id, n from inbox_chunk where done_at is null and system_id <> all($8::int[])
      and (batch_id, seq) not in (select * from unnest($2::bigint[], $3::int[]))
      and ($4::bigint is null or (batch_id, seq) >= ($4, $5::int) and (batch_id, seq) <= ($6::bigint, $7::int)
        and urgent = $9::boolean and (urgent or system_id = $10::int) and load_id is not distinct from $11::bigint)
  ), next as (
    select system_id, urgent, load_id from waiting order by urgent desc, batch_id, seq limit 1
  ), counted as (
    select c.*, sum(c.n) over (order by c.batch_id, c.seq) - c.n as before
    from (select w.batch_id, w.seq, w.n from next join waiting w using (urgent)
          where w.load_id is not distinct from next.load_id and (urgent or w.system_id = next.system_id) order by urgent desc, w.batch_id, w.seq limit $1) c
  ), claimed as (
    select batch_id, seq from counted where before = 0 or before + n <= $1
  )`;
const selected = `select c.batch_id as "batchId", c.seq, c.system_id as "systemId", c.load_id as "loadId", c.form, c.received_at as "receivedAt",
    c.first_line as "firstLine", c.n, c.body, b.n_rejected > 0 as "hasRejects"`;
const joined = 'from claimed join inbox_chunk c using (batch_id, seq) join inbox_batch b using (batch_id)';
const readNext = `${waiting} ${selected} ${joined} order by 1, 2`;
/** The note stands before any of the lines is looked at, and whatever becomes of the transaction. */
const claimNext = `${waiting}, ends as (
    select (array_agg(batch_id order by batch_id, seq))[1] as fb, (array_agg(seq order by batch_id, seq))[1] as fs,
           (array_agg(batch_id order by batch_id desc, seq desc))[1] as lb, (array_agg(seq order by batch_id desc, seq desc))[1] as ls
    from claimed having count(*) > 0
  ), noted as materialized (
    select setval('under_way_first_batch', fb), setval('under_way_first_seq', fs), setval('under_way_last_batch', lb), setval('under_way_last_seq', ls),
           setval('under_way_urgent', next.urgent::int), setval('under_way_system', next.system_id),
           setval('under_way_load', coalesce(next.load_id, 0)) as load
    from ends cross join next
  )
  ${selected}, noted.load ${joined} cross join noted order by 1, 2`;

@Injectable()
export class InboxStore {
  /** The chunks that were last read ahead of their claim, by name. */
  private ahead: ReadonlyMap<string, ClaimedArrival[]> = new Map();

  /**
   * The waiting chunks that are next, with at most about so many lines together: urgent ones of all systems, or those of one system and
   * one load. None when nothing waits. The committer alone claims, so nothing has to be locked. What is claimed is noted as under way. `but`: chunks that have to wait.
   */
  async claim(
    tx: Tx,
    mostLines: number,
    stopped: readonly number[],
    but: readonly ChunkPlace[] = [],
  ): Promise<Claimed[]> {
    return this.asClaimed(tx, await tx.query(claimNext, asked(mostLines, but, stopped, null)));
  }

  /** What is left of what was claimed at once. */
  async leftOf(tx: Tx, mostLines: number, stopped: readonly number[], range: ChunkRange): Promise<Claimed[]> {
    return this.asClaimed(tx, await tx.query(readNext, asked(mostLines, [], stopped, range)));
  }

  async hasUrgent(tx: Tx, stopped: readonly number[]): Promise<boolean> {
    const sql = 'select 1 from inbox_chunk where done_at is null and urgent and system_id <> all($1::int[]) limit 1';
    return (await tx.query(sql, [stopped])).length > 0;
  }

  /** What will be next after these chunks, which are claimed, unless something urgent comes; its claim need not parse it again. */
  async readAhead(
    tx: Tx,
    mostLines: number,
    claimed: readonly ChunkPlace[],
    stopped: readonly number[],
  ): Promise<Claimed[]> {
    const next = await this.asClaimed(tx, await tx.query(readNext, asked(mostLines, claimed, stopped, null)));
    const chunks = next.flatMap((one) => one.chunks);
    if (chunks.length > 0) this.ahead = new Map(chunks.map((chunk) => [nameOf(chunk), chunk.arrivals]));
    return next;
  }

  private async asClaimed(tx: Tx, rows: (ChunkRow & { hasRejects: boolean })[]): Promise<Claimed[]> {
    const rejected = await this.rejectedLines(tx, [
      ...new Set(rows.filter((row) => row.hasRejects).map((row) => row.batchId)),
    ]);
    return [...Map.groupBy(rows, (row) => row.systemId)].map(([systemId, own]) => {
      const chunks = own.map((row) => {
        const read = () => placed(row, readChunk(row.form, row, rejected.get(row.batchId) ?? new Set()));
        return { batchId: row.batchId, seq: row.seq, arrivals: this.ahead.get(nameOf(row)) ?? read() };
      });
      return { systemId, loadId: own[0]!.loadId, chunks, arrivals: chunks.flatMap((chunk) => chunk.arrivals) };
    });
  }

  /** These lines are where the places say, and nothing is left of these chunks. */
  async done(tx: Tx, { chunks, arrivals }: Claimed, places: readonly Place[]): Promise<void> {
    const batchIds = [...new Set([...chunks, ...arrivals].map(({ batchId }) => batchId))];
    const counts = new Map(batchIds.map((batchId) => [batchId, { batchId, applied: 0, superseded: 0, error: 0 }]));
    arrivals.forEach(({ batchId }, index) => (counts.get(batchId)![places[index]!] += 1));
    await tx.write(
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

  private async rejectedLines(tx: Tx, batchIds: readonly number[]): Promise<Map<number, Set<number>>> {
    if (batchIds.length === 0) return new Map();
    const rows = await tx.query<{ batchId: number; line: number }>(
      `select r.batch_id as "batchId", r.line from unnest($1::bigint[]) as t(batch) join inbox_reject r on r.batch_id = t.batch`,
      [batchIds],
    );
    const byBatch = Map.groupBy(rows, (row) => row.batchId);
    return new Map([...byBatch].map(([batchId, lines]) => [batchId, new Set(lines.map((row) => row.line))]));
  }
}

function asked(
  mostLines: number,
  but: readonly ChunkPlace[],
  stopped: readonly number[],
  only: ChunkRange | null,
): unknown[] {
  const range = only ? [only.from.batchId, only.from.seq, only.to.batchId, only.to.seq] : [null, null, null, null];
  const kind = only ? [only.isUrgent, only.systemId, only.loadId] : [null, null, null];
  return [mostLines, ...columns(but, ['batchId', 'seq']), ...range, stopped, ...kind];
}

function nameOf({ batchId, seq }: ChunkPlace): string {
  return `${batchId}.${seq}`;
}

/** Every line keeps the instant at which it was first accepted. */
export function placed({ batchId, receivedAt }: ChunkRow, arrivals: readonly Arrival[]): ClaimedArrival[] {
  const acceptedAt = receivedAt.getTime();
  return arrivals.map((arrival) => ({ ...arrival, batchId, acceptedAt }));
}
