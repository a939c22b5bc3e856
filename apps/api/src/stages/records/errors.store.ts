import { Injectable } from '@nestjs/common';
import { columns } from '../../platform/columns.ts';
import type { Tx } from '../../platform/transaction.ts';

/** A record, or one path of it, that the hub could not take: what went wrong and where it came from. No values of the record. */
export interface ErrorEntry {
  /** `line`: the row was not taken. `field`: a part of it cannot be read, the rest was taken. `note`: it was taken whole. */
  kind: 'line' | 'field' | 'note';
  sourceKey: string | null;
  batchId: number | null;
  line: number | null;
  runId: number | null;
  code: string;
  path: string;
  detail: string;
  /** Nothing is to be done about it: it is told in the answer of its batch, and does not stand open. */
  isSettled?: boolean;
}

const given = ['kind', 'sourceKey', 'batchId', 'line', 'runId', 'code', 'path', 'detail'] as const;

@Injectable()
export class ErrorsStore {
  /** Each accepted line that was not taken stands here once: when it fails again in a replay, with its new cause. */
  async add(
    tx: Tx,
    systemId: number,
    mappingVersion: number,
    entries: readonly ErrorEntry[],
    at: number,
  ): Promise<void> {
    const isLine = ({ kind, batchId }: ErrorEntry) => kind === 'line' && batchId !== null;
    const again = `(batch_id, line) where kind = 'line' and batch_id is not null do update
      set mapping_version = excluded.mapping_version, at = excluded.at, source_key = excluded.source_key, code = excluded.code,
        path = excluded.path, detail = excluded.detail`;
    await this.insert(tx, systemId, mappingVersion, entries.filter(isLine), at, again);
    // What is known of a heard row is not told twice, but when it was met last.
    const isHeard = ({ kind, batchId }: ErrorEntry) => kind === 'line' && batchId === null;
    const heard = new Map(
      entries.filter(isHeard).map((entry) => [JSON.stringify([entry.sourceKey, entry.code, entry.path]), entry]),
    );
    const met = `(system_id, source_key, kind, code, path) where batch_id is null and resolved_at is null do update
      set mapping_version = excluded.mapping_version, at = excluded.at, run_id = excluded.run_id, detail = excluded.detail`;
    await this.insert(tx, systemId, mappingVersion, [...heard.values()], at, met);
    // Nor what is known of a part of a line.
    const others = entries.filter((entry) => !isLine(entry) && !isHeard(entry));
    await this.insert(tx, systemId, mappingVersion, others, at, 'do nothing');
  }

  /** Rows of the system that could not be taken when it was listed before this instant, and that no later listing met so. */
  async closeHeard(tx: Tx, systemId: number, before: number, at: number): Promise<void> {
    await tx.query(
      `update error_entry set resolved_at = $3, resolution = 'reads-well'
       where system_id = $1 and batch_id is null and run_id is not null and kind = 'line' and resolved_at is null and at < $2`,
      [systemId, new Date(before), new Date(at)],
    );
  }

  private async insert(
    tx: Tx,
    systemId: number,
    mappingVersion: number,
    entries: readonly ErrorEntry[],
    at: number,
    onConflict: string,
  ): Promise<void> {
    if (entries.length === 0) return;
    await tx.write(
      `insert into error_entry (system_id, mapping_version, at, kind, source_key, batch_id, line, run_id, code, path, detail,
         resolved_at, resolution)
       select $1, $2, $3, kind, source_key, batch_id, line, run_id, code, path, detail,
         case when settled then $3::timestamptz end, case when settled then 'filed' end
       from unnest($4::text[], $5::text[], $6::bigint[], $7::int[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::boolean[])
         as t(kind, source_key, batch_id, line, run_id, code, path, detail, settled)
       on conflict ${onConflict}`,
      [
        systemId,
        mappingVersion,
        new Date(at),
        ...columns(entries, given),
        entries.map(({ isSettled }) => isSettled ?? false),
      ],
    );
  }
}
