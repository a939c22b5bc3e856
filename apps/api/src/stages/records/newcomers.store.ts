import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/transaction.ts';

/** The question about what a new system told: how many of others' customers it would change, by attribute. */
export interface Newcomer {
  code: 'newcomer';
  /** Under what the records that passed are counted. */
  subjects: ['others'];
  customers: number;
  attributes: Record<string, number>;
}

const nothing: Newcomer = { code: 'newcomer', subjects: ['others'], customers: 0, attributes: {} };

/** A system that has told of records for so long is new no more, in days. */
const newForDays = 30;

/** Systems whose first load a person has not let in yet (rule 31). */
@Injectable()
export class NewcomersStore {
  /** Of these customers those that have a live record of another system. */
  async othersAmong(tx: Tx, systemId: number, customerIds: readonly number[]): Promise<Set<number>> {
    if (customerIds.length === 0) return new Set();
    const rows = await tx.query<{ id: number }>(
      `select distinct r.customer_id as id from unnest($2::bigint[]) as t(id) join source_record r on r.customer_id = t.id
       where r.system_id <> $1 and r.state = 'live' and not r.excluded and r.deleted is null
         and r.confirmed_gone is distinct from r.head_position and r.head_position is not null`,
      [systemId, customerIds],
    );
    return new Set(rows.map((row) => row.id));
  }

  /** So many of its records have changed others' customers since it is new. */
  async passed(tx: Tx, systemId: number): Promise<number> {
    const [row] = await tx.query<{ n: number }>(
      `select count(distinct record_id)::int as n from inbound_change where system_id = $1 and subject = 'others'`,
      [systemId],
    );
    return row!.n;
  }

  /** All of it was told once, by a load or a listing, and nothing of it is held: what comes from now on is its daily work. */
  async isSettled(tx: Tx, systemId: number, now: number): Promise<boolean> {
    const [row] = await tx.query<{ settled: boolean }>(
      `with asked as (select max(answered_at) as at, bool_or(answered_at is null) as open from hold where system_id = $1 and reason = 'newcomer')
       select coalesce(not asked.open, true) and (
         exists (select 1 from load l where l.system_id = $1 and l.state in ('swept', 'unswept') and l.closed_at > coalesce(asked.at, '-infinity'))
         or exists (select 1 from refresh_run r where r.system_id = $1 and r.mode <> 'events' and r.confined is null and r.phase = 'closed'
                    and r.closed_at > coalesce(asked.at, '-infinity'))
         or exists (select 1 from record_entry e join source_record r using (record_id)
                    where r.system_id = $1 and r.origin <> 'hub' and e.filed_at < $2)) as settled from asked`,
      [systemId, new Date(now - newForDays * 24 * 60 * 60 * 1000)],
    );
    return row!.settled;
  }

  /** A person is asked about it. */
  async isAsked(tx: Tx, systemId: number): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from hold where system_id = $1 and reason = 'newcomer' and answered_at is null`,
      [systemId],
    );
    return rows.length > 0;
  }

  /** Opens the question, or adds to it. */
  async ask(tx: Tx, systemId: number, more: ReadonlyMap<number, readonly string[]>, at: number): Promise<number> {
    const [open] = await tx.query<{ seen: string }>(
      `select seen from hold where system_id = $1 and reason = 'newcomer' and answered_at is null`,
      [systemId],
    );
    const before = open ? (JSON.parse(open.seen) as Newcomer) : nothing;
    const seen = { ...before, customers: before.customers + more.size, attributes: { ...before.attributes } };
    for (const subject of [...more.values()].flat()) seen.attributes[subject] = (seen.attributes[subject] ?? 0) + 1;
    const [row] = await tx.query<{ hold_id: number }>(
      `insert into hold (system_id, reason, seen, opened_at) values ($1, 'newcomer', $2, $3)
       on conflict (system_id) where reason = 'newcomer' and answered_at is null do update set seen = excluded.seen
       returning hold_id`,
      [systemId, JSON.stringify(seen), new Date(at)],
    );
    return row!.hold_id;
  }
}
