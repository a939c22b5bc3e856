import { Injectable } from '@nestjs/common';
import { foldTimeline, type CustomerKind, type Entry, type Folded, type Lens } from '@cinch/canonical-model';
import { contentHash } from '../../platform/content-hash.ts';
import type { Tx } from '../../platform/transaction.ts';
import { ErrorsStore } from './errors.store.ts';
import { noteAhead, noteFailed, notesOnRow, noteUnread } from './notes.ts';
import { readRows, type ArrivedRow, type ReadRow } from './read-rows.ts';
import { RecordsStore, type SourceRecord } from './records.store.ts';
import { TimelinesStore, type Filing } from './timelines.store.ts';

export interface ArrivedFrom {
  systemId: number;
  epoch: number;
  lens: Lens;
  kind: 'push' | 'heard';
  batchId: number | null;
  runId: number | null;
}

export interface FiledRows {
  /** Records that have something new in their timeline. */
  touched: number[];
  applied: number;
  superseded: number;
  error: number;
}

export interface FoldedRecord extends Folded {
  recordId: number;
  systemId: number;
  sourceKey: string | null;
  origin: 'push' | 'hub';
}

/** Files what arrives in its record's timeline, and folds timelines into what their records hold and assert. */
@Injectable()
export class Timelines {
  constructor(
    private readonly records: RecordsStore,
    private readonly timelines: TimelinesStore,
    private readonly errors: ErrorsStore,
  ) {}

  /** Crosswalk first, then the delivery that made the row, else a new record. */
  async fileRows(tx: Tx, from: ArrivedFrom, rows: readonly ArrivedRow[], now: number): Promise<FiledRows> {
    const { read, unread } = readRows(rows, from.lens);
    const known = await this.records.byKeys(
      tx,
      from.systemId,
      read.map((row) => row.key),
    );
    const byDelivery = await this.records.byDeliveries(
      tx,
      from.systemId,
      read.flatMap((row) => (row.delivery ? [row.delivery.id] : [])),
    );
    const ids = await this.resolve(tx, from, read, known, byDelivery);
    const filings = read.map((row): Filing => {
      const { batchId, runId } = from;
      const entry = asEntry(row, from, byDelivery.has(row.delivery?.id ?? ''));
      return { recordId: ids.get(row.key)!, entry, origin: { batchId, line: row.line, runId } };
    });
    const fresh = await this.timelines.file(tx, filings, now);
    const filed = filings.filter((_, index) => fresh[index]);
    const reused = await this.timelines.reusedVersions(tx, filed);
    const notes = [
      ...unread.map((one) => noteUnread(one, from)),
      ...read.filter((row, index) => row.isAhead && fresh[index]).map((row) => noteAhead(row, from)),
      ...filed.flatMap((filing, index) => notesOnRow(filing, from.lens, reused.has(index))),
    ];
    await this.errors.add(tx, from.systemId, from.lens.version, notes, now);
    const applied = fresh.filter(Boolean).length;
    return {
      touched: [...new Set(filed.map((filing) => filing.recordId))],
      applied,
      superseded: fresh.length - applied,
      error: unread.length,
    };
  }

  /** A row that the hub failed on: its cause stands in the error log, its bytes in the inbox. */
  async refuse(tx: Tx, from: ArrivedFrom, row: ArrivedRow, now: number): Promise<void> {
    await this.errors.add(tx, from.systemId, from.lens.version, [noteFailed(row, from)], now);
  }

  async fileEntries(tx: Tx, filings: readonly Filing[], now: number): Promise<number[]> {
    await this.timelines.file(tx, filings, now);
    return [...new Set(filings.map((filing) => filing.recordId))];
  }

  /** Derives the records anew from their whole timelines, and keeps what they amount to. */
  async refold(tx: Tx, recordIds: readonly number[], lensOf: (systemId: number) => Lens): Promise<FoldedRecord[]> {
    const entries = await this.timelines.read(tx, recordIds);
    const folded = (await this.records.byIds(tx, recordIds)).map((record) => ({
      ...pick(record),
      ...foldTimeline(entries.get(record.recordId)!, lensOf(record.systemId), record.known.kind),
    }));
    await this.records.saveStates(
      tx,
      folded.map(({ recordId, systemId, state }) => {
        return { recordId, known: state, mappingVersion: lensOf(systemId).version };
      }),
    );
    return folded;
  }

  private async resolve(
    tx: Tx,
    from: ArrivedFrom,
    read: readonly ReadRow[],
    known: ReadonlyMap<string, SourceRecord>,
    byDelivery: ReadonlyMap<string, SourceRecord>,
  ): Promise<Map<string, number>> {
    const ids = new Map([...known].map(([key, record]) => [key, record.recordId]));
    const named: { recordId: number; key: string }[] = [];
    const unknown = new Map<string, CustomerKind>();
    for (const row of read) {
      if (ids.has(row.key)) continue;
      const made = row.delivery && byDelivery.get(row.delivery.id);
      if (made && made.sourceKey === null) {
        ids.set(row.key, made.recordId);
        named.push({ recordId: made.recordId, key: row.key });
      } else unknown.set(row.key, from.lens.read(row.data).kind);
    }
    await this.records.nameKeys(tx, from.systemId, named);
    const found = await this.records.found(
      tx,
      from.systemId,
      [...unknown].map(([key, kind]) => ({ key, kind })),
    );
    return new Map([...ids, ...found]);
  }
}

function pick(record: SourceRecord) {
  const { recordId, systemId, sourceKey, origin } = record;
  return { recordId, systemId, sourceKey, origin };
}

/** A row at the version that a delivery of ours made is that delivery's receipt, even when the answer itself was lost. */
function asEntry(row: ReadRow, from: ArrivedFrom, isOurs: boolean): Entry {
  const place = {
    epoch: from.epoch,
    version: row.version,
    at: row.at,
    content: contentHash(row.data),
    native: row.data,
  };
  if (isOurs && row.delivery && row.delivery.version === row.version)
    return { ...place, kind: 'receipt', deliveryId: row.delivery.id, refused: {} };
  return { ...place, kind: from.kind };
}
