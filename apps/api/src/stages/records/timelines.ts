import { Injectable } from '@nestjs/common';
import { foldTimeline, type CustomerKind, type Epoch, type Folded, type Lens } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { asPart, asWhole } from './as-entry.ts';
import { ErrorsStore } from './errors.store.ts';
import { noteAhead, noteFailed, noteNoBase, noteOutranked, notesOnFields, noteUnread } from './notes.ts';
import { readRows, type ArrivedRow, type TimedRow } from './read-rows.ts';
import { RecordsStore, type SourceRecord } from './records.store.ts';
import { TimelinesStore, type Filing } from './timelines.store.ts';
import { WaitingStore } from './waiting.store.ts';

export interface ArrivedFrom {
  systemId: number;
  lens: Lens;
  kind: 'push' | 'heard';
  runId: number | null;
}

export interface FiledRows {
  /** Records that have something new in their timeline, each with the batch that brought it, if one did. */
  touched: Map<number, number | null>;
  /** What became of each row, in their order. */
  places: ('applied' | 'superseded' | 'error')[];
}

export interface FoldedRecord extends Folded {
  recordId: number;
  systemId: number;
  sourceKey: string | null;
  origin: 'push' | 'hub';
}

/** How a system's records are derived: by its lens, and with the times at which it was set back. */
export interface Derivation {
  lens: Lens;
  epochs: readonly Epoch[];
}

/** Files what arrives in its record's timeline, and folds timelines into what their records hold and assert. */
@Injectable()
export class Timelines {
  constructor(
    private readonly records: RecordsStore,
    private readonly timelines: TimelinesStore,
    private readonly waiting: WaitingStore,
    private readonly errors: ErrorsStore,
  ) {}

  /** Crosswalk first, then the delivery that made the row, else a new record. A part of a row that is not known yet waits for it. */
  async fileRows(tx: Tx, from: ArrivedFrom, rows: readonly ArrivedRow[], now: number): Promise<FiledRows> {
    const { wholes, parts, unread } = readRows(rows, from.lens);
    const byDelivery = await this.records.byDeliveries(
      tx,
      from.systemId,
      wholes.flatMap((row) => (row.delivery ? [row.delivery.id] : [])),
    );
    const known = await this.records.byKeys(
      tx,
      from.systemId,
      [...wholes, ...parts].map((row) => row.key),
    );
    const ids = await this.resolve(tx, from, wholes, known, byDelivery);
    const fresh = [...ids.keys()].filter((key) => !known.has(key));
    const came = await this.waiting.take(tx, from.systemId, fresh);
    const baseless = parts.filter((row) => !ids.has(row.key));
    await this.waiting.add(tx, from.systemId, baseless);

    const { runId } = from;
    const placed = (row: TimedRow, entry: Filing['entry']): Filing => {
      return { recordId: ids.get(row.key)!, entry, origin: { batchId: row.batchId, line: row.line, runId } };
    };
    const timely = [...wholes, ...parts.filter((row) => ids.has(row.key))];
    const filings = [
      ...timely.map((row) => placed(row, row.act === 'whole' ? asWhole(row, from.kind, byDelivery) : asPart(row))),
      ...came.map((part) => placed(part.row, asPart(part.row))),
    ];
    const isFresh = await this.timelines.file(tx, filings, now);
    const filed = filings.filter((_, index) => isFresh[index]);
    const outranked = await this.timelines.outranked(tx, filed);
    const notes = [
      ...unread.map((one) => noteUnread(one, from)),
      ...baseless.map((row) => noteNoBase(row, from)),
      ...timely.filter((row, index) => row.isAhead && isFresh[index]).map((row) => noteAhead(row, from)),
      ...filed.flatMap((filing) => notesOnFields(filing, from.lens)),
      ...outranked.map(noteOutranked),
    ];
    await this.errors.add(tx, from.systemId, from.lens.version, notes, now);
    await this.waiting.noteFiled(tx, whether(came, isFresh.slice(timely.length)), now);
    const fate = new Map<number, 'applied' | 'superseded'>(
      timely.map((row, index) => [row.place, isFresh[index] ? 'applied' : 'superseded']),
    );
    return {
      touched: new Map(filed.map(({ recordId, origin }) => [recordId, origin.batchId])),
      places: rows.map((_, place) => fate.get(place) ?? 'error'),
    };
  }

  /** The hub has learned the keys of records that it made: what waited for them is filed. Returns the records that it touched. */
  async fileWaiting(tx: Tx, systemId: number, ids: ReadonlyMap<string, number>, now: number): Promise<number[]> {
    const came = await this.waiting.take(tx, systemId, [...ids.keys()]);
    const filings = came.map(({ batchId, row }): Filing => {
      return { recordId: ids.get(row.key)!, entry: asPart(row), origin: { batchId, line: row.line, runId: null } };
    });
    const isFresh = await this.timelines.file(tx, filings, now);
    await this.waiting.noteFiled(tx, whether(came, isFresh), now);
    return [...new Set(filings.map((filing) => filing.recordId))];
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
  async refold(
    tx: Tx,
    recordIds: readonly number[],
    derivationOf: (systemId: number) => Derivation,
  ): Promise<FoldedRecord[]> {
    const entries = await this.timelines.read(tx, recordIds);
    const folded = (await this.records.byIds(tx, recordIds)).map((record) => {
      const { lens, epochs } = derivationOf(record.systemId);
      return { ...pick(record), ...foldTimeline(entries.get(record.recordId)!, lens, record.known.kind, epochs) };
    });
    await this.records.saveStates(
      tx,
      folded.map(({ recordId, systemId, state }) => {
        return { recordId, known: state, mappingVersion: derivationOf(systemId).lens.version };
      }),
    );
    return folded;
  }

  private async resolve(
    tx: Tx,
    from: ArrivedFrom,
    wholes: readonly TimedRow[],
    known: ReadonlyMap<string, SourceRecord>,
    byDelivery: ReadonlyMap<string, SourceRecord>,
  ): Promise<Map<string, number>> {
    const ids = new Map([...known].map(([key, record]) => [key, record.recordId]));
    const named: { recordId: number; key: string }[] = [];
    const unknown = new Map<string, CustomerKind>();
    for (const row of wholes) {
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

function whether<Part extends object>(parts: readonly Part[], isFresh: readonly boolean[]) {
  return parts.map((part, index) => ({ ...part, isFresh: isFresh[index]! }));
}

function pick(record: SourceRecord) {
  const { recordId, systemId, sourceKey, origin } = record;
  return { recordId, systemId, sourceKey, origin };
}
