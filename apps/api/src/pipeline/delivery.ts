import { Injectable } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { added, canonicalJson, tallyOf, type Json, type OfferEntry, type ViewDifference } from '@cinch/canonical-model';
import type { Receipt } from '@cinch/system-adapter/protocol';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { contentHash } from '../platform/content-hash.ts';
import { crashPoint } from '../platform/crash-points.ts';
import { PieceSize } from '../platform/piece-size.ts';
import type { Tx } from '../platform/transaction.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import type { Filing } from '../stages/records/timelines.store.ts';
import { AdapterClient } from '../stages/refreshes/adapter-client.ts';
import { OutboundStore } from '../stages/outbound/outbound.store.ts';
import { VersionsStore } from '../stages/refreshes/versions.store.ts';
import { maySend } from './brake.ts';
import {
  ItemsStore,
  seenAs,
  type OpenItem,
  type SentItem,
  type UnansweredCreate,
} from '../stages/refreshes/items.store.ts';
import { confinedIn, differenceOf, isCounted } from '../stages/refreshes/plan.ts';
import { addedTo, countSettled } from '../stages/refreshes/run-counts.ts';
import { RunsStore, type RunRow } from '../stages/refreshes/runs.store.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { Ingest } from './ingest.ts';
import { asArrived, Listing } from './listing.ts';
import { Planning } from './planning.ts';
import { asForeign, asReceipt, outcomeOf } from './receipts.ts';
import { SystemsInForce, type SystemInForce } from './systems-in-force.ts';

const deliveredAtOnce = 200;

type KeyedItem = SentItem & { key: string | null };

/** Sends planned items and files what comes back: offers are committed before the call, receipts right after it. */
@Injectable()
export class Delivery {
  private readonly pieces = new PieceSize(deliveredAtOnce);

  constructor(
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly adapters: AdapterClient,
    private readonly planning: Planning,
    private readonly records: RecordsStore,
    private readonly items: ItemsStore,
    private readonly runs: RunsStore,
    private readonly views: ViewsStore,
    private readonly ingest: Ingest,
    private readonly listing: Listing,
    private readonly systems: SystemsInForce,
    private readonly outbound: OutboundStore,
    private readonly versions: VersionsStore,
  ) {}

  /**
   * From here on the refresh sends. What goes out between refreshes steps back: the plan is for all, and what was sent and has no answer is
   * in it.
   */
  async begin(tx: Tx, run: RunRow): Promise<void> {
    const now = this.clock.now();
    const left = await this.items.takeOver(tx, run.systemId, now);
    if (left) {
      await this.runs.addCounts(tx, left.runId, countSettled(left.settled));
      const unsent = left.settled.filter(({ outcome }) => outcome === 'withdrawn');
      await this.views.markDirty(tx, [...new Set(unsent.map(({ customerId }) => customerId))], 'push', now);
    }
    const withdrawn = await this.items.openCreates(tx, run.runId, run.systemId);
    const versions = await this.versions.inForce(tx, run.systemId);
    await this.runs.save(tx, { ...run, phase: 'apply', versions, counts: addedTo(run.counts, { withdrawn }) });
  }

  /** The system holds what it should: what goes out between refreshes goes on from here. */
  async proved(tx: Tx, { systemId, confined }: RunRow): Promise<void> {
    // One that is confined proves nothing of the rest.
    if (confined) return;
    return this.versions.noteProved(tx, systemId, this.clock.now());
  }

  /** Sends the next items of the run, none while outbound is paused. False when none is left that it may send by its plan. Repeating it after a crash repeats the same deliveries. */
  async next(run: RunRow, system: SystemInForce, signal: AbortSignal): Promise<boolean> {
    signal.throwIfAborted();
    crashPoint('delivery-begun');
    const sent = await this.prepare(run, await this.adapters.keepsDeliveryIds(system, signal));
    if (sent === null) {
      crashPoint('all-sent');
      return false;
    }
    if (sent.length === 0) return true;
    crashPoint('offers-committed');
    const receipts = await this.adapters.upsert(
      system,
      sent.map(({ deliveryId, kind, ifMatch, fields, key }) => {
        const values = Object.fromEntries(fields.map(({ path, to }) => [path, to]));
        return { deliveryId, key: kind === 'create' ? null : key, ifMatch, fields: values };
      }),
      signal,
    );
    crashPoint('delivery-answered');
    await this.settle(run, sent, receipts);
    crashPoint('receipts-committed');
    return true;
  }

  /**
   * Renders the next items anew, by what is golden now, and files what is about to be offered. Null when no item is left, or when the rest
   * has to be planned anew: the documents have moved, or what it became meanwhile is beyond what was let through.
   */
  private prepare(run: RunRow, keepsIds: boolean): Promise<KeyedItem[] | null> {
    let taken = 0;
    const held = (ms: number) => this.pieces.took(taken, ms);
    const work = async (tx: Tx) => {
      if (await this.outbound.isStill(tx, run.systemId)) return [];
      if (!keepsIds) await this.giveUpUnanswered(tx, run);
      const repeated = await this.items.open(tx, run.runId, 'sent', deliveredAtOnce);
      if (repeated.length > 0) return this.withKeys(tx, await this.stillNeeded(tx, run, repeated as SentItem[]));
      const open = await this.items.open(tx, run.runId, 'planned', this.pieces.now);
      taken = open.length;
      if (open.length === 0) return null;
      const current = (await this.runs.byId(tx, run.runId))!;
      if (await this.hasMoved(tx, current)) return null;
      const inForce = await this.systems.load(tx);
      const system = inForce.get(run.systemId)!;
      const differing = await this.render(tx, run, system, open);
      const rendered = keepsIds ? differing : await this.withoutUnlisted(tx, run, differing);
      if (!(await this.noteNext(tx, current, system, rendered))) return null;
      const pending = rendered.filter((one) => one.recordId === null);
      const made = await this.records.foundPending(
        tx,
        run.systemId,
        pending.map((one) => one.founding),
      );
      const ready = rendered.map((one) => ({ ...one, recordId: one.recordId ?? made.get(one.customerId)! }));
      const repeats = await this.items.unansweredCreates(
        tx,
        ready.filter((one) => one.kind === 'create').map((one) => one.recordId),
      );
      // What was sent may have been written: it is asked for again as it was sent, and what changed since goes as a change.
      const sent = ready.map((one) => {
        const { deliveryId, fields } = repeats.get(one.recordId) ?? { deliveryId: randomUUID(), fields: null };
        return { ...one, deliveryId, fields: fields ?? one.fields };
      });
      const needless = open.filter((item) => !rendered.some((one) => one.seq === item.seq)).map((item) => item.seq);
      await this.items.withdraw(tx, run.runId, needless, this.clock.now());
      await this.runs.addCounts(tx, run.runId, { withdrawn: needless.length });
      await this.items.markSent(tx, run.runId, sent, this.clock.now());
      const filings = sent.filter((one) => !repeats.has(one.recordId)).map((one) => this.offer(one, run.runId));
      await this.ingest.entries(tx, inForce, filings, run.runId);
      crashPoint('offers-filed');
      return this.withKeys(tx, sent);
    };
    return this.committer.commit(work, { held });
  }

  /** Whether a document has moved since the run was planned; between refreshes, since the system was proved. */
  private async hasMoved(tx: Tx, { mode, systemId, versions }: RunRow): Promise<boolean> {
    if (mode === 'events') return (await this.versions.movedSinceProof(tx, systemId)).length > 0;
    return versions !== null && versions !== (await this.versions.inForce(tx, systemId));
  }

  /** Whether the run may send these without another look at it. What is otherwise than it was seen is counted. */
  private async noteNext(tx: Tx, run: RunRow, { lens, limits }: SystemInForce, items: readonly OpenItem[]) {
    if (run.mode === 'events') return true;
    const changed = items.filter(({ changedSince }) => changedSince).length;
    const { counts, tallies } = run;
    if (!maySend(run, limits, { tally: tallyOf(items.filter(isCounted), lens), unseen: changed })) return false;
    if (changed > 0)
      await this.runs.save(tx, {
        ...run,
        counts: { ...counts, changedSince: counts.changedSince + changed },
        tallies: { ...tallies, unseen: tallies.unseen + changed },
      });
    return true;
  }

  /** Without the creates that would make a second row of one customer: whether theirs was made nevertheless, the system's rows will tell. */
  private async stillNeeded(tx: Tx, run: RunRow, repeated: readonly SentItem[]): Promise<SentItem[]> {
    const creates = repeated.filter(({ kind }) => kind === 'create');
    const needless = await this.records.needless(
      tx,
      creates.map(({ recordId }) => recordId),
    );
    const withdrawn = creates
      .filter(({ recordId }) => needless.has(recordId))
      .map(({ seq }) => ({ seq, outcome: 'failed' as const, code: 'withdrawn' }));
    await this.items.settle(tx, run.runId, withdrawn, this.clock.now());
    await this.runs.addCounts(tx, run.runId, countSettled(withdrawn));
    return repeated.filter(({ kind, recordId }) => kind !== 'create' || !needless.has(recordId));
  }

  /** Asked for again, the rows might be made again: whether they were made has to be heard first. */
  private async giveUpUnanswered(tx: Tx, run: RunRow): Promise<void> {
    const now = this.clock.now();
    const customerIds = await this.items.endUnanswered(tx, run.runId, now);
    await this.runs.addCounts(tx, run.runId, { failed: customerIds.length });
    if (run.mode === 'events') await this.views.markDirty(tx, customerIds, 'push', now);
  }

  private async withoutUnlisted<Item extends OpenItem>(tx: Tx, run: RunRow, items: readonly Item[]): Promise<Item[]> {
    const creates = items.filter(({ kind }) => kind === 'create');
    const unanswered = await this.items.unansweredCreates(
      tx,
      creates.flatMap(({ recordId }) => recordId ?? []),
    );
    const isUnlisted = ({ recordId }: OpenItem) => unanswered.get(recordId ?? 0)?.listed === false;
    const waiting = creates.flatMap(({ recordId, customerId }) => {
      const { listed = true, perhapsMade, waitsUntil } = unanswered.get(recordId ?? 0) ?? {};
      return listed || perhapsMade
        ? []
        : [{ customerId, cause: 'push', since: new Date(waitsUntil ?? this.clock.now()) }];
    });
    if (run.mode === 'events') await this.views.putOff(tx, run.systemId, waiting);
    return items.filter((item) => item.kind !== 'create' || !isUnlisted(item));
  }

  /** What a system that keeps no delivery ids made of what it did not answer: until that is heard, it is not sent again. */
  async hearUnanswered({ runId, systemId }: RunRow, system: SystemInForce, signal: AbortSignal): Promise<void> {
    if (await this.adapters.keepsDeliveryIds(system, signal)) return;
    const { run, unanswered } = await this.committer.commit(async (tx) => {
      return { run: (await this.runs.byId(tx, runId))!, unanswered: await this.items.unansweredIn(tx, systemId) };
    });
    const now = this.clock.now();
    const isDue = (one: UnansweredCreate) => !one.listed && !one.perhapsMade && (one.waitsUntil ?? now) <= now;
    if (!unanswered.some(isDue)) return;
    await this.listing.hear(run, system, signal);
    await this.committer.commit((tx) => this.runs.forgetSeen(tx, runId));
  }

  /** Items that still differ; the plan may be older than the golden record. */
  private async render(tx: Tx, run: RunRow, system: SystemInForce, open: readonly OpenItem[]) {
    const current = await this.planning.current(tx, run, system, [...new Set(open.map((item) => item.customerId))]);
    return open.flatMap((item) => {
      const planned =
        current.find((one) => one.customerId === item.customerId && (one.record?.recordId ?? null) === item.recordId) ??
        (item.recordId === null
          ? current.find((one) => one.customerId === item.customerId && one.record?.sourceKey === null)
          : undefined);
      if (!planned || planned.record?.holdId != null || (item.kind === 'create' && planned.standing !== 'create'))
        return [];
      const { changes, carried } = differenceOf(planned, system.lens, confinedIn(run), run.comparison);
      if (changes.length === 0) return [];
      const { golden, record, view } = planned;
      const founding = { customerId: item.customerId, follows: view.founder, kind: golden.kind };
      const base = record?.headPosition ?? null;
      const ifMatch = item.kind === 'create' ? null : (planned.drifted?.version ?? record!.headVersion);
      const recordId = record?.recordId ?? null;
      const changedSince = item.changedSince || seenAs({ ...item, fields: changes })[1] !== seenAs(item)[1];
      return [{ ...item, recordId, fields: changes, changedSince, ifMatch, carried, founding, base }];
    });
  }

  private offer(sent: SentItem & { carried: ViewDifference['carried']; base: string | null }, runId: number): Filing {
    const { carried, base, deliveryId, recordId } = sent;
    const content = contentHash([deliveryId, canonicalJson(carried as unknown as Json)]);
    const entry: OfferEntry = {
      kind: 'offer',
      version: null,
      at: this.clock.now(),
      content,
      base,
      deliveryId,
      carried,
    };
    return { recordId, entry, origin: { batchId: null, line: null, runId } };
  }

  private async withKeys<Item extends SentItem>(
    tx: Tx,
    items: readonly Item[],
  ): Promise<(Item & { key: string | null })[]> {
    const keys = new Map(
      (
        await this.records.byIds(
          tx,
          items.map((item) => item.recordId),
        )
      ).map((one) => [one.recordId, one.sourceKey]),
    );
    return items.map((item) => ({ ...item, key: keys.get(item.recordId) ?? null }));
  }

  /**
   * Each receipt counts for the row that it was asked of. One that shows a row of another record, as of a system that takes two customers for
   * one, is a refusal: heard, it would make the two one here, and a create would be asked for again and again.
   */
  private async ofOwnRows(tx: Tx, systemId: number, sent: readonly KeyedItem[], receipts: readonly Receipt[]) {
    const answered = sent.map((item, index) => ({ item, receipt: receipts[index]! }));
    const made = answered.flatMap(({ item: { kind, recordId }, receipt: { row } }) =>
      kind === 'create' && row ? [{ recordId, key: row.key }] : [],
    );
    const foreign = await this.records.namedAfterOthers(tx, systemId, made);
    const shown = new Set<string>();
    return answered.map(({ item, receipt }) => {
      const key = receipt.row?.key ?? item.key;
      if (key === null) return { item, receipt };
      const isOwn = item.kind === 'create' ? !foreign.has(item.recordId) && !shown.has(key) : key === item.key;
      shown.add(key);
      return { item, receipt: isOwn ? receipt : asForeign(receipt) };
    });
  }

  private settle(run: RunRow, sent: readonly KeyedItem[], receipts: readonly Receipt[]): Promise<void> {
    const held = (ms: number) => this.pieces.took(sent.length, ms);
    const work = async (tx: Tx) => {
      const now = this.clock.now();
      const inForce = await this.systems.load(tx);
      const { systemId, lens } = inForce.get(run.systemId)!;
      const answered = await this.ofOwnRows(tx, systemId, sent, receipts);
      const made = answered.filter(({ item, receipt }) => item.kind === 'create' && receipt.row !== null);
      const named = made.map(({ item, receipt }) => ({ recordId: item.recordId, key: receipt.row!.key }));
      await this.records.nameKeys(tx, systemId, named);

      const known = await this.records.byIds(
        tx,
        sent.map((item) => item.recordId),
      );
      const heads = new Map(known.map((record) => [record.recordId, record.known.headVersion]));
      const origin = { batchId: null, line: null, runId: run.runId };
      const filings = answered
        .filter(({ receipt }) => receipt.outcome === 'stored' || receipt.outcome === 'refused')
        .map(({ item, receipt }): Filing => ({
          recordId: item.recordId,
          entry: asReceipt(receipt, lens, heads.get(item.recordId) ?? null, now),
          origin,
        }));
      await this.ingest.entries(tx, inForce, filings, run.runId);
      await this.ingest.waiting(tx, inForce, systemId, new Map(named.map(({ recordId, key }) => [key, recordId])));
      crashPoint('receipts-filed');
      const mismatched = answered.filter(({ receipt }) => receipt.outcome === 'mismatch' && receipt.row !== null);
      const from = { systemId, lens, kind: 'heard', runId: run.runId } as const;
      await this.ingest.rows(
        tx,
        inForce,
        from,
        mismatched.map(({ receipt }, index) => asArrived(receipt.row!, index, now)),
      );

      // What was heard on the way may change the customer, and what changed while its row was made did not go with it: between
      // refreshes nobody else would look at it again.
      const customers = new Map(known.map(({ recordId, customerId }) => [recordId, customerId]));
      const customerIds = [...mismatched, ...made].map(({ item }) => customers.get(item.recordId) ?? item.customerId);
      if (run.mode === 'events') await this.views.markDirty(tx, customerIds, 'push', now);

      const settled = answered.map(({ item, receipt }) => ({ seq: item.seq, ...outcomeOf(item, receipt, lens) }));
      await this.items.settle(tx, run.runId, settled, now);
      // What the system did is filed whatever became of the run meanwhile: of one that was cancelled, these counted as failed.
      if (!(await this.runs.isOpen(tx, run.runId))) await this.runs.countAnew(tx, run.runId);
      else {
        const { counts, tallies, ...fresh } = (await this.runs.byId(tx, run.runId))!;
        // What met a row that had moved was not written: the next plan has it again.
        const told = answered.filter(({ receipt }) => receipt.outcome !== 'mismatch').map(({ item }) => item);
        const written = run.mode === 'events' ? {} : added(tallies.written, tallyOf(told.filter(isCounted), lens));
        const after = { counts: addedTo(counts, countSettled(settled)), tallies: { ...tallies, written } };
        await this.runs.save(tx, { ...fresh, ...after });
      }
      crashPoint('items-settled');
    };
    return this.committer.commit(work, { held });
  }
}
