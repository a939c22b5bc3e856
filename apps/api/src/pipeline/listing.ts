import { Injectable } from '@nestjs/common';
import { classifyListed, type Json } from '@cinch/canonical-model';
import { listLimit, type AdapterRow } from '@cinch/system-adapter/protocol';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { crashPoint } from '../platform/crash-points.ts';
import { PieceSize } from '../platform/piece-size.ts';
import type { Tx } from '../platform/transaction.ts';
import type { ArrivedRow } from '../stages/records/read-rows.ts';
import type { SourceRecord } from '../stages/records/record-row.ts';
import { Suspects, type RowBelow } from '../stages/records/suspects.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { AdapterClient } from '../stages/refreshes/adapter-client.ts';
import { ItemsStore } from '../stages/refreshes/items.store.ts';
import { madeUnnamed } from '../stages/refreshes/as-sent.ts';
import type { ListedPage } from '../stages/refreshes/listed-page.ts';
import { ListingBounds } from '../stages/refreshes/listing-bounds.ts';
import { RunsStore, type RunRow } from '../stages/refreshes/runs.store.ts';
import { BadRows } from './bad-rows.ts';
import { Ingest } from './ingest.ts';
import { toldBy } from './parcels.ts';
import { GoneAndBack } from './gone-and-back.ts';
import { HeldSystems } from './held-systems.ts';
import { Holds } from './holds.ts';
import { ReadAgain } from './read-again.ts';
import { Rederive } from './rederive.ts';
import { SystemsInForce, type SystemInForce } from './systems-in-force.ts';

/** A system that looks at all of its rows for each page must not be asked for too many pages. */
const fewestRows = 100;

/** Hearing: a system is listed whole, page by page, and what the hub had not heard goes through ingest. */
@Injectable()
export class Listing {
  /** A page is a commit: so many rows are asked for as one may take in. */
  private readonly pages = new PieceSize(listLimit, fewestRows);

  constructor(
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly adapters: AdapterClient,
    private readonly runs: RunsStore,
    private readonly items: ItemsStore,
    private readonly records: RecordsStore,
    private readonly ingest: Ingest,
    private readonly rederive: Rederive,
    private readonly systems: SystemsInForce,
    private readonly readAgain: ReadAgain,
    private readonly suspects: Suspects,
    private readonly heldSystems: HeldSystems,
    private readonly holds: Holds,
    private readonly goneAndBack: GoneAndBack,
    private readonly badRows: BadRows,
  ) {}

  /** Listens to the end of the listing; a page is one commit with its cursor, so a crash goes on at the next page. */
  async hear(run: RunRow, system: SystemInForce, signal: AbortSignal): Promise<RunRow> {
    // A row can only be compared with what the hub knows when both are read by one mapping.
    while (await this.rederive.next());
    const keepsIds = await this.adapters.keepsDeliveryIds(system, signal);
    let current = run;
    // Of a listing that goes on after a crash nobody knows when it began.
    const begunAt = run.cursor === null ? this.clock.now() : null;
    const bounds = new ListingBounds(system.name);
    do {
      if (current.cursor === null) current = await this.begin(current);
      crashPoint('listing-begun');
      const cursor = current.cursor === '' ? null : current.cursor;
      const askedAt = this.clock.now();
      const page = await this.adapters.list(system, cursor, signal, this.pages.now);
      crashPoint('page-listed');
      bounds.take(page, current.counts.listed);
      const { rows, below } = await this.readAgain.page(system, page.rows, { cursor, askedAt }, signal);
      current = await this.takeIn(current, { ...page, rows }, bounds, { keepsIds, begunAt, below });
      crashPoint('page-committed');
      if (below.size > 0) await this.committer.commit((tx) => this.heldSystems.holdIfMany(tx, run.systemId));
      while (below.size > 0 && (await this.holds.answerStanding(run.systemId)));
    } while (current.cursor !== null);
    if (system.standing?.once) await this.holds.endOnce(run.systemId);
    else await this.goneAndBack.look(current, system, signal);
    return current;
  }

  private begin(run: RunRow): Promise<RunRow> {
    return this.committer.commit(async (tx) => {
      const listingFloor = await this.runs.highestRecord(tx);
      const begun = {
        ...run,
        listing: run.listing + 1,
        listedAt: this.clock.now(),
        listingFloor,
        cursor: '',
        // What the run found is told by its first listing; the later ones only prove that nothing of it is left.
        counts: { ...run.counts, listed: 0, ...(run.round === 0 && { drifted: 0 }) },
      };
      await this.runs.save(tx, begun);
      return begun;
    });
  }

  private takeIn(
    run: RunRow,
    { rows: shown, bad, nextCursor }: ListedPage,
    bounds: ListingBounds,
    { keepsIds, begunAt, below }: { keepsIds: boolean; begunAt: number | null; below: ReadonlyMap<string, RowBelow> },
  ): Promise<RunRow> {
    const work = async (tx: Tx) => {
      const inForce = await this.systems.load(tx);
      const system = inForce.get(run.systemId)!;
      const listed = await this.nameMade(tx, system, shown, keepsIds);
      const known = await this.records.byKeys(
        tx,
        run.systemId,
        listed.map((row) => row.key),
      );
      const { systemId, lens } = system;
      const suspected = [...below.values()].filter(({ key }) => known.get(key)?.holdId === null);
      await this.suspects.holdRead(tx, { systemId, lens, runId: run.runId }, suspected, this.clock.now());
      const isHeld = ({ key }: AdapterRow) => below.has(key) || (known.get(key)?.holdId ?? null) !== null;
      const sorted = this.sort(
        known,
        system,
        listed.filter((row) => !isHeld(row)),
      );
      const from = { systemId, lens, kind: 'heard', runId: run.runId } as const;
      await this.ingest.withoutPoison(tx, inForce, toldBy(from, sorted.news));

      const fresh = await this.records.byKeys(
        tx,
        run.systemId,
        sorted.news.map((row) => row.key).filter((key) => !known.has(key)),
      );
      const seen = [...known, ...fresh].map(([key, { recordId }]) => {
        return { recordId, drifted: sorted.drifted.get(key) ?? sorted.compareLater.get(key) ?? null };
      });
      const unread = sorted.unreadable.filter((key) => !known.has(key) && !fresh.has(key));
      await this.runs.addUnread(tx, run, unread);
      await this.badRows.note(tx, run, system, bad);
      const firstSeen = await this.runs.addSeen(tx, run, seen);
      // Rows that cannot be read have no record, so that nobody can say whether they were listed before.
      const keys = new Set(listed.map((row) => row.key));
      if (nextCursor !== null && bad.length === 0 && seen.length === keys.size) bounds.mustGoForward(firstSeen);
      if (nextCursor === null) {
        await this.badRows.closeMet(tx, run);
        const unanswered = await this.items.unansweredIn(tx, run.systemId);
        if (keepsIds) await this.items.noteNotShown(tx, unanswered);
        else await this.items.noteNotShownYet(tx, unanswered, begunAt ?? 0);
      }
      const { counts } = run;
      const after = {
        ...run,
        cursor: nextCursor,
        counts: {
          ...counts,
          listed: counts.listed + listed.length + bad.length,
          heard: counts.heard + sorted.news.length,
          drifted: counts.drifted + (run.round === 0 ? sorted.drifted.size : 0),
        },
      };
      await this.runs.save(tx, after);
      crashPoint('page-taken-in');
      return after;
    };
    return this.committer.commit(work, { held: (ms) => this.pages.took(shown.length, ms) });
  }

  /**
   * Rows that the hub made without ever getting an answer, also where the system told of them before as if they were its own: their keys
   * are named, and they say which delivery made them.
   */
  private async nameMade(
    tx: Tx,
    system: SystemInForce,
    listed: readonly AdapterRow[],
    keepsIds: boolean,
  ): Promise<readonly AdapterRow[]> {
    const unanswered = await this.items.unansweredIn(tx, system.systemId);
    if (unanswered.length === 0) return listed;
    const byDelivery = new Map(unanswered.map((one) => [one.deliveryId, one]));
    const unnamed = keepsIds ? [] : await this.unknown(tx, system.systemId, listed);
    const { made, perhaps } = madeUnnamed(unnamed, unanswered, system.lens);
    await this.items.notePerhapsMade(tx, [...perhaps]);
    for (const { key, delivery } of listed) {
      const one = delivery && byDelivery.get(delivery.id);
      if (one) made.set(key, one);
    }
    const named = [...made].map(([key, { recordId }]) => ({ recordId, key }));
    await this.records.nameKeys(tx, system.systemId, named);
    return listed.map((row) => {
      const one = made.get(row.key);
      return one && row.delivery === null ? { ...row, delivery: { id: one.deliveryId, version: row.version } } : row;
    });
  }

  private async unknown(tx: Tx, systemId: number, listed: readonly AdapterRow[]): Promise<AdapterRow[]> {
    const keys = listed.map(({ key }) => key);
    const known = await this.records.byKeys(tx, systemId, keys);
    return listed.filter(({ key, delivery }) => delivery === null && !known.has(key));
  }

  private sort(known: ReadonlyMap<string, SourceRecord>, { lens }: SystemInForce, listed: readonly AdapterRow[]) {
    const news: ArrivedRow[] = [];
    const drifted = new Map<string, string>();
    const compareLater = new Map<string, string>();
    const unreadable: string[] = [];
    for (const row of listed.map((one, index) => asArrived(one, index, this.clock.now()))) {
      const readable = lens.envelope(row.data).ok;
      // The protocol gives every row a version, so its content never has to be looked for in the timeline.
      const listedAs = readable
        ? classifyListed(lens.read(row.data), row.version, knownOf(known.get(row.key)), false, lens)
        : 'news';
      if (listedAs === 'news') news.push(row);
      const asListed = () => JSON.stringify({ version: row.version, data: row.data });
      if (listedAs === 'drift') drifted.set(row.key, asListed());
      // The plan says what of these it could not compare.
      if (listedAs === 'untold' || !readable) compareLater.set(row.key, asListed());
      if (!readable) unreadable.push(row.key);
    }
    return { news, drifted, compareLater, unreadable };
  }
}

/** What is known of a record; one that a steward confirmed as gone is deleted as of what was known then. */
export function knownOf(record: SourceRecord | undefined): SourceRecord['known'] | null {
  if (!record) return null;
  const { known, tombstoned } = record;
  const { headPosition: position, headAt: at } = known;
  if (!tombstoned || known.deleted || position === null || at === null) return known;
  return { ...known, deleted: { position, at } };
}

/** A listed row as an arrival. */
export function asArrived(row: AdapterRow, line: number, acceptedAt: number): ArrivedRow {
  const { key, version, delivery, data } = row;
  return {
    batchId: null,
    line,
    act: 'whole',
    eventId: null,
    key,
    version,
    // The mapping says where the row tells its time: the adapter's is when it looked at the row.
    changedAt: null,
    delivery,
    data: data as Json,
    acceptedAt,
  };
}
