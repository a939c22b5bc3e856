import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';

/** A record that is told of again after its end, or that became somebody else: it is in this life of it now. */
export interface BegunAgain {
  recordId: number;
  life: number;
  /** The life that is over. */
  before: number;
}

/** Records that begin again: ids, exclusion and whom a row was made for belong to the life that is over (rules 16, 22). */
@Injectable()
export class LivesStore {
  /** `own`: those of which their systems say something themselves now. They follow nobody any more, whoever made their rows. */
  async begin(tx: Tx, begun: readonly BegunAgain[], own: readonly number[]): Promise<void> {
    await tx.write(
      `update source_record r set life = t.life, excluded = false,
         origin = case when r.record_id = any($3::bigint[]) then 'push' else r.origin end,
         founded_by = case when r.record_id = any($3::bigint[]) then null else r.founded_by end
       from unnest($1::bigint[], $2::int[]) as t(id, life) where r.record_id = t.id`,
      [...columns(begun, ['recordId', 'life']), own],
    );
  }

  /** Whoever it is now says of itself what it said before: the customers that it founded are named by it still. */
  async stay(tx: Tx, begun: readonly BegunAgain[]): Promise<void> {
    await tx.write(
      `update customer c set founder_life = t.life from unnest($1::bigint[], $2::int[], $3::int[]) as t(id, life, before)
       where c.founder_record = t.id and c.founder_life = t.before`,
      columns(begun, ['recordId', 'life', 'before']),
    );
  }

  /**
   * The ids of the customers that they founded, and the rows that were made for them, go over to the record that has stood with them
   * longest; an id that nobody is left to take leads to a retired customer.
   */
  async handOn(tx: Tx, begun: readonly BegunAgain[]): Promise<void> {
    const rows = await tx.query<{ id: number; before: number; heir: number; life: number }>(
      `select r.record_id as id, t.before, heir.record_id as heir, heir.life from unnest($1::bigint[], $2::int[]) as t(id, before)
       join source_record r on r.record_id = t.id
       cross join lateral (
         select m.record_id, m.life from source_record m
         where m.customer_id = r.customer_id and m.record_id <> all($1::bigint[]) and not m.excluded and not m.withdrawn
         order by m.state = 'pending', m.origin = 'hub', m.record_id limit 1) heir`,
      columns(begun, ['recordId', 'before']),
    );
    await tx.write(
      `update customer c set founder_record = t.heir, founder_life = t.life
       from unnest($1::bigint[], $2::int[], $3::bigint[], $4::int[]) as t(id, before, heir, life)
       where c.founder_record = t.id and c.founder_life = t.before`,
      columns(rows, ['id', 'before', 'heir', 'life']),
    );
    await tx.write(
      `update source_record r set founded_by = (
         select nullif(h.heir, r.record_id) from unnest($2::bigint[], $3::bigint[]) as h(id, heir) where h.id = r.founded_by)
       where r.founded_by = any($1::bigint[])`,
      [begun.map(({ recordId }) => recordId), rows.map(({ id }) => id), rows.map(({ heir }) => heir)],
    );
  }

  /** Where the lives began that these records are in; null in the first. */
  async of(tx: Tx, recordIds: readonly number[]): Promise<Map<number, string | null>> {
    if (recordIds.length === 0) return new Map();
    const rows = await tx.query<{ id: number; since: string | null }>(
      'select r.record_id as id, r.life_since as since from unnest($1::bigint[]) as t(id) join source_record r on r.record_id = t.id',
      [recordIds],
    );
    return new Map(rows.map(({ id, since }) => [id, since]));
  }
}
