import { Injectable } from '@nestjs/common';
import { classifyListed, type Json } from '@cinch/canonical-model';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { contentHash } from '../platform/content-hash.ts';
import type { Tx } from '../platform/transaction.ts';
import type { ArrivedRow } from '../stages/records/read-rows.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { TimelinesStore } from '../stages/records/timelines.store.ts';
import { AdapterClient } from '../stages/refreshes/adapter-client.ts';
import { RunsStore, type RunRow } from '../stages/refreshes/runs.store.ts';
import { Ingest } from './ingest.ts';
import { Rederive } from './rederive.ts';
import { SystemsInForce, type SystemInForce } from './systems-in-force.ts';

/** Hearing: a system is listed whole, page by page, and what the hub had not heard goes through ingest. */
@Injectable()
export class Listing {
  constructor(
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly adapters: AdapterClient,
    private readonly runs: RunsStore,
    private readonly records: RecordsStore,
    private readonly timelines: TimelinesStore,
    private readonly ingest: Ingest,
    private readonly rederive: Rederive,
    private readonly systems: SystemsInForce,
  ) {}

  /** Listens to the end of the listing; a page is one commit with its cursor, so a crash goes on at the next page. */
  async hear(run: RunRow, system: SystemInForce): Promise<RunRow> {
    // A row can only be compared with what the hub knows when both are read by one mapping.
    while (await this.rederive.next());
    let current = run;
    do {
      if (current.cursor === null) current = await this.begin(current);
      const page = await this.adapters.list(system, current.cursor === '' ? null : current.cursor);
      current = await this.takeIn(current, page.rows, page.nextCursor);
    } while (current.cursor !== null);
    return current;
  }

  private begin(run: RunRow): Promise<RunRow> {
    return this.committer.commit(async (tx) => {
      const listingFloor = await this.runs.highestRecord(tx);
      const begun = {
        ...run,
        listing: run.listing + 1,
        listingFloor,
        cursor: '',
        counts: { ...run.counts, listed: 0 },
      };
      await this.runs.save(tx, begun);
      return begun;
    });
  }

  private takeIn(run: RunRow, listed: readonly AdapterRow[], nextCursor: string | null): Promise<RunRow> {
    return this.committer.commit(async (tx) => {
      const inForce = await this.systems.load(tx);
      const system = inForce.get(run.systemId)!;
      const sorted = await this.sort(tx, system, listed);
      const { systemId, epoch, lens } = system;
      const from = { systemId, epoch, lens, kind: 'heard', batchId: null, runId: run.runId } as const;
      await this.ingest.rows(tx, inForce, from, sorted.news);

      const known = await this.records.byKeys(
        tx,
        run.systemId,
        listed.map((row) => row.key),
      );
      const seen = [...known].map(([key, { recordId }]) => ({ recordId, drifted: sorted.drifted.get(key) ?? null }));
      await this.runs.addSeen(tx, run, seen);
      const { counts } = run;
      const after = {
        ...run,
        cursor: nextCursor,
        counts: {
          ...counts,
          listed: counts.listed + listed.length,
          heard: counts.heard + sorted.news.length,
          drifted: counts.drifted + sorted.drifted.size,
        },
      };
      await this.runs.save(tx, after);
      return after;
    });
  }

  private async sort(tx: Tx, { systemId, lens }: SystemInForce, listed: readonly AdapterRow[]) {
    const known = await this.records.byKeys(
      tx,
      systemId,
      listed.map((row) => row.key),
    );
    const rows = listed.map((row, index) => asArrived(row, index, this.clock.now()));
    const contents = await this.timelines.knownContents(
      tx,
      rows.flatMap(({ key, data }) =>
        known.has(key) ? [{ recordId: known.get(key)!.recordId, content: contentHash(data) }] : [],
      ),
    );
    const news: ArrivedRow[] = [];
    const drifted = new Map<string, string>();
    for (const row of rows) {
      const record = known.get(row.key);
      const contentKnown = record !== undefined && contents.has(`${record.recordId}.${contentHash(row.data)}`);
      const readable = lens.envelope(row.data).ok;
      const listedAs = readable
        ? classifyListed(lens.read(row.data), row.version, record?.known ?? null, contentKnown)
        : 'news';
      if (listedAs === 'news') news.push(row);
      if (listedAs === 'drift') drifted.set(row.key, JSON.stringify({ version: row.version, data: row.data }));
    }
    return { news, drifted };
  }
}

/** A listed row as an arrival. */
export function asArrived(row: AdapterRow, line: number, acceptedAt: number): ArrivedRow {
  const { key, version, delivery, data } = row;
  return { line, key, version, changedAt: Date.parse(row.changedAt), delivery, data: data as Json, acceptedAt };
}
