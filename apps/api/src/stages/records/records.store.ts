import { Injectable } from '@nestjs/common';
import type { CustomerKind, RecordState } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';

/** A source record as the pipeline reads it. */
export interface SourceRecord {
  recordId: number;
  systemId: number;
  sourceKey: string | null;
  customerId: number | null;
  origin: 'push' | 'hub';
  follows: number | null;
  state: 'pending' | 'live';
  known: RecordState;
  /** Deleted by its system, or confirmed as gone by a steward: its assertions do not count. */
  tombstoned: boolean;
  /** Taken out of mastering by a person: it stands alone. */
  excluded: boolean;
}

interface Row {
  record_id: number;
  system_id: number;
  source_key: string | null;
  customer_id: number | null;
  origin: 'push' | 'hub';
  founded_by: number | null;
  state: 'pending' | 'live';
  kind: CustomerKind;
  head_version: number | null;
  whole_version: number | null;
  head_at: Date | null;
  head_position: string | null;
  held: string;
  asserted: string;
  parked: string;
  delivered: string;
  moves: string;
  deleted: string | null;
  confirmed_gone: string | null;
  excluded: boolean;
}

const selected = `r.record_id, r.system_id, r.source_key, r.customer_id, r.origin, r.founded_by, r.state, r.kind, r.head_version,
  r.whole_version, r.head_at, r.head_position, r.held, r.asserted, r.parked, r.delivered, r.moves, r.deleted, r.confirmed_gone, r.excluded`;

/** Source records and their crosswalk to customers. */
@Injectable()
export class RecordsStore {
  async byKeys(tx: Tx, systemId: number, keys: readonly string[]): Promise<Map<string, SourceRecord>> {
    const rows = await tx.query<Row>(
      `select ${selected} from unnest($2::text[]) as wanted(key)
       join source_record r on r.system_id = $1 and r.source_key = wanted.key`,
      [systemId, [...new Set(keys)].sort()],
    );
    return new Map(rows.map((row) => [row.source_key!, asRecord(row)]));
  }

  async byIds(tx: Tx, recordIds: readonly number[]): Promise<SourceRecord[]> {
    const rows = await tx.query<Row>(
      `select ${selected} from unnest($1::bigint[]) as wanted(id) join source_record r on r.record_id = wanted.id order by 1`,
      [recordIds],
    );
    return rows.map(asRecord);
  }

  async byCustomers(tx: Tx, customerIds: readonly number[]): Promise<SourceRecord[]> {
    const rows = await tx.query<Row>(
      `select ${selected} from unnest($1::bigint[]) as wanted(id) join source_record r on r.customer_id = wanted.id order by 1`,
      [customerIds],
    );
    return rows.map(asRecord);
  }

  /** Records that the hub made or offered to, by the delivery that says so. */
  async byDeliveries(tx: Tx, systemId: number, deliveryIds: readonly string[]): Promise<Map<string, SourceRecord>> {
    if (deliveryIds.length === 0) return new Map();
    const rows = await tx.query<Row & { delivery_id: string }>(
      `select ${selected}, e.delivery_id from unnest($2::uuid[]) as wanted(id)
       join record_entry e on e.delivery_id = wanted.id and e.kind = 'offer'
       join source_record r on r.record_id = e.record_id and r.system_id = $1`,
      [systemId, deliveryIds],
    );
    return new Map(rows.map((row) => [row.delivery_id, asRecord(row)]));
  }

  /** New records that a system told of; ids in the order of the keys. */
  async found(
    tx: Tx,
    systemId: number,
    rows: readonly { key: string; kind: CustomerKind }[],
  ): Promise<Map<string, number>> {
    const made = await tx.query<{ source_key: string; record_id: number }>(
      `insert into source_record (system_id, source_key, origin, state, kind, held, asserted)
       select $1, t.key, 'push', 'live', t.kind, '{}', '{}' from unnest($2::text[], $3::text[]) as t(key, kind) order by t.key
       returning source_key, record_id`,
      [systemId, ...columns(rows, ['key', 'kind'])],
    );
    return new Map(made.map((row) => [row.source_key, row.record_id]));
  }

  /** A record that the hub is about to make in a system: it has no key until the receipt names it. */
  async foundPending(
    tx: Tx,
    systemId: number,
    rows: readonly { customerId: number; follows: number; kind: CustomerKind }[],
  ): Promise<Map<number, number>> {
    const made = await tx.query<{ customer_id: number; record_id: number }>(
      `insert into source_record (system_id, customer_id, founded_by, origin, state, kind, held, asserted)
       select $1, t.customer, t.follows, 'hub', 'pending', t.kind, '{}', '{}'
       from unnest($2::bigint[], $3::bigint[], $4::text[]) as t(customer, follows, kind) order by t.customer
       returning customer_id, record_id`,
      [systemId, ...columns(rows, ['customerId', 'follows', 'kind'])],
    );
    return new Map(made.map((row) => [row.customer_id, row.record_id]));
  }

  /** The receipt has named the records' keys: they are live now. */
  async nameKeys(tx: Tx, systemId: number, rows: readonly { recordId: number; key: string }[]): Promise<void> {
    if (rows.length === 0) return;
    await this.takeOver(tx, systemId, rows);
    await tx.query(
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
      await tx.query('update record_entry set record_id = $2 where record_id = $1', [stray, pending]);
      await tx.query('update customer set founder_record = $2 where founder_record = $1', [stray, pending]);
      await tx.query('delete from match_key where record_id = $1', [stray]);
      await tx.query(
        `with gone as (delete from source_record where record_id = $1 returning customer_id)
         update source_record set customer_id = gone.customer_id from gone where record_id = $2`,
        [stray, pending],
      );
    }
  }

  async saveStates(
    tx: Tx,
    rows: readonly { recordId: number; known: RecordState; mappingVersion: number }[],
  ): Promise<void> {
    const flat = rows.map(({ recordId, known, mappingVersion }) => ({
      recordId,
      mappingVersion,
      kind: known.kind,
      version: known.headVersion,
      whole: known.wholeVersion,
      at: known.headAt === null ? null : new Date(known.headAt),
      position: known.headPosition,
      deleted: known.deleted === null ? null : JSON.stringify(known.deleted),
      held: JSON.stringify(known.held),
      asserted: JSON.stringify(known.asserted),
      delivered: JSON.stringify(known.delivered),
      parked: JSON.stringify(known.parked),
      moves: JSON.stringify(known.moves),
    }));
    await tx.query(
      `update source_record r set kind = t.kind, head_version = t.version, whole_version = t.whole, head_at = t.at,
         head_position = t.position, deleted = t.deleted, held = t.held, asserted = t.asserted, delivered = t.delivered,
         parked = t.parked, moves = t.moves, mapping_version = t.mapping
       from unnest($1::bigint[], $2::text[], $3::bigint[], $4::bigint[], $5::timestamptz[], $6::text[], $7::text[], $8::text[],
                   $9::text[], $10::text[], $11::text[], $12::text[], $13::int[])
         as t(id, kind, version, whole, at, position, deleted, held, asserted, delivered, parked, moves, mapping)
       where r.record_id = t.id`,
      columns(flat, [
        'recordId',
        'kind',
        'version',
        'whole',
        'at',
        'position',
        'deleted',
        'held',
        'asserted',
        'delivered',
        'parked',
        'moves',
        'mappingVersion',
      ]),
    );
  }

  /** A steward confirmed that the record is gone, as of this head; null takes it back. */
  async setConfirmedGone(tx: Tx, recordId: number, head: string | null): Promise<void> {
    await tx.query('update source_record set confirmed_gone = $2 where record_id = $1', [recordId, head]);
  }

  /** Records that were last derived by an older mapping than their system's; none while every system is up to date. */
  async derivedByOldMapping(tx: Tx, limit: number): Promise<number[]> {
    const rows = await tx.query<{ record_id: number }>(
      `select r.record_id from system s join source_record r using (system_id)
       where s.derived_version is distinct from s.mapping_version and r.mapping_version is distinct from s.mapping_version
       order by 1 limit $1`,
      [limit],
    );
    return rows.map((row) => row.record_id);
  }

  /** Notes that every record of these systems is derived by the mapping in force. */
  async noteDerived(tx: Tx): Promise<void> {
    await tx.query(
      'update system set derived_version = mapping_version where derived_version is distinct from mapping_version',
    );
  }

  async hasNewMapping(tx: Tx): Promise<boolean> {
    const rows = await tx.query('select 1 from system where derived_version is distinct from mapping_version limit 1');
    return rows.length > 0;
  }
}

function asRecord(row: Row): SourceRecord {
  return {
    recordId: row.record_id,
    systemId: row.system_id,
    sourceKey: row.source_key,
    customerId: row.customer_id,
    origin: row.origin,
    follows: row.founded_by,
    state: row.state,
    tombstoned: row.deleted !== null || (row.confirmed_gone !== null && row.confirmed_gone === row.head_position),
    excluded: row.excluded,
    known: {
      kind: row.kind,
      headVersion: row.head_version,
      wholeVersion: row.whole_version,
      headAt: row.head_at === null ? null : row.head_at.getTime(),
      headPosition: row.head_position,
      deleted: row.deleted === null ? null : (JSON.parse(row.deleted) as RecordState['deleted']),
      held: JSON.parse(row.held) as RecordState['held'],
      asserted: JSON.parse(row.asserted) as RecordState['asserted'],
      delivered: JSON.parse(row.delivered) as RecordState['delivered'],
      parked: JSON.parse(row.parked) as RecordState['parked'],
      moves: JSON.parse(row.moves) as RecordState['moves'],
    },
  };
}
