import { Injectable } from '@nestjs/common';
import {
  foldTimeline,
  isWhole,
  positionOf,
  redated,
  type CustomerKind,
  type Entry,
  type Epoch,
  type Folded,
  type Lens,
  type Redating,
} from '@cinch/canonical-model';
import { crashPoint } from '../../platform/crash-points.ts';
import type { Tx } from '../../platform/transaction.ts';
import { asPart, asWhole } from './as-entry.ts';
import { beginRecords } from './begin-records.ts';
import { ErrorsStore } from './errors.store.ts';
import { FieldsStore } from './fields.store.ts';
import {
  noteAhead,
  noteFailed,
  noteHeld,
  noteKilled,
  noteNoBase,
  noteOutranked,
  notesOnFields,
  noteUnread,
} from './notes.ts';
import { ofLaterParts, remarksOnKeys, remarksOnVersions } from './remarks.ts';
import { readRows, type ArrivedRow, type TimedRow } from './read-rows.ts';
import { foldOnce, soleRow } from './read-once.ts';
import { HoldsStore } from './holds.store.ts';
import { Suspects, type KnownBefore } from './suspects.ts';
import { StandardsStore } from './standards.store.ts';
import { withKnown, type RecordHead, type SourceRecord } from './record-row.ts';
import { RecordsStore } from './records.store.ts';
import { firstOnes, TimelinesStore, type Filing, type Origin } from './timelines.store.ts';
import { WaitingStore } from './waiting.store.ts';

export interface ArrivedFrom {
  systemId: number;
  lens: Lens;
  kind: 'push' | 'heard';
  runId: number | null;
  /** The load that brought the rows, which shows them as of an instant, in milliseconds since 1970. */
  load?: { asOf: number } | null;
  /** They were accepted before, and are worked on again. */
  isReplay?: boolean;
}

/** A record that has something new in its timeline. */
export interface Touched {
  /** The batch that brought it, if one did. */
  batchId: number | null;
  /** Of a record that is new and not stored yet: all there is of it. */
  fresh: { head: RecordHead; entries: Entry[]; origins: Origin[] } | null;
  /** What is new of a known record and not held: where it came from, and its position. */
  told?: (Origin & { position: string })[];
}

export interface FiledRows {
  touched: Map<number, Touched>;
  /** What became of each row, in their order. */
  places: ('applied' | 'superseded' | 'error')[];
  /** The record of each row, in their order; null of one that was not filed. */
  recordOf: (number | null)[];
  /** Whether a record was held for what these rows say. */
  hasSuspects: boolean;
  /** Stores the timelines that begin, and what the error log is to say of the rows; nothing of the records that are put aside. */
  finish: (aside: ReadonlySet<number>) => Promise<void>;
}

/** A touched record as it follows from its whole timeline. */
export interface FoldedRecord extends SourceRecord {
  said: Folded['said'];
  unreadable: Folded['unreadable'];
  changes: Folded['changes'];
  began: Folded['began'];
  kindBefore: CustomerKind;
  isNew: boolean;
  /** More was told of it than what it amounts to: what an earlier row said of it may stand in the log. */
  hasPast: boolean;
}

/** How a system's records are derived: by its lens, with the times at which it was set back and those that are read again. */
export interface Derivation {
  lens: Lens;
  epochs: readonly Epoch[];
  redating: Redating;
}

/** Files what arrives in its record's timeline, and folds timelines into what their records hold and assert. */
@Injectable()
export class Timelines {
  constructor(
    private readonly records: RecordsStore,
    private readonly timelines: TimelinesStore,
    private readonly waiting: WaitingStore,
    private readonly errors: ErrorsStore,
    private readonly fields: FieldsStore,
    private readonly standards: StandardsStore,
    private readonly suspects: Suspects,
    private readonly holds: HoldsStore,
  ) {}

  /**
   * Crosswalk first, then the delivery that made the row, else a new record, of which nothing is stored yet. A part of a row that is not
   * known yet waits for it.
   */
  async fileRows(tx: Tx, from: ArrivedFrom, told: readonly ArrivedRow[], now: number): Promise<FiledRows> {
    const { systemId, runId } = from;
    const rows = from.kind === 'heard' ? await this.numbered(tx, told) : told;
    const { wholes, parts, unread } = readRows(rows, from.lens, from.load?.asOf ?? null);
    const deliveryIds = wholes.flatMap((row) => (row.delivery ? [row.delivery.id] : []));
    const [wholeKeys, partKeys] = [wholes, parts].map((sorted) => [...new Set(sorted.map((row) => row.key))]);
    // Nothing waits for a key that is known already, so what waits for any of them waits for one that is known from now on.
    const [byDelivery, { known, versions, reserved }, came] = await Promise.all([
      this.records.byDeliveries(tx, systemId, deliveryIds),
      this.records.headsByKeys(tx, systemId, wholeKeys!, partKeys!),
      this.waiting.take(tx, systemId, wholeKeys!),
    ]);
    const named = await this.nameMade(tx, systemId, wholes, known, byDelivery);
    const made = beginRecords(
      from,
      wholes.filter(({ key }) => !known.has(key) && !named.has(key)),
      reserved,
    );
    const idOf = (key: string) => known.get(key)?.recordId ?? named.get(key) ?? made.get(key)?.recordId;
    const baseless = parts.filter((row) => idOf(row.key) === undefined);
    await this.waiting.add(tx, systemId, baseless);

    const timely = [...wholes, ...parts.filter((row) => idOf(row.key) !== undefined)];
    const arriving = [
      ...timely.map((row) => ({
        row,
        entry: row.act === 'whole' ? asWhole(row, from.kind, from.lens, byDelivery) : asPart(row),
      })),
      ...came.map(({ row }) => ({ row, entry: asPart(row) })),
    ].map(({ row, entry }) => {
      const origin = { batchId: row.batchId, line: row.line, runId };
      return { row, filing: { recordId: idOf(row.key)!, entry, origin } as Filing };
    });
    const before = new Map(
      [...known].map(([key, head]) => [head.recordId, { ...head, version: versions.get(key) ?? null }]),
    );
    const knownOf = (recordId: number) => before.get(recordId) ?? nothingBefore;
    const { filings, opened } = await this.suspects.look(tx, from, arriving, knownOf, now);
    const keyOf = new Map(timely.map(({ key }) => [idOf(key)!, key]));
    const heads = new Map([...made.values()].map((head) => [head.recordId, head]));
    const laterParts = ofLaterParts(timely).filter(({ key }) => known.has(key));
    const toldBefore = await this.timelines.toldBefore(tx, laterParts, (row) => idOf(row.key)!);
    const { isFresh, touched, begun } = await this.file(tx, filings, heads, now);
    crashPoint('rows-filed');
    const finish = async (aside: ReadonlySet<number>) => {
      const isLeft = (recordId: number) => !aside.has(recordId);
      await this.holds.hold(tx, opened);
      await this.timelines.begin(
        tx,
        begun.filter(({ recordId }) => isLeft(recordId)),
        now,
      );
      const taken = filings.filter((filing, index) => isFresh[index] && isLeft(filing.recordId));
      const left = timely.filter((row) => isLeft(idOf(row.key)!));
      const held = timely.filter((_, index) => isFresh[index] && filings[index]!.hold);
      const fresh = timely.filter((row, index) => isFresh[index] && isLeft(idOf(row.key)!));
      const notes = [
        ...unread.map((one) => noteUnread(one, from)),
        ...baseless.map((row) => noteNoBase(row, from)),
        ...fresh.filter((row) => row.isAhead).map((row) => noteAhead(row, from)),
        ...remarksOnVersions(fresh, versions, from),
        ...held.map((row) => noteHeld(row, from)),
        ...remarksOnKeys(left, toldBefore, from),
        ...taken.flatMap((one) => notesOnFields(one, from.lens)),
        ...(await this.timelines.outranked(tx, systemId, taken.filter(isDoubtful(touched)))).map((row) =>
          noteOutranked(row, keyOf.get(row.recordId) ?? null),
        ),
      ];
      await this.errors.add(tx, systemId, from.lens.version, notes, now);
      await this.standards.add(tx, systemId, from.lens, taken, now);
      const told = wholes.filter((row) => isLeft(idOf(row.key)!)).map((row) => row.key);
      await this.fields.closeHeard(tx, systemId, told, now);
      await this.waiting.noteFiled(tx, whether(came, isFresh.slice(timely.length)), now);
    };
    const filed = new Map(timely.map((row, index) => [row.place, { row, isFresh: isFresh[index]! }]));
    const fates = rows.map((_, place) => filed.get(place));
    return {
      touched,
      places: fates.map((fate) => (fate ? (fate.isFresh ? 'applied' : 'superseded') : 'error')),
      recordOf: fates.map((fate) => (fate ? idOf(fate.row.key)! : null)),
      hasSuspects: opened.length > 0,
      finish,
    };
  }

  /** The hub has learned the keys of records that it made: what waited for them is filed. Returns the records that it touched. */
  async fileWaiting(
    tx: Tx,
    systemId: number,
    ids: ReadonlyMap<string, number>,
    now: number,
  ): Promise<Map<number, Touched>> {
    const came = await this.waiting.take(tx, systemId, [...ids.keys()]);
    const filings = came.map(({ batchId, row }): Filing => {
      return { recordId: ids.get(row.key)!, entry: asPart(row), origin: { batchId, line: row.line, runId: null } };
    });
    const isFresh = await this.timelines.file(tx, filings, now);
    await this.waiting.noteFiled(tx, whether(came, isFresh), now);
    return stored(filings.map((filing) => filing.recordId));
  }

  /** A row that the hub failed on: its cause stands in the error log, its bytes in the inbox. */
  refuse(tx: Tx, from: ArrivedFrom, row: ArrivedRow, now: number): Promise<void> {
    return this.errors.add(tx, from.systemId, from.lens.version, [noteFailed(row, from)], now);
  }

  /** A row over which the hub has died. */
  async putAside(tx: Tx, from: ArrivedFrom, row: ArrivedRow, now: number): Promise<void> {
    await this.errors.add(tx, from.systemId, from.lens.version, [noteKilled(row, from)], now);
  }

  async fileEntries(tx: Tx, filings: readonly Filing[], now: number): Promise<Map<number, Touched>> {
    const tells = filings.some(({ entry }) => isWhole(entry));
    const call = tells ? await this.timelines.nextCall(tx) : 0;
    const accept = (entry: Entry): Entry => (isWhole(entry) ? { ...entry, acceptance: { call, line: 0 } } : entry);
    const accepted = filings.map((filing) => ({ ...filing, entry: accept(filing.entry) }));
    await this.timelines.file(tx, accepted, now);
    return stored(filings.map((filing) => filing.recordId));
  }

  /** Derives the records anew from their whole timelines. `asIf`: numbers of entries that are read as if they were taken back. */
  async refold(
    tx: Tx,
    touched: ReadonlyMap<number, Touched>,
    derivationOf: (systemId: number) => Derivation,
    asIf?: ReadonlySet<number>,
  ): Promise<FoldedRecord[]> {
    const known = [...touched].flatMap(([recordId, { fresh }]) => (fresh ? [] : [recordId]));
    const [entries, heads] = await Promise.all([
      this.timelines.read(tx, known, { asIf }),
      this.records.headsByIds(tx, known),
    ]);
    const fold = (head: RecordHead, filed: readonly Entry[], isNew: boolean): FoldedRecord => {
      const { lens, epochs, redating } = derivationOf(head.systemId);
      const timeline = redated(filed, redating);
      const sole = isNew && soleRow(timeline);
      const { state, said, unreadable, changes, began } = sole
        ? foldOnce(sole, lens, head.kind, epochs)
        : foldTimeline(timeline, lens, head.kind, epochs);
      const worked = { said, unreadable, changes, began, kindBefore: head.kind, isNew };
      return { ...withKnown(head, state), ...worked, hasPast: !isNew || timeline.length > 1 };
    };
    return [
      ...heads.map((head) => fold(head, entries.get(head.recordId)!, false)),
      ...[...touched.values()].flatMap(({ fresh }) => (fresh ? [fold(fresh.head, fresh.entries, true)] : [])),
    ];
  }

  /** The log of fields that cannot be read says what is so now. */
  async noteReadable(
    tx: Tx,
    folded: readonly FoldedRecord[],
    derivationOf: (systemId: number) => Derivation,
    now: number,
  ): Promise<void> {
    const records = folded.map(({ systemId, sourceKey, unreadable, hasPast }) => {
      return { systemId, sourceKey, unreadable, hasPast, mappingVersion: derivationOf(systemId).lens.version };
    });
    await this.fields.close(
      tx,
      records.filter(({ hasPast }) => hasPast),
      now,
    );
    await this.fields.restate(tx, records, now);
  }

  /** Keeps what the records amount to; new ones are stored with their customer. */
  async keep(
    tx: Tx,
    folded: readonly FoldedRecord[],
    customerOf: ReadonlyMap<number, number>,
    derivationOf: (systemId: number) => Derivation,
  ): Promise<SourceRecord[]> {
    const records = folded.map(
      ({
        said: _said,
        unreadable: _unreadable,
        changes: _changes,
        began: _began,
        kindBefore: _kind,
        hasPast: _hasPast,
        isNew,
        ...record
      }) => {
        const customerId = customerOf.get(record.recordId) ?? record.customerId;
        const mappingVersion = derivationOf(record.systemId).lens.version;
        return { isNew, mappingVersion, record: { ...record, customerId } };
      },
    );
    await this.records.add(
      tx,
      records.filter(({ isNew }) => isNew),
    );
    await this.records.saveStates(
      tx,
      records.filter(({ isNew }) => !isNew),
    );
    return records.map(({ record }) => record);
  }

  /** What is heard is accepted in a call as well. */
  private async numbered(tx: Tx, rows: readonly ArrivedRow[]): Promise<ArrivedRow[]> {
    const call = await this.timelines.nextCall(tx);
    return rows.map((row) => ({ ...row, call }));
  }

  /** Files what is new of known records; what new records begin with is stored with them. */
  private async file(tx: Tx, filings: readonly Filing[], made: ReadonlyMap<number, RecordHead>, now: number) {
    const isOfNew = (filing: Filing) => made.has(filing.recordId);
    const [begun, added] = [filings.filter(isOfNew), filings.filter((filing) => !isOfNew(filing))];
    const fresh = new Map<Filing, boolean>();
    firstOnes(begun).forEach((isFirst, index) => fresh.set(begun[index]!, isFirst));
    (await this.timelines.file(tx, added, now)).forEach((isFirst, index) => fresh.set(added[index]!, isFirst));
    const filed = filings.filter((filing) => fresh.get(filing));
    const touched = new Map<number, Touched>();
    for (const { recordId, entry, origin, hold } of filed) {
      const head = made.get(recordId);
      const told = touched.get(recordId)?.told ?? [];
      if (!head && !hold) told.push({ ...origin, position: positionOf(entry) });
      const entries = [...(touched.get(recordId)?.fresh?.entries ?? []), entry];
      const origins = [...(touched.get(recordId)?.fresh?.origins ?? []), origin];
      touched.set(recordId, { batchId: origin.batchId, fresh: head ? { head, entries, origins } : null, told });
    }
    return {
      isFresh: filings.map((filing) => fresh.get(filing)!),
      touched,
      begun: begun.filter((filing) => fresh.get(filing)),
    };
  }

  /** Rows of records that the hub made: their keys are known now. */
  private async nameMade(
    tx: Tx,
    systemId: number,
    wholes: readonly TimedRow[],
    known: ReadonlyMap<string, RecordHead>,
    byDelivery: ReadonlyMap<string, RecordHead>,
  ): Promise<Map<string, number>> {
    const named = new Map<string, number>();
    for (const { key, delivery } of wholes) {
      const made = delivery && byDelivery.get(delivery.id);
      if (made && made.sourceKey === null && !known.has(key)) named.set(key, made.recordId);
    }
    await this.records.nameKeys(
      tx,
      systemId,
      [...named].map(([key, recordId]) => ({ recordId, key })),
    );
    return named;
  }
}

/** Of a record that begins, or whose key was not known. */
const nothingBefore: KnownBefore = { kind: 'person', holdId: null, version: null };

/** A record that begins with one entry cannot have a version twice. */
const isDoubtful = (touched: FiledRows['touched']) => (filing: Filing) =>
  (touched.get(filing.recordId)?.fresh?.entries.length ?? 2) > 1;

const whether = <Part extends object>(parts: readonly Part[], isFresh: readonly boolean[]) =>
  parts.map((part, index) => ({ ...part, isFresh: isFresh[index]! }));

/** Records that are stored, no batch having brought what is new. */
export function stored(recordIds: readonly number[]): Map<number, Touched> {
  return new Map(recordIds.map((recordId) => [recordId, { batchId: null, fresh: null }]));
}
