import { Injectable } from '@nestjs/common';
import { inboundWindowMs, type NewsSubject } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { Origin } from './timelines.store.ts';

/** News of a record. */
export interface ToldNews extends Origin {
  recordId: number;
}

/** The question about news of a system that changed too much. */
export interface MuchChanged {
  code: 'changed-much';
  subjects: NewsSubject[];
  /** How many records the system had, and how many it usually changed at most within a window. */
  of: number;
  usual: number;
}

interface OpenQuestion {
  holdId: number;
  seen: MuchChanged;
}

const sameNews = (a: string, b: string) =>
  `${a}.record_id = ${b}.record_id and ${a}.batch_id is not distinct from ${b}.batch_id and ${a}.line is not distinct from ${b}.line
   and ${a}.run_id is not distinct from ${b}.run_id`;

/** What systems' news changed, against which the inward brake counts (rule 31). */
@Injectable()
export class InboundStore {
  /** By the subject, the records of which it was changed since then. */
  async changedSince(
    tx: Tx,
    systemId: number,
    subjects: readonly NewsSubject[],
    since: number,
  ): Promise<Map<NewsSubject, Set<number>>> {
    const rows = await tx.query<{ subject: NewsSubject; records: number[] }>(
      `select subject, array_agg(distinct record_id) as records from inbound_change
       where system_id = $1 and subject = any($2::text[]) and told_at >= $3 group by subject`,
      [systemId, subjects, new Date(since)],
    );
    return new Map(rows.map(({ subject, records }) => [subject, new Set(records)]));
  }

  async note(
    tx: Tx,
    systemId: number,
    changed: readonly (ToldNews & { subject: NewsSubject })[],
    at: number,
  ): Promise<void> {
    if (changed.length === 0) return;
    await tx.write(
      `insert into inbound_change (system_id, subject, record_id, batch_id, line, run_id, told_at)
       select $6, t.*, $7 from unnest($1::text[], $2::bigint[], $3::bigint[], $4::int[], $5::bigint[]) as t`,
      [...columns(changed, ['subject', 'recordId', 'batchId', 'line', 'runId']), systemId, new Date(at)],
    );
  }

  /** For each day on which the system changed it: of how many records in the busiest window of that day. */
  async busiestByDay(tx: Tx, systemId: number, subject: NewsSubject, from: number, to: number): Promise<number[]> {
    const rows = await tx.query<{ peak: number }>(
      `select max(n)::int as peak from (
         select told_at::date as day, count(distinct record_id) as n from inbound_change
         where system_id = $1 and subject = $2 and told_at >= $3 and told_at < $4
         group by 1, date_bin(make_interval(secs => $5::float8 / 1000), told_at, timestamptz 'epoch')
       ) windows group by day`,
      [systemId, subject, new Date(from), new Date(to), inboundWindowMs],
    );
    return rows.map(({ peak }) => peak);
  }

  async population(tx: Tx, systemId: number): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      `select count(*)::int as n from source_record where system_id = $1 and state = 'live' and deleted is null`,
      [systemId],
    );
    return row!.n;
  }

  async openQuestion(tx: Tx, systemId: number): Promise<OpenQuestion | null> {
    const [row] = await tx.query<{ holdId: number; seen: string }>(
      `select hold_id as "holdId", seen from hold where system_id = $1 and reason = 'changed-much' and answered_at is null`,
      [systemId],
    );
    return row ? { holdId: row.holdId, seen: JSON.parse(row.seen) as MuchChanged } : null;
  }

  async ask(tx: Tx, systemId: number, seen: MuchChanged, at: number): Promise<number> {
    const [row] = await tx.query<{ hold_id: number }>(
      `insert into hold (system_id, reason, seen, opened_at) values ($1, 'changed-much', $2, $3)
       on conflict (system_id) where reason = 'changed-much' and answered_at is null do update set seen = excluded.seen
       returning hold_id`,
      [systemId, JSON.stringify(seen), new Date(at)],
    );
    return row!.hold_id;
  }

  /** The news stands in the hold, and whatever else the system tells of these records joins it. */
  async hold(tx: Tx, holdId: number, news: readonly ToldNews[]): Promise<void> {
    await tx.write(
      `update record_entry e set hold_id = $5
       from unnest($1::bigint[], $2::bigint[], $3::int[], $4::bigint[]) as t(record_id, batch_id, line, run_id)
       where ${sameNews('e', 't')} and e.hold_id is null and e.kind not in ('offer', 'receipt')`,
      [...columns(news, ['recordId', 'batchId', 'line', 'runId']), holdId],
    );
    await this.holdRecords(tx, holdId, [...new Set(news.map(({ recordId }) => recordId))]);
  }

  /** What passed in the window before the question was asked, and what was only spelled otherwise since, is answered with it. */
  async joinPassed(tx: Tx, holdId: number): Promise<void> {
    const passed = `from hold h join inbound_change c on c.system_id = h.system_id
      and (c.subject = 'spelling' or c.subject in (select json_array_elements_text(h.seen::json -> 'subjects')))
      and c.told_at >= h.opened_at - make_interval(secs => $2::float8 / 1000)
      where h.hold_id = $1`;
    const rows = await tx.query<{ record_id: number }>(
      `with passed as (select c.* ${passed}) update record_entry e set hold_id = $1 from passed c
       where ${sameNews('e', 'c')} and e.hold_id is null and e.kind not in ('offer', 'receipt') returning e.record_id`,
      [holdId, inboundWindowMs],
    );
    await tx.write(`delete from inbound_change x using (select c.* ${passed}) c where x.subject = c.subject and ${sameNews('x', 'c')}`, [holdId, inboundWindowMs]); // prettier-ignore
    await this.holdRecords(tx, holdId, [...new Set(rows.map((row) => row.record_id))]);
  }

  /** What was let in is usual from now on. */
  async noteLetIn(tx: Tx, holdId: number): Promise<void> {
    await tx.write(
      `insert into inbound_change (system_id, subject, record_id, batch_id, line, run_id, told_at)
       select h.system_id, s.subject, e.record_id, e.batch_id, e.line, e.run_id, e.filed_at
       from hold h cross join lateral json_array_elements_text(h.seen::json -> 'subjects') as s(subject)
       join record_entry e on e.hold_id = h.hold_id where h.hold_id = $1`,
      [holdId],
    );
  }

  async dropBefore(tx: Tx, before: number, atMost: number): Promise<boolean> {
    const [row] = await tx.query<{ n: number }>(
      `with dropped as (delete from inbound_change where ctid = any(array(
         select ctid from inbound_change where told_at < $1 limit $2)) returning 1) select count(*)::int as n from dropped`,
      [new Date(before), atMost],
    );
    return row!.n > 0;
  }

  private async holdRecords(tx: Tx, holdId: number, recordIds: readonly number[]): Promise<void> {
    await tx.write('update source_record set hold_id = $1 where record_id = any($2::bigint[]) and hold_id is null', [
      holdId,
      recordIds,
    ]);
  }
}
