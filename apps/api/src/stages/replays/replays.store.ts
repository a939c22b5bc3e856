import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';

/** Which entries of the error log; all that is given must fit. Times in milliseconds since 1970, `until` exclusive. */
export interface Selection {
  ids: readonly number[] | null;
  cause: string | null;
  systemId: number | null;
  mappingVersion: number | null;
  since: number | null;
  until: number | null;
}

/** An accepted line in the error log. */
export interface ErrorLine {
  systemId: number;
  /** The load that brought it. */
  loadId: number | null;
  batchId: number;
  line: number;
}

/** A row that could not be taken when its system was listed. */
export interface HeardError {
  errorId: number;
  systemId: number;
  key: string;
  runId: number;
}

/** A line that was worked on again, and where it is now. */
export interface ReplayedLine {
  batchId: number;
  line: number;
  place: 'applied' | 'superseded' | 'error';
}

const selects = `($1::bigint[] is null or e.error_id = any($1)) and ($2::uuid is null or e.cause = $2)
  and ($3::int is null or e.system_id = $3) and ($4::int is null or e.mapping_version = $4)
  and ($5::timestamptz is null or e.at >= $5) and ($6::timestamptz is null or e.at < $6) and e.resolved_at is null`;
/** What came by no batch was listed: it is read again by its key. What is under way already comes once. */
const isHeard = `e.batch_id is null and e.run_id is not null and e.source_key is not null`;
const isReplayable = `e.kind = 'line' and (e.batch_id is not null or ${isHeard}) and (e.replay_id is null or e.replayed_at is not null)`;
const place = `e.system_id as "systemId", (select b.load_id from inbox_batch b where b.batch_id = e.batch_id) as "loadId",
  e.batch_id as "batchId", e.line`;

/** Replays that were asked for, and which entries of the error log they come to. */
@Injectable()
export class ReplaysStore {
  async unknown(tx: Tx, ids: readonly number[]): Promise<number[]> {
    const rows = await tx.query<{ id: number }>(
      `select t.id from unnest($1::bigint[]) as t(id) where not exists (select 1 from error_entry e where e.error_id = t.id) order by 1`,
      [ids],
    );
    return rows.map((row) => row.id);
  }

  async count(tx: Tx, selection: Selection): Promise<{ lines: number; passedOver: number }> {
    const [counts] = await tx.query<{ lines: number; passedOver: number }>(
      `select count(*) filter (where ${isReplayable}) as lines, count(*) filter (where not (${isReplayable})) as "passedOver"
       from error_entry e where ${selects}`,
      parametersOf(selection),
    );
    return counts!;
  }

  /** The first of the lines, in the order of the log. */
  first(tx: Tx, selection: Selection, limit: number): Promise<ErrorLine[]> {
    return tx.query<ErrorLine>(
      `select ${place} from error_entry e where ${selects} and ${isReplayable} and e.batch_id is not null order by e.error_id limit $7`,
      [...parametersOf(selection), limit],
    );
  }

  /** Null when there is nothing to replay: asked for twice, it is done once. */
  async open(tx: Tx, selection: Selection, asked: string, by: string, at: number): Promise<number | null> {
    const [opened] = await tx.query<{ replayId: number; n: number }>(
      `insert into replay (asked, asked_by, asked_at, n) select $7, $8, $9::timestamptz, count(*) from error_entry e where ${selects} and ${isReplayable}
       having count(*) > 0 returning replay_id as "replayId"`,
      [...parametersOf(selection), asked, by, new Date(at)],
    );
    if (!opened) return null;
    await tx.query(`update error_entry e set replay_id = $7, replayed_at = null where ${selects} and ${isReplayable}`, [
      ...parametersOf(selection),
      opened.replayId,
    ]);
    return opened.replayId;
  }

  /** The oldest that is not done. */
  async openId(tx: Glance): Promise<number | null> {
    const [open] = await tx.query<{ id: number }>('select min(replay_id) as id from replay where done_at is null');
    return open!.id;
  }

  /** The next lines of the oldest replay that is not done, all of one system and load; none when it has come to all of them. */
  async next(tx: Tx, limit: number): Promise<{ replayId: number; lines: ErrorLine[] } | null> {
    const [open] = await tx.query<{ replayId: number }>(
      'select replay_id as "replayId" from replay where done_at is null order by 1 limit 1',
    );
    if (!open) return null;
    const rows = await tx.query<ErrorLine>(
      `select ${place} from error_entry e where e.replay_id = $1 and e.replayed_at is null and e.resolved_at is null and e.batch_id is not null
       order by e.error_id limit $2`,
      [open.replayId, limit],
    );
    return { ...open, lines: startingAlike(rows) };
  }

  /** The next row of the replay that its system is to be asked for again. */
  async nextHeard(tx: Glance, replayId: number): Promise<HeardError | null> {
    const [row] = await tx.query<HeardError>(
      `select e.error_id as "errorId", e.system_id as "systemId", e.source_key as key, e.run_id as "runId" from error_entry e
       where e.replay_id = $1 and e.replayed_at is null and e.resolved_at is null and ${isHeard} order by e.error_id limit 1`,
      [replayId],
    );
    return row ?? null;
  }

  /** One that cannot be read still stays open. */
  async noteHeard(tx: Tx, replayId: number, errorId: number, place: ReplayedLine['place'], at: number): Promise<void> {
    await tx.query(
      `update error_entry set replayed_at = $2, resolved_at = case when $3 then resolved_at else coalesce(resolved_at, $2) end,
         resolution = case when $3 then resolution else 'replayed' end
       where error_id = $1`,
      [errorId, new Date(at), place === 'error'],
    );
    await tx.query(`update replay set n_${place} = n_${place} + 1 where replay_id = $1`, [replayId]);
  }

  /** Nothing can be read of the system at the moment: all of its rows that the replay was still to ask for stay open. */
  async noteUnasked(tx: Tx, replayId: number, systemId: number, at: number): Promise<void> {
    await tx.query(
      `with left_open as (update error_entry e set replayed_at = $3
         where e.replay_id = $1 and e.system_id = $2 and e.replayed_at is null and e.resolved_at is null and ${isHeard} returning 1)
       update replay set n_error = n_error + (select count(*) from left_open) where replay_id = $1`,
      [replayId, systemId, new Date(at)],
    );
  }

  /** The lines are where they say now; those that went wrong again stay open. */
  async note(tx: Tx, replayId: number, lines: readonly ReplayedLine[], at: number): Promise<void> {
    await tx.query(
      `update error_entry e set replayed_at = $4,
         resolved_at = case when t.place = 'error' then e.resolved_at else $4 end,
         resolution = case when t.place = 'error' then e.resolution else 'replayed' end
       from unnest($1::bigint[], $2::int[], $3::text[]) as t(batch, line, place)
       where e.batch_id = t.batch and e.line = t.line and e.kind = 'line'`,
      [...columns(lines, ['batchId', 'line', 'place']), new Date(at)],
    );
    const n = (place: ReplayedLine['place']) => lines.filter((line) => line.place === place).length;
    await tx.query(
      `update replay set n_applied = n_applied + $2, n_superseded = n_superseded + $3, n_error = n_error + $4 where replay_id = $1`,
      [replayId, n('applied'), n('superseded'), n('error')],
    );
  }

  async close(tx: Tx, replayId: number, at: number): Promise<void> {
    await tx.query('update error_entry set replayed_at = $2 where replay_id = $1 and replayed_at is null', [
      replayId,
      new Date(at),
    ]);
    await tx.query('update replay set done_at = $2 where replay_id = $1', [replayId, new Date(at)]);
  }

  /** What is wrong with these lines, by code. */
  codes(tx: Tx, lines: readonly ReplayedLine[]): Promise<{ code: string; lines: number }[]> {
    return tx.query(
      `select e.code, count(*) as lines from unnest($1::bigint[], $2::int[]) as t(batch, line)
       join error_entry e on e.batch_id = t.batch and e.line = t.line and e.kind = 'line' group by 1 order by 2 desc, 1`,
      columns(lines, ['batchId', 'line']),
    );
  }
}

/** Those that are of the system and load of the first one: they are worked on together. */
export function startingAlike(lines: readonly ErrorLine[]): ErrorLine[] {
  return lines.filter(({ systemId, loadId }) => systemId === lines[0]!.systemId && loadId === lines[0]!.loadId);
}

function parametersOf({ ids, cause, systemId, mappingVersion, since, until }: Selection): unknown[] {
  return [ids, cause, systemId, mappingVersion, dateOf(since), dateOf(until)];
}

function dateOf(ms: number | null): Date | null {
  return ms === null ? null : new Date(ms);
}
