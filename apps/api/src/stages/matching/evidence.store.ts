import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';
import { hasRow } from './crosswalk.store.ts';

/** What is stored of a record's evidence besides the evidence itself. */
export interface KnownEvidence {
  /** Stands for all that the evidence is made of: while it stays, so does the evidence. */
  mark: number;
  /** Match keys of the record, crowded ones among them. */
  keys: readonly number[];
}

export interface StoredEvidence extends KnownEvidence {
  recordId: number;
  /** `Evidence` as JSON. */
  evidence: string;
}

/** What records themselves said of who they are. */
@Injectable()
export class EvidenceStore {
  async known(tx: Tx, recordIds: readonly number[]): Promise<Map<number, KnownEvidence>> {
    if (recordIds.length === 0) return new Map();
    const rows = await tx.query<KnownEvidence & { recordId: number }>(
      `select e.record_id as "recordId", e.mark, e.keys from unnest($1::bigint[]) as t(id)
       join match_evidence e on e.record_id = t.id`,
      [recordIds],
    );
    return new Map(rows.map((row) => [row.recordId, row]));
  }

  /** The evidence of these records: null where it is as `mark` says already. */
  async texts(
    tx: Tx,
    wanted: readonly { recordId: number; mark: number | null }[],
  ): Promise<{ recordId: number; mark: number; evidence: string | null }[]> {
    if (wanted.length === 0) return [];
    return tx.query(
      `select e.record_id as "recordId", e.mark, case when e.mark is distinct from t.mark then e.evidence end as evidence
       from unnest($1::bigint[], $2::bigint[]) as t(id, mark) join match_evidence e on e.record_id = t.id`,
      columns(wanted, ['recordId', 'mark']),
    );
  }

  async add(tx: Tx, rows: readonly StoredEvidence[]): Promise<void> {
    await tx.copy(
      'match_evidence',
      ['record_id', 'mark', 'evidence', 'keys'],
      rows.map((row) => [row.recordId, row.mark, row.evidence, arrayText(row.keys)]),
    );
  }

  async change(tx: Tx, rows: readonly StoredEvidence[]): Promise<void> {
    if (rows.length === 0) return;
    const texts = rows.map((row) => ({ ...row, keys: arrayText(row.keys) }));
    await tx.write(
      `insert into match_evidence (record_id, mark, evidence, keys)
       select id, mark, evidence, keys::bigint[] from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) as t(id, mark, evidence, keys)
       on conflict (record_id) do update set mark = excluded.mark, evidence = excluded.evidence, keys = excluded.keys`,
      columns(texts, ['recordId', 'mark', 'evidence', 'keys']),
    );
  }

  /** Removes all evidence of these records. Returns what it was, by record. */
  async remove(tx: Tx, recordIds: readonly number[]): Promise<Map<number, KnownEvidence>> {
    const rows = await tx.query<KnownEvidence & { recordId: number }>(
      'delete from match_evidence where record_id = any($1::bigint[]) returning record_id as "recordId", mark, keys',
      [recordIds],
    );
    return new Map(rows.map((row) => [row.recordId, row]));
  }

  async changeKeys(tx: Tx, rows: readonly { recordId: number; keys: readonly number[] }[]): Promise<void> {
    if (rows.length === 0) return;
    const texts = rows.map((row) => ({ ...row, keys: arrayText(row.keys) }));
    await tx.write(
      `update match_evidence e set keys = t.keys::bigint[] from unnest($1::bigint[], $2::text[]) as t(id, keys)
       where e.record_id = t.id`,
      columns(texts, ['recordId', 'keys']),
    );
  }

  of(tx: Tx, recordIds: readonly number[]): Promise<StoredEvidence[]> {
    return tx.query(
      `select e.record_id as "recordId", e.mark, e.evidence, e.keys from unnest($1::bigint[]) as t(id)
       join match_evidence e on e.record_id = t.id order by 1`,
      [recordIds],
    );
  }

  async count(tx: Glance): Promise<number> {
    const [row] = await tx.query<{ count: number }>('select count(*)::int as count from match_evidence');
    return row!.count;
  }

  /** Records that say who somebody is, spread evenly over all of them: at most so many. */
  async sample(tx: Tx, most: number): Promise<number[]> {
    const [span] = await tx.query<{ low: number | null; high: number | null }>(
      'select min(record_id) as low, max(record_id) as high from match_evidence',
    );
    if (span!.low === null) return [];
    const rows = await tx.query<{ id: number }>(
      `select distinct next.record_id as id from generate_series($1::bigint, $2::bigint, $3::bigint) as step(id)
       cross join lateral (select record_id from match_evidence where record_id >= step.id order by 1 limit 1) next
       order by 1`,
      [span!.low, span!.high, Math.max(1, Math.ceil((span!.high! - span!.low + 1) / most))],
    );
    return rows.map((row) => row.id);
  }

  /** The next records after this one that take part in mastering and of which their systems have a row. */
  livingPage(tx: Tx, after: number, limit: number): Promise<Pick<StoredEvidence, 'recordId' | 'evidence'>[]> {
    return tx.query(
      `select e.record_id as "recordId", e.evidence from match_evidence e join source_record r using (record_id)
       where e.record_id > $1 and ${hasRow} and not r.excluded order by 1 limit $2`,
      [after, limit],
    );
  }

  /** The next records after this one, with their evidence. */
  page(tx: Tx, after: number, limit: number): Promise<StoredEvidence[]> {
    return tx.query(
      `select record_id as "recordId", mark, evidence, keys from match_evidence where record_id > $1 order by 1 limit $2`,
      [after, limit],
    );
  }
}

function arrayText(keys: readonly number[]): string {
  return `{${keys.join(',')}}`;
}
