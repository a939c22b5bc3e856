import { Injectable } from '@nestjs/common';
import type { CustomerKind } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';
import { asHead, asRecord, headColumns, nothingKnown, recordColumns, stateColumns } from './record-row.ts';
import type { HeadRow, RecordHead, RecordRow, SourceRecord } from './record-row.ts';

/** A record as it follows from its timeline, and the version of the mapping that it was read by. */
export interface DerivedRecord {
  record: SourceRecord;
  mappingVersion: number;
}

const selectOldDerived = `select r.record_id from system s join source_record r using (system_id)
  where s.derived_version is distinct from s.mapping_version and r.mapping_version is distinct from s.mapping_version`;

/** Source records and their crosswalk to customers. */
@Injectable()
export class RecordsStore {
  async byKeys(tx: Tx, systemId: number, keys: readonly string[]): Promise<Map<string, SourceRecord>> {
    const rows = await tx.query<RecordRow>(
      `select ${recordColumns} from unnest($2::text[]) as wanted(key)
       join source_record r on r.system_id = $1 and r.source_key = wanted.key`,
      [systemId, [...new Set(keys)].sort()],
    );
    return new Map(rows.map((row) => [row.source_key!, asRecord(row)]));
  }

  async byIds(tx: Tx, recordIds: readonly number[]): Promise<SourceRecord[]> {
    const rows = await tx.query<RecordRow>(
      `select ${recordColumns} from unnest($1::bigint[]) as wanted(id) join source_record r on r.record_id = wanted.id order by 1`,
      [recordIds],
    );
    return rows.map(asRecord);
  }

  async byCustomers(tx: Tx, customerIds: readonly number[]): Promise<SourceRecord[]> {
    const rows = await tx.query<RecordRow>(
      `select ${recordColumns} from unnest($1::bigint[]) as wanted(id) join source_record r on r.customer_id = wanted.id order by 1`,
      [customerIds],
    );
    return rows.map(asRecord);
  }

  /** The records of these keys; for those of `beginning` that have none, ids for records that are about to be made, in order. */
  async headsByKeys(
    tx: Tx,
    systemId: number,
    beginning: readonly string[],
    others: readonly string[],
  ): Promise<{ known: Map<string, RecordHead>; versions: Map<string, number>; reserved: Map<string, number> }> {
    const begins = new Map([
      ...others.map((key) => [key, false] as const),
      ...beginning.map((key) => [key, true] as const),
    ]);
    const rows = await tx.query<
      | (HeadRow & { key: string; head_version: number | null; reserved: null })
      | { key: string; record_id: null; head_version: null; reserved: number | null }
    >(
      `select *, case when record_id is null and begins
         then nextval(pg_get_serial_sequence('source_record', 'record_id')) end as reserved
       from (
         select wanted.key, wanted.begins, ${headColumns}, r.head_version
         from unnest($2::text[], $3::boolean[]) with ordinality as wanted(key, begins, place)
         left join source_record r on r.system_id = $1 and r.source_key = wanted.key order by wanted.place
       ) found`,
      [systemId, [...begins.keys()], [...begins.values()]],
    );
    const known = rows.flatMap((row) => (row.record_id === null ? [] : [[row.key, asHead(row)] as const]));
    const reserved = rows.flatMap((row) => (row.reserved === null ? [] : [[row.key, row.reserved] as const]));
    const versions = rows.flatMap((row) => (row.head_version === null ? [] : [[row.key, row.head_version] as const]));
    return { known: new Map(known), versions: new Map(versions), reserved: new Map(reserved) };
  }

  /** Of these rows the live records, held by nobody, of which a higher version is known. */
  async aheadOf(
    tx: Tx,
    systemId: number,
    rows: readonly { key: string; version: number }[],
  ): Promise<{ key: string; recordId: number }[]> {
    return tx.query<{ key: string; recordId: number }>(
      `select t.key, r.record_id as "recordId" from unnest($2::text[], $3::bigint[]) as t(key, version)
       join source_record r on r.system_id = $1 and r.source_key = t.key
       where r.head_version > t.version and r.hold_id is null and r.deleted is null and r.confirmed_gone is distinct from r.head_position
       order by t.key`,
      [systemId, ...columns(rows, ['key', 'version'])],
    );
  }

  async headsByIds(tx: Tx, recordIds: readonly number[]): Promise<RecordHead[]> {
    if (recordIds.length === 0) return [];
    const rows = await tx.query<HeadRow>(
      `select ${headColumns} from unnest($1::bigint[]) as wanted(id) join source_record r on r.record_id = wanted.id order by 1`,
      [recordIds],
    );
    return rows.map(asHead);
  }

  /** Records that the hub made or offered to, by the delivery that says so. */
  async byDeliveries(tx: Tx, systemId: number, deliveryIds: readonly string[]): Promise<Map<string, RecordHead>> {
    if (deliveryIds.length === 0) return new Map();
    const rows = await tx.query<HeadRow & { delivery_id: string }>(
      `select ${headColumns}, e.delivery_id from unnest($2::uuid[]) as wanted(id)
       join record_entry e on e.delivery_id = wanted.id and e.kind = 'offer'
       join source_record r on r.record_id = e.record_id and r.system_id = $1`,
      [systemId, deliveryIds],
    );
    return new Map(rows.map((row) => [row.delivery_id, asHead(row)]));
  }

  /**
   * Records that the hub is about to make in a system: they have no key until the receipts name them. Where one was to be made for the
   * customer before, it is that one: it may have been made already.
   */
  async foundPending(
    tx: Tx,
    systemId: number,
    rows: readonly { customerId: number; follows: number; kind: CustomerKind }[],
  ): Promise<Map<number, number>> {
    const made = await tx.query<{ customer_id: number; record_id: number }>(
      `with wanted as (select * from unnest($2::bigint[], $3::bigint[], $4::text[]) as t(customer, follows, kind)),
       before as (
         select distinct on (r.customer_id) r.customer_id, r.record_id from wanted w join source_record r on r.customer_id = w.customer
         where r.system_id = $1 and r.state = 'pending' order by r.customer_id, r.withdrawn, r.record_id),
       again as (
         update source_record r set withdrawn = false from before where r.record_id = before.record_id
         returning r.customer_id, r.record_id),
       founded as (
         insert into source_record (system_id, customer_id, founded_by, origin, state, kind, known)
         select $1, customer, follows, 'hub', 'pending', kind, $5 from wanted
         where customer not in (select customer_id from before) order by customer
         returning customer_id, record_id)
       select * from again union all select * from founded`,
      [systemId, ...columns(rows, ['customerId', 'follows', 'kind']), nothingKnown],
    );
    return new Map(made.map((row) => [row.customer_id, row.record_id]));
  }

  /** Of these records those that are not to be made any more: withdrawn, or their customers have got another one there meanwhile. */
  async needless(tx: Tx, recordIds: readonly number[]): Promise<Set<number>> {
    const rows = await tx.query<{ id: number }>(
      `select p.record_id as id from unnest($1::bigint[]) as t(id) join source_record p on p.record_id = t.id
       where p.state = 'pending' and (p.withdrawn or exists (
         select 1 from source_record r where r.customer_id = p.customer_id and r.system_id = p.system_id and r.state = 'live'
           and not r.excluded and (r.deleted is not null or r.confirmed_gone = r.head_position) is not true))`,
      [recordIds],
    );
    return new Set(rows.map((row) => row.id));
  }

  /**
   * Of records that are to be made those whose keys belong to others that were there before them. What a system told of a row before its
   * receipt began later than the record that waits for it.
   */
  async namedAfterOthers(
    tx: Tx,
    systemId: number,
    rows: readonly { recordId: number; key: string }[],
  ): Promise<Set<number>> {
    if (rows.length === 0) return new Set();
    const named = await tx.query<{ id: number }>(
      `select t.id from unnest($2::bigint[], $3::text[]) as t(id, key)
       join source_record r on r.system_id = $1 and r.source_key = t.key and r.record_id < t.id
       where r.state = 'live' and (r.deleted is not null or r.confirmed_gone = r.head_position) is not true`,
      [systemId, ...columns(rows, ['recordId', 'key'])],
    );
    return new Set(named.map(({ id }) => id));
  }

  /** The receipt has named the records' keys: they are live now. */
  async nameKeys(tx: Tx, systemId: number, rows: readonly { recordId: number; key: string }[]): Promise<void> {
    if (rows.length === 0) return;
    await this.takeOver(tx, systemId, rows);
    await tx.write(
      `update source_record r set source_key = t.key, state = 'live'
       from unnest($1::bigint[], $2::text[]) as t(id, key) where r.record_id = t.id and r.state = 'pending'`,
      columns(rows, ['recordId', 'key']),
    );
  }

  /**
   * A system whose events do not name deliveries may have told of a row that the hub made before the receipt came: what was taken for a
   * record of its own is the pending one. Its entries, and the customer that it founded, go over to it.
   */
  private async takeOver(tx: Tx, systemId: number, rows: readonly { recordId: number; key: string }[]): Promise<void> {
    const strays = await tx.query<{ stray: number; pending: number }>(
      `select r.record_id as stray, t.id as pending from unnest($2::bigint[], $3::text[]) as t(id, key)
       join source_record r on r.system_id = $1 and r.source_key = t.key and r.record_id <> t.id`,
      [systemId, ...columns(rows, ['recordId', 'key'])],
    );
    for (const { stray, pending } of strays) {
      await tx.write('update record_entry set record_id = $2 where record_id = $1', [stray, pending]);
      await tx.write('update customer set founder_record = $2, founder_life = 0 where founder_record = $1', [
        stray,
        pending,
      ]);
      await this.forget(tx, stray);
      await tx.write(
        `with gone as (delete from source_record where record_id = $1 returning customer_id)
         update source_record set customer_id = gone.customer_id from gone where record_id = $2`,
        [stray, pending],
      );
    }
  }

  /** The record is found under no key any more, and like nobody. */
  private async forget(tx: Tx, recordId: number): Promise<void> {
    await tx.write(
      `with gone as (delete from match_evidence where record_id = $1 returning keys),
       held as (select key from gone cross join unnest(gone.keys) as t(key)),
       doubted as (
         insert into match_doubt (key) select k.key from held join match_key k on k.key = held.key and k.record_id = 0
         on conflict do nothing)
       delete from match_key k using held where k.key = held.key and k.record_id = $1`,
      [recordId],
    );
    // All records may be in the middle of being placed by another model.
    await tx.write(
      `insert into matching_next.changed (record_id) select $1::bigint where exists (select from matching_next.placing)`,
      [recordId],
    );
    await tx.write(
      `with gone as (delete from match_edge where record_id = $1 returning other_id)
       delete from match_edge e using gone where e.record_id = gone.other_id and e.other_id = $1`,
      [recordId],
    );
  }

  /** New records, each with its customer. */
  async add(tx: Tx, rows: readonly DerivedRecord[]): Promise<void> {
    const stored = rows.map(({ record, mappingVersion }) => ({
      record_id: record.recordId,
      system_id: record.systemId,
      source_key: record.sourceKey,
      customer_id: record.customerId,
      origin: record.origin,
      state: record.state,
      ...stateColumns(record.known, mappingVersion),
    }));
    const [first] = stored;
    if (!first) return;
    const names = Object.keys(first) as (keyof typeof first)[];
    await tx.copy(
      'source_record',
      names,
      stored.map((row) => names.map((name) => row[name])),
    );
  }

  /** What the timelines of known records amount to by now. */
  async saveStates(tx: Tx, rows: readonly DerivedRecord[]): Promise<void> {
    if (rows.length === 0) return;
    const stored = rows.map(({ record, mappingVersion }) => {
      return { id: record.recordId, ...stateColumns(record.known, mappingVersion) };
    });
    await tx.write(
      `update source_record r set kind = t.kind, life = t.life, life_since = t.since, head_version = t.version, whole_version = t.whole, head_at = t.at,
         head_position = t.position, deleted = t.deleted, known = t.known, mapping_version = t.mapping
       from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[], $8::text[],
                   $9::int[], $10::int[], $11::text[]) as t(id, kind, version, whole, at, position, deleted, known, mapping, life, since)
       where r.record_id = t.id`,
      columns(stored, [
        'id',
        'kind',
        'head_version',
        'whole_version',
        'head_at',
        'head_position',
        'deleted',
        'known',
        'mapping_version',
        'life',
        'life_since',
      ]),
    );
  }

  /** A steward confirmed that the record is gone, as of this head; null takes it back. */
  async setConfirmedGone(tx: Tx, recordId: number, head: string | null): Promise<void> {
    await tx.write('update source_record set confirmed_gone = $2 where record_id = $1', [recordId, head]);
  }

  /** Systems of which records may be derived by an older mapping than is in force, each as it stands now. */
  toDerive(tx: Glance, but: readonly number[]): Promise<{ systemId: number; seen: string }[]> {
    return tx.query(
      `select system_id as "systemId", xmin::text as seen from system
       where derived_version is distinct from mapping_version and system_id <> all($1::int[])`,
      [but],
    );
  }

  /** Records beyond this one that were last derived by an older mapping than their system's. All there are may have to be looked through. */
  async derivedByOldMapping(tx: Tx, after: number, limit: number, but: readonly number[]): Promise<number[]> {
    const rows = await tx.query<{ record_id: number }>(
      `${selectOldDerived} and r.record_id > $3 and system_id <> all($2::int[]) order by 1 limit $1`,
      [limit, but, after],
    );
    return rows.map((row) => row.record_id);
  }

  /** Those of these records that still are. */
  async stillOldDerived(tx: Tx, recordIds: readonly number[], but: readonly number[]): Promise<number[]> {
    const rows = await tx.query<{ record_id: number }>(
      `${selectOldDerived} and r.record_id = any($1::bigint[]) and system_id <> all($2::int[]) order by 1`,
      [recordIds, but],
    );
    return rows.map((row) => row.record_id);
  }

  /** These records of the system are derived again as by a new mapping. */
  async deriveAnew(tx: Tx, systemId: number, recordIds: readonly number[]): Promise<void> {
    await tx.write('update source_record set mapping_version = null where record_id = any($1::bigint[])', [recordIds]);
    await tx.write('update system set derived_version = null where system_id = $1', [systemId]);
  }

  /** Notes that every record of these systems is derived by the mapping in force, as far as nothing has changed since they were looked at. */
  async noteDerived(tx: Tx, systems: readonly { systemId: number; seen: string }[]): Promise<void> {
    await tx.write(
      `update system s set derived_version = s.mapping_version from unnest($1::int[], $2::text[]) as t(id, seen)
       where s.system_id = t.id and s.xmin::text = t.seen`,
      columns(systems, ['systemId', 'seen']),
    );
  }

  /** The next records after this one. */
  async after(tx: Tx, recordId: number, limit: number): Promise<number[]> {
    const rows = await tx.query<{ id: number }>(
      'select record_id as id from source_record where record_id > $1 order by 1 limit $2',
      [recordId, limit],
    );
    return rows.map((row) => row.id);
  }

  async hasNewMapping(tx: Glance, but: readonly number[] = []): Promise<boolean> {
    const rows = await tx.query(
      `select 1 from system where derived_version is distinct from mapping_version and system_id <> all($1::int[]) limit 1`,
      [but],
    );
    return rows.length > 0;
  }
}
