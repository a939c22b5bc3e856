import { Injectable } from '@nestjs/common';
import { suspicionOf, type CustomerKind, type Entry, type Json, type Lens } from '@cinch/canonical-model';
import { wholeSecond } from '../../platform/clock.ts';
import { contentHash } from '../../platform/content-hash.ts';
import type { Tx } from '../../platform/transaction.ts';
import { HoldsStore, type OpenedHold, type SeenOfRow } from './holds.store.ts';
import { statedTime, type TimedRow } from './read-rows.ts';
import { TimelinesStore, type Filing } from './timelines.store.ts';

/** A row that is about to be filed. */
export interface Arriving {
  row: TimedRow;
  filing: Filing;
}

/** What is known of its record before. */
export interface KnownBefore {
  kind: CustomerKind;
  holdId: number | null;
  version: number | null;
}

/** A row that was read below the version that was known. */
export interface RowBelow {
  recordId: number;
  key: string;
  version: number;
  known: number;
  data: unknown;
}

interface Held {
  /** The filings as they are to be filed, in their order. */
  filings: Filing[];
  opened: OpenedHold[];
}

/** Holds what is told of a record that is held, and what makes it likely that its system was set back. */
@Injectable()
export class Suspects {
  constructor(
    private readonly holds: HoldsStore,
    private readonly timelines: TimelinesStore,
  ) {}

  async look(
    tx: Tx,
    { systemId, lens, kind }: { systemId: number; lens: Lens; kind: 'push' | 'heard' },
    arriving: readonly Arriving[],
    knownOf: (recordId: number) => KnownBefore,
    now: number,
  ): Promise<Held> {
    const doubtful = kind === 'push' ? doubtfulOf(arriving, knownOf) : new Set<number>();
    const isLookedAt = ({ filing: { recordId } }: Arriving) =>
      doubtful.has(recordId) || knownOf(recordId).holdId !== null;
    const looked = arriving.filter(isLookedAt).sort(byAcceptance);
    if (looked.length === 0) return { filings: arriving.map(({ filing }) => filing), opened: [] };
    const [told, epochs] = await Promise.all([this.timelines.read(tx, [...doubtful]), this.holds.epochs(tx, systemId)]);
    const heldBy = new Map<number, Holding>();
    const held = new Map<Filing, Filing>();
    const opened: OpenedHold[] = [];
    for (const { row, filing } of looked) {
      const { recordId, entry } = filing;
      const { holdId, kind: customerKind } = knownOf(recordId);
      const holding = holdId === null ? heldBy.get(recordId) : { holdId, from: null };
      const before = told.get(recordId) ?? [];
      if (entry.kind === 'receipt' || entry.kind === 'offer') before.push(entry);
      else if (holding !== undefined) held.set(filing, heldIn(filing, holding));
      else {
        const suspicion = row.isAhead ? null : suspicionOf(entry, before, { lens, kind: customerKind, epochs });
        if (!suspicion) before.push(entry);
        else {
          const { code, known, since } = suspicion;
          const seen: SeenOfRow = { code, sourceId: row.key, version: entry.version!, known };
          const [made] = await this.holds.open(tx, systemId, [seen], now);
          const begun = { holdId: made!, from: { at: entry.at, since } };
          heldBy.set(recordId, begun);
          opened.push({ recordId, holdId: made! });
          held.set(filing, heldIn(filing, begun));
        }
      }
    }
    return { filings: arriving.map(({ filing }) => held.get(filing) ?? filing), opened };
  }

  /** Rows that were read, and read again, below the version that was known. */
  async holdRead(
    tx: Tx,
    { systemId, lens, runId }: { systemId: number; lens: Lens; runId: number },
    below: readonly RowBelow[],
    now: number,
  ): Promise<void> {
    if (below.length === 0) return;
    const call = await this.timelines.nextCall(tx);
    const seen = below.map(({ key, version, known }): SeenOfRow => ({
      code: 'read-below',
      sourceId: key,
      version,
      known,
    }));
    const holdIds = await this.holds.open(tx, systemId, seen, now);
    const filings = below.map((row, line): Filing => ({
      recordId: row.recordId,
      entry: rowEntry(row, lens, now, call, line),
      origin: { batchId: null, line: null, runId },
      // Many systems tell whole seconds: what is written to the row within this one must not count as written before.
      hold: { holdId: holdIds[line]!, countsFrom: wholeSecond(now) },
    }));
    // The very row may have been told long ago: then it is told once more, not again.
    await this.timelines.begin(tx, filings, now);
    await this.holds.hold(
      tx,
      below.map(({ recordId }, index) => ({ recordId, holdId: holdIds[index]! })),
    );
  }
}

function rowEntry(row: RowBelow, lens: Lens, now: number, call: number, line: number): Entry {
  const native = row.data as Json;
  const read = lens.envelope(native);
  const saidAt = statedTime(read.ok ? read.envelope.changedAt : null, now).stated;
  // Its own time may be that of the row which was known before: it stands where it was read.
  return {
    kind: 'heard',
    version: row.version,
    at: now,
    timing: 'accepted',
    saidAt,
    acceptance: { call, line },
    content: contentHash(native),
    native,
    hold: { standing: 'held' },
  };
}

/** Records of which something is told that is not above what was told of them before: hardly ever, but for repeats. */
function doubtfulOf(arriving: readonly Arriving[], knownOf: (recordId: number) => KnownBefore): Set<number> {
  const highest = new Map<number, number>();
  const doubtful = new Set<number>();
  for (const { filing } of arriving.toSorted(byAcceptance)) {
    const { recordId, entry } = filing;
    const { version } = entry;
    if (version === null) continue;
    const known = highest.get(recordId) ?? knownOf(recordId).version ?? -1;
    if (version <= known) doubtful.add(recordId);
    highest.set(recordId, Math.max(version, known));
  }
  return doubtful;
}

/** A hold, and where it began in the same piece of work: what was told with that at no earlier time belongs to it. */
interface Holding {
  holdId: number;
  from: { at: number; since: number } | null;
}

function heldIn(filing: Filing, { holdId, from }: Holding): Filing {
  const entry: Entry = { ...filing.entry, hold: { standing: 'held' } };
  const countsFrom = from && entry.at >= from.at ? from.since : null;
  return { ...filing, entry, hold: { holdId, countsFrom } };
}

function byAcceptance({ row: { acceptance: a } }: Arriving, { row: { acceptance: b } }: Arriving): number {
  return a.call - b.call || a.line - b.line;
}
