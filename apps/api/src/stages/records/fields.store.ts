import { Injectable } from '@nestjs/common';
import type { Unreadable } from '@cinch/canonical-model';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';

/** What cannot be read of a record as it is now, by the mapping in force. */
export interface UnreadableRecord {
  systemId: number;
  sourceKey: string | null;
  mappingVersion: number;
  unreadable: readonly Unreadable[];
}

const still = `unnest($1::int[], $2::text[], $3::int[], $4::text[], $5::text[], $6::text[])
  as t(system_id, source_key, mapping_version, code, path, detail)`;
const isSame = `e.system_id = t.system_id and e.source_key = t.source_key and e.code = t.code and e.path = t.path
  and e.kind = 'field' and e.resolved_at is null`;

/** Entries of the error log about fields: they stand as long as the record, as it is now, cannot be read there. */
@Injectable()
export class FieldsStore {
  /** Closes what reads well now, by a newer mapping or because its system has mended it. */
  async close(tx: Tx, records: readonly UnreadableRecord[], at: number): Promise<void> {
    if (records.length === 0) return;
    await tx.write(
      `update error_entry e set resolved_at = $9, resolution = 'reads-well'
       from unnest($7::int[], $8::text[]) as r(system_id, source_key)
       where e.system_id = r.system_id and e.source_key = r.source_key and e.kind = 'field' and e.resolved_at is null
         and not exists (select 1 from ${still} where ${isSame})`,
      [...flat(records), ...columns(records, ['systemId', 'sourceKey']), new Date(at)],
    );
  }

  /** What cannot be read stands under the mapping in force, also where no line told it: by another mapping, or of a row told in parts. */
  async restate(tx: Tx, records: readonly UnreadableRecord[], at: number): Promise<void> {
    if (records.every(({ unreadable }) => unreadable.length === 0)) return;
    await tx.write(
      `update error_entry e set mapping_version = t.mapping_version from ${still}
       where ${isSame} and e.mapping_version is distinct from t.mapping_version`,
      flat(records),
    );
    await tx.write(
      `insert into error_entry (kind, system_id, source_key, mapping_version, code, path, detail, at)
       select distinct on (system_id, source_key, code, path) 'field', t.*, $7::timestamptz from ${still}
       where not exists (select 1 from error_entry e where ${isSame}) on conflict do nothing`,
      [...flat(records), new Date(at)],
    );
  }

  /** Rows of these keys were taken: what was heard of them before and could not be taken is told by them. */
  async closeHeard(tx: Tx, systemId: number, keys: readonly string[], at: number): Promise<void> {
    await tx.write(
      `update error_entry e set resolved_at = $3, resolution = 'reads-well' from unnest($2::text[]) as t(source_key)
       where e.system_id = $1 and e.source_key = t.source_key and e.kind = 'line' and e.batch_id is null and e.resolved_at is null`,
      [systemId, keys, new Date(at)],
    );
  }
}

function flat(records: readonly UnreadableRecord[]): unknown[][] {
  const all = records.flatMap(({ unreadable, ...record }) => unreadable.map((one) => ({ ...record, ...one })));
  return columns(all, ['systemId', 'sourceKey', 'mappingVersion', 'code', 'path', 'detail']);
}
