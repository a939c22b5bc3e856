import { Injectable } from '@nestjs/common';
import { closingId, isCreationClosed, standingIn, type Json } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { inTurns } from '../platform/in-turns.ts';
import { Committer } from '../platform/committer.ts';
import { crashPoint } from '../platform/crash-points.ts';
import { PieceSize } from '../platform/piece-size.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { ItemsStore, type PlannedItem, type UnansweredCreate } from '../stages/refreshes/items.store.ts';
import { LetInStore } from '../stages/refreshes/let-in.store.ts';
import {
  confinedIn,
  doubledOf,
  isAbout,
  planItems,
  PlanSum,
  surplusItem,
  unreadItem,
  withLetIn,
  withRefused,
  withUnseen,
  type Planned,
} from '../stages/refreshes/plan.ts';
import { RunsStore, type RunRow } from '../stages/refreshes/runs.store.ts';
import { VersionsStore } from '../stages/refreshes/versions.store.ts';
import type { ViewRow } from '../stages/views/view-row.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { withPlan } from './brake.ts';
import { SystemsInForce, type SystemInForce } from './systems-in-force.ts';

/** Customers in memory at a time, and at most in one commit where what changed since is planned again. */
const [pageSize, mostAgain] = [500, 500];

/** Works out what a system's view and its rows differ by. */
@Injectable()
export class Planning {
  private readonly again = new PieceSize(mostAgain);

  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly views: ViewsStore,
    private readonly runs: RunsStore,
    private readonly items: ItemsStore,
    private readonly versions: VersionsStore,
    private readonly letIn: LetInStore,
  ) {}

  /**
   * The complete plan of a run from its last listing, as everything was at one instant. It is made beside whatever is committed meanwhile, in
   * pages, and keeps nobody waiting; whom that changes is noted from the run's phase on, and planned again by `catchUp`.
   */
  async whole(run: RunRow, signal: AbortSignal): Promise<RunRow> {
    while (await this.committer.aside((tx) => this.runs.forgetChanged(tx, run.runId)));
    return this.database.in('plans').read(async (tx) => {
      const system = await this.systems.working(tx, run.systemId);
      const versions = await this.versions.inForce(tx, run.systemId);
      const before = await this.items.lastSeq(tx, run.runId);
      const sum = new PlanSum(system.lens);
      const add = async (made: readonly PlannedItem[]) => {
        const items = await this.asKnown(tx, run, made);
        sum.add(items);
        await this.committer.aside((own) => this.addTo(own, run, items));
      };
      if (!run.confined) {
        await add((await this.views.stillThere(tx, run.runId, run.listing)).map(surplusItem));
        await add((await this.runs.unread(tx, run)).map(unreadItem));
      }
      for (let last: number | null = 0; last !== null;) {
        signal.throwIfAborted();
        const creates = system.scope.create !== 'nobody';
        const page = await this.views.page(tx, system.systemId, creates, last, pageSize);
        const made: PlannedItem[] = [];
        for await (const planned of inTurns(await this.withListing(tx, run, system, page.rows), {
          standsBack: false,
        })) {
          if (!isAbout(planned, run.confined)) continue;
          const own = planItems(planned, system.lens, confinedIn(run), run.comparison);
          if (isCompared(planned)) sum.compared += 1;
          if (own.length === 0 && planned.record) sum.same += 1;
          made.push(...own);
        }
        await add(made);
        crashPoint('plan-made');
        last = page.last;
      }
      await this.committer.aside((own) => this.items.dropPlansUpTo(own, run.runId, before));
      const written = await this.database.read((own) => this.runs.written(own, run.runId));
      const planFloor = await this.runs.highestRecord(tx);
      Object.assign(sum.kinds, { create: written.create, change: written.change });
      const counts = { ...run.counts, ...written };
      return { ...withPlan({ ...run, counts }, system.limits, sum), versions, planFloor };
    });
  }

  /** Plans some of the customers again that changed since the plan was made. */
  async catchUp(tx: Tx, run: RunRow, system: SystemInForce): Promise<RunRow> {
    const began = this.clock.ran();
    const sum = PlanSum.of(run, system.lens);
    const customerIds = await this.runs.takeChanged(tx, run.runId, this.again.now);
    if (customerIds.length === 0) return withPlan(run, system.limits, sum);
    const all = await this.current(tx, run, system, customerIds);
    const rows = all.filter((row) => isAbout(row, run.confined));
    const surplus = run.confined ? [] : await this.views.stillThere(tx, run.runId, run.listing, customerIds);
    const each = rows.map((row) => planItems(row, system.lens, confinedIn(run), run.comparison));
    const items = await this.asKnown(tx, run, [...surplus.map(surplusItem), ...each.flat()]);
    const before = await this.items.takeOut(tx, run.runId, customerIds);
    await this.addTo(tx, run, items);

    sum.takeOut(before);
    sum.add(items);
    // Records keep their number while customers come together and part; those that began since were not counted before.
    const known = rows.flatMap(({ record }) => (record && record.recordId <= run.planFloor ? [record] : []));
    const [differed, notCompared] = [before, before.filter(isOfRowNotCompared)].map(
      (some) => new Set(some.map(({ recordId }) => recordId)),
    );
    sum.compared +=
      rows.filter(isCompared).length -
      known.filter((one) => one.sourceKey !== null && !notCompared!.has(one.recordId)).length;
    sum.same +=
      each.filter((own, index) => own.length === 0 && rows[index]!.record).length -
      known.filter((one) => !differed!.has(one.recordId)).length;
    this.again.took(customerIds.length, this.clock.ran() - began);
    return withPlan(run, system.limits, sum);
  }

  /** Whether the plan was made by other documents than are in force. */
  async isOutdated(tx: Tx, run: RunRow): Promise<boolean> {
    return run.versions !== (await this.versions.inForce(tx, run.systemId));
  }

  /** What the system refused in this run already is an exception, and what a person has not seen so is marked. */
  private async asKnown(tx: Tx, run: RunRow, made: readonly PlannedItem[]): Promise<PlannedItem[]> {
    const customerIds = made.flatMap(({ customerId }) => customerId ?? []);
    const items = withRefused(made, await this.items.refused(tx, run.runId, customerIds));
    const marked = withLetIn(items, await this.letIn.of(tx, run.systemId, customerIds));
    return withUnseen(marked, run.tallies.approved && (await this.items.seen(tx, run.runId, customerIds)));
  }

  private addTo(tx: Tx, { runId, round }: RunRow, items: readonly PlannedItem[]): Promise<void> {
    return this.items.add(tx, { runId, round, opensIn: null }, items, this.clock.now());
  }

  /**
   * What these customers' records differ by now; without a listing, nothing can be missing. What the run has open already is rendered by
   * what is golden when it is sent, and a row that is being made is looked at again when its receipt has come.
   */
  async ofCustomers(
    tx: Tx,
    run: RunRow,
    system: SystemInForce,
    customerIds: readonly number[],
  ): Promise<PlannedItem[]> {
    const planned = await this.current(tx, run, system, customerIds);
    const open = await this.items.openOf(tx, run.runId);
    return planned
      .filter(
        ({ customerId, record }) => !(record ? open.recordIds.has(record.recordId) : open.customerIds.has(customerId)),
      )
      .flatMap((one) => planItems({ ...one, missing: false, unanswered: null }, system.lens))
      .filter((item) => item.outcome === 'planned');
  }

  /** The customers as the system should see them now, with what the run's listing saw. */
  async current(
    tx: Tx,
    run: RunRow,
    system: SystemInForce,
    customerIds: readonly number[],
  ): Promise<(Planned & { view: ViewRow })[]> {
    return this.withListing(tx, run, system, await this.views.ofCustomers(tx, system.systemId, customerIds));
  }

  private async withListing(tx: Tx, run: RunRow, system: SystemInForce, rows: readonly ViewRow[]) {
    const recordIds = rows.flatMap((row) => (row.record ? [row.record.recordId] : []));
    const seen = await this.runs.seen(tx, run, recordIds);
    const without = rows.filter((row) => !isThere(row)).map((row) => row.customerId);
    const doubled = new Set(
      [...Map.groupBy(rows, (row) => row.customerId).values()].flatMap((own) =>
        doubledOf(own.flatMap(({ record }) => record ?? [])),
      ),
    );
    const pending = rows.flatMap(({ record }) => (record && record.sourceKey === null ? [record.recordId] : []));
    const unanswered = await this.items.unansweredCreates(tx, pending);
    const mayBeThere = await this.views.maybeThere(tx, system.systemId, without);
    return rows.map((view) => {
      const { customerId, golden, record } = view;
      const drifted = record && seen.get(record.recordId);
      const listedRow = drifted ? (JSON.parse(drifted) as { version: number | null; data: Json }) : null;
      const unreadable = listedRow !== null && !system.lens.envelope(listedRow.data).ok;
      const standing = standingIn(system.scope, {
        ...golden,
        live: true,
        present: isThere(view),
        closed: isCreationClosed(view.closings.map(closingId), view.reopened),
        maybeThere: mayBeThere.has(customerId),
      });
      return {
        view,
        customerId,
        golden,
        record,
        restores: view.restores,
        standing,
        unanswered: whyNotAgain(record ? unanswered.get(record.recordId) : undefined),
        doubled: record !== null && doubled.has(record.recordId),
        drifted:
          listedRow && !unreadable ? { version: listedRow.version, reading: system.lens.read(listedRow.data) } : null,
        unreadable,
        missing:
          record !== null &&
          record.sourceKey !== null &&
          !seen.has(record.recordId) &&
          record.recordId <= run.listingFloor,
      };
    });
  }
}

function whyNotAgain(create: UnansweredCreate | undefined): Planned['unanswered'] {
  if (!create || create.listed) return null;
  if (create.perhapsMade) return 'perhaps-made';
  return create.waitsUntil === null ? null : 'unanswered';
}

/** A record that is still to be made is not there yet. */
function isThere({ record }: ViewRow): boolean {
  return record !== null && record.sourceKey !== null;
}

function isCompared({ view, missing, unreadable, record }: Planned & { view: ViewRow }): boolean {
  return isThere(view) && !missing && !unreadable && record?.holdId == null;
}

function isOfRowNotCompared({ kind, code }: PlannedItem): boolean {
  return kind === 'missing' || kind === 'held' || code === 'row-unreadable';
}
