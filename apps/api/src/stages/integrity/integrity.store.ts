import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';
import { integrityChecks, openConflicts, type IntegrityCheck } from './checks.ts';

/** What a look at a slice of a table found. */
export interface Looked {
  name: string;
  /** The identities that were looked at: above `after` and up to `upTo`. */
  after: number;
  upTo: number;
  /** The table ends there: the next look begins anew. */
  isEnd: boolean;
  faults: number[];
}

export interface CheckState {
  name: string;
  says: string;
  faults: number;
  checkedAt: Date | null;
  /** When the whole table had last been looked at. */
  roundAt: Date | null;
}

/** Queries that find nothing as long as the hub keeps its laws, and what they did find. */
@Injectable()
export class IntegrityStore {
  async positions(tx: Tx): Promise<Map<string, number>> {
    const rows = await tx.query<{ name: string; position: number }>('select name, position from integrity_check');
    return new Map(rows.map(({ name, position }) => [name, position]));
  }

  /** The next look at each table begins at its beginning. */
  async beginAnew(tx: Tx): Promise<void> {
    await tx.query('update integrity_check set position = 0');
  }

  async look(tx: Tx, check: IntegrityCheck, after: number, most: number): Promise<Looked> {
    const { table, id } = check.over;
    const [slice] = await tx.query<{ upTo: number | null; n: number }>(
      `select max(${id}) as "upTo", count(*) as n from (select ${id} from ${table} where ${id} > $1 order by 1 limit $2) slice`,
      [after, most],
    );
    const upTo = slice!.upTo ?? after;
    const found = await tx.query<{ subject: number }>(`${check.sql} order by 1`, [after, upTo]);
    return { name: check.name, after, upTo, isEnd: slice!.n < most, faults: found.map((row) => row.subject) };
  }

  conflicts(tx: Tx, ids: readonly number[]): Promise<{ conflictId: number; customerId: number; attribute: string }[]> {
    return tx.query(
      `select conflict_id as "conflictId", customer_id as "customerId", attribute
       from unnest($1::bigint[]) as t(id) join conflict on conflict_id = t.id`,
      [ids],
    );
  }

  /** Keeps what was found in these slices instead of what was found there before. Returns what is new, by check. */
  async keep(tx: Tx, looked: readonly Looked[], at: number): Promise<Map<string, number[]>> {
    const slices = looked.map((one) => ({ ...one, position: one.isEnd ? 0 : one.upTo }));
    await tx.query(
      `insert into integrity_check (name, position, checked_at, round_at)
       select name, position, $4::timestamptz, case when is_end then $4::timestamptz end from unnest($1::text[], $2::bigint[], $3::boolean[]) as t(name, position, is_end)
       on conflict (name) do update set position = excluded.position, checked_at = excluded.checked_at,
         round_at = coalesce(excluded.round_at, integrity_check.round_at)`,
      [...columns(slices, ['name', 'position', 'isEnd']), new Date(at)],
    );
    const faults = looked.flatMap(({ name, faults: ids }) => ids.map((subject) => ({ name, subject })));
    await tx.query(
      `delete from integrity_fault f using unnest($1::text[], $2::bigint[], $3::bigint[], $4::boolean[]) as t(name, after, up_to, is_end)
       where f.name = t.name and f.subject > t.after and (f.subject <= t.up_to or t.is_end)
         and (f.name, f.subject) not in (select * from unnest($5::text[], $6::bigint[]))`,
      [...columns(slices, ['name', 'after', 'upTo', 'isEnd']), ...columns(faults, ['name', 'subject'])],
    );
    const fresh = await tx.query<{ name: string; subject: number }>(
      `insert into integrity_fault (name, subject, found_at) select name, subject, $3 from unnest($1::text[], $2::bigint[]) as t(name, subject)
       on conflict do nothing returning name, subject`,
      [...columns(faults, ['name', 'subject']), new Date(at)],
    );
    return new Map(
      [...Map.groupBy(fresh, (row) => row.name)].map(([name, rows]) => [name, rows.map((row) => row.subject)]),
    );
  }

  /** Every check and how it stands, also those that have not run yet. */
  async states(tx: Tx): Promise<CheckState[]> {
    const rows = await tx.query<Omit<CheckState, 'says'>>(
      `select c.name, c.checked_at as "checkedAt", c.round_at as "roundAt",
         (select count(*) from integrity_fault f where f.name = c.name) as faults from integrity_check c`,
    );
    const byName = new Map(rows.map((row) => [row.name, row]));
    return [...integrityChecks, openConflicts].map(({ name, says }) => {
      return { faults: 0, checkedAt: null, roundAt: null, ...byName.get(name), name, says };
    });
  }
}
