import { Injectable } from '@nestjs/common';
import type { LiveTopic, RunCounts } from '@cinch/api-contract';
import type { Glance } from '../../platform/transaction.ts';
import { TroublesQueries } from '../troubles/troubles.queries.ts';
import type { LiveMarks } from './live-marks.ts';

/** A run that has ended leaves the open ones: among so many of the last it is still found, with its end. */
const lastRuns = 20;
/** Counting more open ones, again and again, would cost too much: where so many are open, whatever happens may have closed one. */
const countedUpTo = 1_000;

const openOnes = (table: string, isOpen: string) =>
  `(select case when count(*) < ${countedUpTo} then count(*)::text else facts.mark end
    from (select 1 from ${table} where ${isOpen} limit ${countedUpTo}) open)`;

/**
 * Everything here is the end of an index or a small table, but for the counts of what is open, which are made only when something has
 * happened from which they follow: `happened` is the facts' mark as it stood at the last look. The committer writes one after the other,
 * so the largest identity that can be seen never hides a smaller one that is still to come.
 */
const look = `with facts as (
    select concat_ws(' ', (select max(entry_id) from record_entry), (select max(seq) from audit), (select max(conflict_id) from conflict),
      (select max(request_id) from change_request), (select max(error_id) from error_entry), (select min(recheck_at) from golden),
      (select concat_ws('.', version, applied_up_to, applied_at) from rules order by version desc limit 1),
      (select concat_ws('.', version, applied_at) from match_model order by version desc limit 1),
      (select string_agg(concat_ws('.', system_id, mapping_version, derived_version), ',' order by system_id) from system)) as mark
  ), replays as (
    select concat_ws('.', replay_id, n_applied, n_superseded, n_error, done_at) as mark from replay order by replay_id desc limit 1
  )
  select facts.mark as happened,
    case when facts.mark is distinct from $1 then
      concat_ws(' ', (select max(conflict_id) from conflict), ${openOnes('conflict', 'closed_at is null')}) end as conflicts,
    case when facts.mark is distinct from $1 then
      concat_ws(' ', (select max(request_id) from change_request), ${openOnes('change_request', 'closed_at is null')},
        (select max(seq) from audit)) end as requests,
    case when facts.mark is distinct from $1 then
      concat_ws(' ', (select max(error_id) from error_entry), ${openOnes('error_entry', 'resolved_at is null')}) end as errors,
    (select concat_ws(' ', max(hold_id), count(*) filter (where answered_at is null)) from hold) as holds,
    (select mark from replays) as replay,
    (select max(seq) from audit) as audit,
    concat_ws(' ', (select max(version) from rules), (select max(version) from match_model),
      (select applied_at from match_model order by version desc limit 1),
      (select applied_at from rules order by version desc limit 1)) as rules,
    concat_ws(' ', (select md5(string_agg(s::text, ',' order by system_id)) from system s),
      (select o::text from outbound_switch o)) as systems,
    concat_ws(' ', (select max(batch_id) from inbox_batch),
      (select concat_ws('.', batch_id, seq) from inbox_chunk where done_at is null order by urgent desc, batch_id, seq limit 1),
      (select string_agg(l::text, ',' order by load_id)
       from (select load_id, state, flagged from load order by load_id desc limit ${lastRuns}) l)) as waiting,
    (select json_agg(json_build_object('runId', run_id, 'phase', phase, 'round', round, 'counts', counts::json) order by run_id)
     from refresh_run where phase not in ('closed', 'failed', 'cancelled')
       or run_id > (select coalesce(max(run_id), 0) - ${lastRuns} from refresh_run)) as runs
  from facts`;

interface Row {
  happened: string;
  conflicts: string | null;
  requests: string | null;
  errors: string | null;
  holds: string;
  replay: string | null;
  audit: number | null;
  rules: string;
  systems: string;
  waiting: string;
  runs: (LiveMarks['runs'][number] & { counts: RunCounts })[] | null;
}

@Injectable()
export class LiveQueries {
  constructor(private readonly troubles: TroublesQueries) {}

  /** `last`: what the last look gave, null for the first one. */
  async marks(tx: Glance, last: LiveMarks | null): Promise<LiveMarks> {
    const [row] = await tx.query<Row>(look, [last?.topics.customers ?? null]);
    const { happened, conflicts, requests, errors, holds, replay, audit, rules, systems, waiting } = row!;
    const runs = row!.runs ?? [];
    const topics: Record<LiveTopic, string> = {
      customers: happened,
      // Which reviews there are follows from records and decisions: finding out whether they differ costs more than reading them anew.
      'match-reviews': happened,
      conflicts: conflicts ?? last!.topics.conflicts,
      'change-requests': requests ?? last!.topics['change-requests'],
      holds,
      errors: errors === null ? last!.topics.errors.replace(/\|.*$/s, `|${replay}`) : `${errors}|${replay}`,
      refreshes: JSON.stringify(runs),
      rules,
      systems,
      waiting,
      audit: String(audit),
      troubles: JSON.stringify(await this.troubles.all(tx)),
    };
    return { topics, runs };
  }
}
