import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';

/** A record, or one path of it, that the hub could not take: what went wrong and where it came from. No values of the record. */
export interface ErrorEntry {
  sourceKey: string | null;
  batchId: number | null;
  line: number | null;
  runId: number | null;
  code: string;
  path: string;
  detail: string;
}

@Injectable()
export class ErrorsStore {
  async add(
    tx: Tx,
    systemId: number,
    mappingVersion: number,
    entries: readonly ErrorEntry[],
    at: number,
  ): Promise<void> {
    if (entries.length === 0) return;
    await tx.query(
      `insert into error_entry (system_id, mapping_version, at, source_key, batch_id, line, run_id, code, path, detail)
       select $1, $2, $3, t.* from unnest($4::text[], $5::bigint[], $6::int[], $7::bigint[], $8::text[], $9::text[], $10::text[]) as t`,
      [
        systemId,
        mappingVersion,
        new Date(at),
        ...columns(entries, ['sourceKey', 'batchId', 'line', 'runId', 'code', 'path', 'detail']),
      ],
    );
  }
}
