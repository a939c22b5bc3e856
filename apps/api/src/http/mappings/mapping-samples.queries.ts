import type { Json } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';

/** The latest whole row of up to so many of the system's records, in its own form. */
export async function heldRows(tx: Tx, systemId: number, limit: number): Promise<Json[]> {
  const rows = await tx.query<{ native: string }>(
    `select e.native from (select record_id from source_record where system_id = $1 and state = 'live'
                           order by record_id limit $2) r
     cross join lateral (select native from record_entry e where e.record_id = r.record_id and e.kind <> 'offer'
                         order by entry_id desc limit 1) e`,
    [systemId, limit],
  );
  return rows.map((row) => JSON.parse(row.native) as Json).filter((row) => row !== null);
}

const isOfUnknownKind = `system_id = $1 and path = $2 and kind = 'line' and code = 'unknown-code' and resolved_at is null`;

/** Accepted lines that are in the error log because the code of kind at the path is not known. */
export async function linesOfUnknownKind(
  tx: Tx,
  systemId: number,
  path: string,
  limit: number,
): Promise<{ batchId: number; line: number }[]> {
  return tx.query(
    `select batch_id as "batchId", line from error_entry where ${isOfUnknownKind} and batch_id is not null
     order by error_id limit $3`,
    [systemId, path, limit],
  );
}

/** What these have in common, by the version of the mapping that could not read them. */
export async function causesOfUnknownKind(tx: Tx, systemId: number, path: string): Promise<string[]> {
  const rows = await tx.query<{ cause: string }>(
    `select distinct cause from error_entry where ${isOfUnknownKind} order by 1`,
    [systemId, path],
  );
  return rows.map(({ cause }) => cause);
}

/** The latest rows of records in which the mapping in force does not know a code at the path. */
export async function rowsWithUnknownCodes(tx: Tx, systemId: number, path: string, limit: number): Promise<Json[]> {
  const rows = await tx.query<{ native: string }>(
    `select e.native from (select distinct r.record_id from error_entry f
         join source_record r on r.system_id = f.system_id and r.source_key = f.source_key
         where f.system_id = $1 and f.path = $2 and f.kind = 'field' and f.code = 'unknown-code' and f.resolved_at is null
         order by 1 limit $3) r
     cross join lateral (select native from record_entry e where e.record_id = r.record_id and e.kind <> 'offer' and e.native is not null
                         order by entry_id desc limit 1) e`,
    [systemId, path, limit],
  );
  return rows.map((row) => JSON.parse(row.native) as Json);
}
