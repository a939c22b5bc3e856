import { Injectable } from '@nestjs/common';
import { versionToldBefore } from '@cinch/canonical-model';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import { Database } from '../platform/transaction.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import type { RowBelow } from '../stages/records/suspects.ts';
import { TimelinesStore } from '../stages/records/timelines.store.ts';
import { AdapterClient } from '../stages/refreshes/adapter-client.ts';
import type { SystemInForce } from './systems-in-force.ts';

/** A page of a listing, as it was asked for. */
interface Asked {
  cursor: string | null;
  askedAt: number;
}

/** What a lagging copy of a system shows is ordinary: a row that was listed below what was known is read once more, by its key. */
@Injectable()
export class ReadAgain {
  constructor(
    private readonly database: Database,
    private readonly records: RecordsStore,
    private readonly timelines: TimelinesStore,
    private readonly adapters: AdapterClient,
  ) {}

  /** The rows of the page, read once more where that was needed, and those that are below what was known all the same. */
  async page(
    system: SystemInForce,
    listed: readonly AdapterRow[],
    asked: Asked,
    signal: AbortSignal,
  ): Promise<{ rows: AdapterRow[]; below: Map<string, RowBelow> }> {
    const behind = await this.behind(system, listed, asked.askedAt);
    const below = new Map<string, RowBelow>();
    if (behind.size === 0) return { rows: [...listed], below };
    const again = new Map<string, AdapterRow | null>();
    for (const [key, { recordId, known }] of behind) {
      // So many are a question about the whole system: it need not be asked for every single row.
      if (below.size >= system.limits.suspectedRows) break;
      const row = await this.again(system, key, asked.cursor, signal);
      again.set(key, row);
      if (row && row.version < known) below.set(key, { recordId, key, known, version: row.version, data: row.data });
    }
    const rows = listed.flatMap((row) => (again.has(row.key) ? (again.get(row.key) ?? []) : [row]));
    return { rows, below };
  }

  private async again(
    system: SystemInForce,
    key: string,
    cursor: string | null,
    signal: AbortSignal,
  ): Promise<AdapterRow | null> {
    const found = await this.adapters.find(system, key, signal);
    if (found !== undefined) return found;
    const { rows } = await this.adapters.list(system, cursor, signal);
    return rows.find((row) => row.key === key) ?? null;
  }

  private behind({ systemId, epochs }: SystemInForce, listed: readonly AdapterRow[], askedAt: number) {
    return this.database.read(async (tx) => {
      const behind = new Map<string, { recordId: number; known: number }>();
      const heads = await this.records.aheadOf(tx, systemId, listed);
      const ids = heads.map(({ recordId }) => recordId);
      const timelines = await this.timelines.read(tx, ids, { filedBefore: askedAt });
      const versions = new Map(listed.map((row) => [row.key, row.version]));
      for (const { key, recordId } of heads) {
        const known = versionToldBefore(timelines.get(recordId)!, epochs);
        if (known !== null && versions.get(key)! < known) behind.set(key, { recordId, known });
      }
      return behind;
    });
  }
}
