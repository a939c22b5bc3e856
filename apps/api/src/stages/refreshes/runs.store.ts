import { Injectable } from '@nestjs/common';
import type { RefreshRun, RunCounts, RunProof } from '@cinch/api-contract';
import type { Approval, BrakeReason, DriftComparison, Tally } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import { crashPoint } from '../../platform/crash-points.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';
import { addedTo, countWritten, noCounts, type WrittenCounts } from './run-counts.ts';

export interface RunRow {
  runId: number;
  systemId: number;
  mode: RefreshRun['mode'];
  phase: RefreshRun['phase'];
  /** How often the plan was made: it is made again after each apply, until nothing differs. */
  round: number;
  listing: number;
  /** When that listing began, in milliseconds since 1970, UTC. */
  listedAt: number | null;
  /** Records up to this one were known when the listing began: only these can be missing from it. */
  listingFloor: number;
  cursor: string | null;
  planHash: string | null;
  /** Records up to this one were known when the plan was made. */
  planFloor: number;
  counts: RunCounts;
  /** Why its plan has to be looked at by a person before anything is sent. */
  brake: BrakeReason[];
  tallies: Tallies;
  /** The documents by which its plan was made, and is sent; null before. */
  versions: string | null;
  /** Null: it is of the whole system. */
  confined: Confined | null;
  /** In which rows it looks for drift; null: in all. */
  comparison: DriftComparison | null;
}

/** To what a run is confined: what it writes, compares and names. */
export interface Confined {
  /** Records and customers; null: all of them. */
  recordIds: readonly number[] | null;
  customerIds: readonly number[];
  /** Attributes and lists; null: all of them. */
  attributes: readonly string[] | null;
  /** Its first round sends once more what is parked. */
  resend?: boolean;
}

/** What a run is held to. */
interface Tallies {
  /** What all of its rounds have sent. */
  written: Tally;
  /** What a person saw when letting it go on; null when nobody has looked. */
  approved: Approval | null;
  /** Rows that it has sent since otherwise than they were seen. */
  unseen: number;
  /** What its plan would send next. */
  next: Next;
}

/** What a plan would send next, and how many of its rows are otherwise than the last person saw who looked. */
export interface Next {
  tally: Tally;
  unseen: number;
}

const tidiedAtOnce = 20_000;
const endedPhases = `'closed', 'failed', 'cancelled'`;

/** A run that somebody has cancelled, or that has ended otherwise, goes no further. */
export class RunEnded extends Error {
  override readonly name = 'RunEnded';

  constructor() {
    super('The run has ended: whatever was under way for it is left.');
  }
}

const noTallies: Tallies = { written: {}, approved: null, unseen: 0, next: { tally: {}, unseen: 0 } };

const selected = `run_id as "runId", system_id as "systemId", mode, phase, round, listing, listed_at as "listedAt", listing_floor as "listingFloor",
  cursor, plan_hash as "planHash", plan_floor as "planFloor", counts, brake, tallies, versions, confined, comparison`;

type Selected = Omit<RunRow, 'counts' | 'brake' | 'tallies' | 'listedAt' | 'confined' | 'comparison'> & {
  confined: string | null;
  comparison: string | null;
  counts: string;
  brake: string;
  tallies: string;
  listedAt: Date | null;
};

/** Refresh runs and what each listing saw. Every step of a run is one committed change of its row. */
@Injectable()
export class RunsStore {
  /** Null when a run of this system is open already. */
  async open(
    tx: Tx,
    systemId: number,
    mode: 'plan' | 'full',
    by: string,
    at: number,
    { confined, comparison }: Pick<RunRow, 'confined' | 'comparison'>,
  ): Promise<number | null> {
    const [row] = await tx.query<{ run_id: number }>(
      `insert into refresh_run (system_id, mode, phase, counts, started_by, started_at, confined, comparison) values ($1, $2, 'hear', $3, $4, $5, $6, $7)
       on conflict do nothing returning run_id`,
      [
        systemId,
        mode,
        JSON.stringify(noCounts),
        by,
        new Date(at),
        confined && JSON.stringify(confined),
        comparison && JSON.stringify(comparison),
      ],
    );
    crashPoint('run-opened');
    return row?.run_id ?? null;
  }

  /** The run that holds the deliveries made between refreshes. */
  async standing(tx: Tx, systemId: number, at: number): Promise<RunRow> {
    await tx.query(
      `insert into refresh_run (system_id, mode, phase, counts, started_by, started_at) values ($1, 'events', 'standing', $2, 'events', $3)
       on conflict do nothing`,
      [systemId, JSON.stringify(noCounts), new Date(at)],
    );
    const [row] = await tx.query<Selected>(
      `select ${selected} from refresh_run where system_id = $1 and mode = 'events'`,
      [systemId],
    );
    return asRun(row!);
  }

  /** Plans of the system that were started by somebody and that wait, held by no brake: the next one may take their place. */
  async waitingPlansOf(tx: Tx, systemId: number, by: string): Promise<number[]> {
    const rows = await tx.query<{ run_id: number }>(
      `select run_id from refresh_run where system_id = $1 and phase = 'planned' and started_by = $2 and brake = '[]'`,
      [systemId, by],
    );
    return rows.map((row) => row.run_id);
  }

  async byId(tx: Tx, runId: number): Promise<RunRow | null> {
    const [row] = await tx.query<Selected>(`select ${selected} from refresh_run where run_id = $1`, [runId]);
    return row ? asRun(row) : null;
  }

  /** Of each system the oldest run that has something to do. While nothing is sent, one that was sending waits. */
  async active(tx: Glance): Promise<RunRow[]> {
    const rows = await tx.query<Selected>(
      `select distinct on (system_id) ${selected} from refresh_run
       where phase in ('hear', 'plan', 'verify')
          or phase = 'apply' and not exists (select 1 from outbound_switch where state = 'paused')
       order by system_id, run_id`,
    );
    return rows.map(asRun);
  }

  /** Whether a refresh of the system is under way: until it has ended, nothing else is sent there. */
  async isUnderWay(tx: Tx, systemId: number): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from refresh_run where system_id = $1 and mode <> 'events' and phase not in (${endedPhases}, 'planned')`,
      [systemId],
    );
    return rows.length > 0;
  }

  async isOpen(tx: Glance, runId: number): Promise<boolean> {
    const [row] = await tx.query(`select 1 from refresh_run where run_id = $1 and phase not in (${endedPhases})`, [
      runId,
    ]);
    return row !== undefined;
  }

  /** @throws {RunEnded} when it was cancelled meanwhile: nothing of what goes with this is then written. */
  async save(tx: Tx, run: RunRow): Promise<void> {
    const saved = await tx.query(
      `update refresh_run set phase = $2, round = $3, listing = $4, listing_floor = $5, cursor = $6, plan_hash = $7, counts = $8, brake = $9,
         tallies = $10, versions = $11, listed_at = $12, plan_floor = $13
       where run_id = $1 and phase not in (${endedPhases}) returning 1`,
      [
        run.runId,
        run.phase,
        run.round,
        run.listing,
        run.listingFloor,
        run.cursor,
        run.planHash,
        JSON.stringify(run.counts),
        JSON.stringify(run.brake),
        JSON.stringify(run.tallies),
        run.versions,
        run.listedAt === null ? null : new Date(run.listedAt),
        run.planFloor,
      ],
    );
    if (saved.length === 0) throw new RunEnded();
  }

  /** The next run looks for drift in the next rows. */
  async takeTurn(tx: Tx, systemId: number): Promise<void> {
    await tx.write('update system set comparison_turns = comparison_turns + 1 where system_id = $1', [systemId]);
  }

  async end(
    tx: Tx,
    runId: number,
    phase: 'closed' | 'failed' | 'cancelled',
    said: { closing?: string; proof?: RunProof; failure?: string },
    at: number,
  ) {
    await tx.query(
      `update refresh_run set phase = $2, closing = $3, failure = $4, closed_at = $5, proof = $6
       where run_id = $1 and phase not in (${endedPhases})`,
      [
        runId,
        phase,
        said.closing ?? null,
        said.failure ?? null,
        new Date(at),
        said.proof ? JSON.stringify(said.proof) : null,
      ],
    );
    crashPoint('run-ending');
    // What is open of it must not count any more; what was only planned is dropped with all else that it leaves.
    const left = await tx.query(
      `update refresh_item set outcome = 'failed', code = coalesce(code, 'run-ended')
       where run_id = $1 and outcome in ('planned', 'sent') and (outcome = 'sent' or creates_in is not null) returning 1`,
      [runId],
    );
    // Not counted anew: that takes a look at all of its items, for which everybody would wait.
    await this.addCounts(tx, runId, { failed: left.length });
  }

  /** What is to be written by the run and what came of it, counted from its items. */
  async written(tx: Tx, runId: number): Promise<WrittenCounts> {
    const [row] = await tx.query<WrittenCounts>(countWritten, [runId]);
    return row!;
  }

  /** The figures of a run that has ended: whatever its items came to be. */
  async countAnew(tx: Tx, runId: number): Promise<void> {
    const written = await this.written(tx, runId);
    await this.setCounts(tx, runId, (counts) => ({ ...counts, ...written }));
  }

  /** Of a run that goes on: what has come to its end now. */
  async addCounts(tx: Tx, runId: number, more: Partial<WrittenCounts>): Promise<void> {
    await this.setCounts(tx, runId, (counts) => addedTo(counts, more));
  }

  private async setCounts(tx: Tx, runId: number, changed: (counts: RunCounts) => RunCounts): Promise<void> {
    const run = (await this.byId(tx, runId))!;
    await tx.query('update refresh_run set counts = $2 where run_id = $1', [
      runId,
      JSON.stringify(changed(run.counts)),
    ]);
  }

  /** Whatever refreshes of the system are open fail, for one reason. */
  async endOpen(tx: Tx, systemId: number, failure: string, at: number): Promise<void> {
    const open = await tx.query<{ run_id: number }>(
      `select run_id from refresh_run where system_id = $1 and mode <> 'events' and phase not in (${endedPhases})`,
      [systemId],
    );
    for (const { run_id: runId } of open) await this.end(tx, runId, 'failed', { failure }, at);
  }

  /** A piece of what the last runs of a system that have ended left behind. False when nothing is left. */
  async tidyEnded(tx: Tx, systemId: number): Promise<boolean> {
    const ended = `select run_id from refresh_run where system_id = $1 and phase in (${endedPhases}) order by run_id desc limit 10`;
    const rows = await tx.query<{ run_id: number | null }>(
      `with seen as (delete from refresh_seen where ctid = any(array(
           select s.ctid from refresh_seen s where s.run_id in (${ended}) limit $2)) returning 1),
         changed as (delete from refresh_changed where ctid = any(array(
           select c.ctid from refresh_changed c where c.run_id in (${ended}) limit $2)) returning 1),
         unread as (delete from refresh_unread where run_id in (${ended}) returning 1),
         items as (update refresh_item set outcome = 'failed', code = coalesce(code, 'run-ended') where ctid = any(array(
           select i.ctid from refresh_item i where i.outcome = 'planned' and i.run_id in (${ended}) limit $2)) returning run_id)
       select distinct run_id from items union all (select null from seen limit 1)
       union all (select null from changed limit 1) union all (select null from unread limit 1)`,
      [systemId, tidiedAtOnce],
    );
    for (const { run_id: runId } of rows) if (runId !== null) await this.countAnew(tx, runId);
    return rows.length > 0;
  }

  /**
   * These customers may be others than the plans that are made or wait have them. A row that is there already is taken hold of, so that it
   * is not forgotten before this commit can be seen.
   */
  async noteChanged(tx: Tx, customerIds: readonly number[]): Promise<void> {
    await tx.write(
      `insert into refresh_changed (run_id, customer_id)
       select r.run_id, t.id from refresh_run r cross join unnest($1::bigint[]) as t(id)
       where r.phase in ('plan', 'planned') order by 1, 2
       on conflict (run_id, customer_id) do update set customer_id = excluded.customer_id`,
      [customerIds],
    );
  }

  /** Some of the customers that changed since the plan began to be made: what they are by now is planned in the same transaction. */
  async takeChanged(tx: Tx, runId: number, limit: number): Promise<number[]> {
    const rows = await tx.query<{ customer_id: number }>(
      `delete from refresh_changed where run_id = $1 and customer_id = any(array(
         select customer_id from refresh_changed where run_id = $1 order by 1 limit $2)) returning customer_id`,
      [runId, limit],
    );
    return rows.map((row) => row.customer_id);
  }

  /** Whether more than so many have changed. */
  async haveChanged(tx: Tx, runId: number, moreThan: number): Promise<boolean> {
    const rows = await tx.query('select 1 from refresh_changed where run_id = $1 offset $2 limit 1', [runId, moreThan]);
    return rows.length > 0;
  }

  /** The plan is about to be made from what is known now: a piece of what changed before. False when nothing is left. */
  async forgetChanged(tx: Tx, runId: number): Promise<boolean> {
    const rows = await tx.query(
      `delete from refresh_changed where run_id = $1 and customer_id = any(array(
         select customer_id from refresh_changed where run_id = $1 limit $2)) returning 1`,
      [runId, tidiedAtOnce],
    );
    return rows.length > 0;
  }

  async highestRecord(tx: Tx): Promise<number> {
    const [row] = await tx.query<{ id: number }>('select coalesce(max(record_id), 0)::bigint as id from source_record');
    return row!.id;
  }

  /** What the run's listings saw holds for no later moment. */
  async forgetSeen(tx: Tx, runId: number): Promise<void> {
    await tx.query('delete from refresh_seen where run_id = $1', [runId]);
    await tx.query('delete from refresh_unread where run_id = $1', [runId]);
  }

  /** Rows of the listing that cannot be read, and of which there is no record. */
  async addUnread(tx: Tx, run: RunRow, keys: readonly string[]): Promise<void> {
    if (keys.length === 0) return;
    await tx.query(
      `insert into refresh_unread (run_id, listing, source_key) select $1, $2, unnest($3::text[]) on conflict do nothing`,
      [run.runId, run.listing, keys],
    );
  }

  async unread(tx: Tx, run: RunRow): Promise<string[]> {
    const rows = await tx.query<{ source_key: string }>(
      'select source_key from refresh_unread where run_id = $1 and listing = $2 order by 1',
      [run.runId, run.listing],
    );
    return rows.map((row) => row.source_key);
  }

  /** Listed rows of records that take no part in mastering. */
  async excludedIn(tx: Tx, run: RunRow): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      `select count(*)::int as n from refresh_seen s join source_record r using (record_id)
       where s.run_id = $1 and s.listing = $2 and r.excluded`,
      [run.runId, run.listing],
    );
    return row!.n;
  }

  /** `drifted`: the row as listed, where it is to be overwritten. Returns how many the listing had not shown before. */
  async addSeen(tx: Tx, run: RunRow, rows: readonly { recordId: number; drifted: string | null }[]): Promise<number> {
    const seen = await tx.query<{ fresh: boolean }>(
      `insert into refresh_seen (run_id, listing, record_id, drifted)
       select $1, $2, t.id, t.drifted from unnest($3::bigint[], $4::text[]) as t(id, drifted)
       on conflict (run_id, listing, record_id) do update set drifted = excluded.drifted
       returning xmax = 0 as fresh`,
      [run.runId, run.listing, ...columns(rows, ['recordId', 'drifted'])],
    );
    return seen.filter((row) => row.fresh).length;
  }

  async seen(tx: Tx, run: RunRow, recordIds: readonly number[]): Promise<Map<number, string | null>> {
    const rows = await tx.query<{ record_id: number; drifted: string | null }>(
      `select s.record_id, s.drifted from unnest($3::bigint[]) as t(id)
       join refresh_seen s on s.run_id = $1 and s.listing = $2 and s.record_id = t.id`,
      [run.runId, run.listing, recordIds],
    );
    return new Map(rows.map((row) => [row.record_id, row.drifted]));
  }
}

function asRun(row: Selected): RunRow {
  const counts = { ...noCounts, ...(JSON.parse(row.counts) as RunCounts) };
  const tallies = { ...noTallies, ...(JSON.parse(row.tallies) as Partial<Tallies>) };
  const listedAt = row.listedAt?.getTime() ?? null;
  const confined = row.confined === null ? null : (JSON.parse(row.confined) as Confined);
  const comparison = row.comparison === null ? null : (JSON.parse(row.comparison) as DriftComparison);
  return { ...row, listedAt, counts, brake: JSON.parse(row.brake) as BrakeReason[], tallies, confined, comparison };
}
