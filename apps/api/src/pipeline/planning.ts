import { Injectable } from '@nestjs/common';
import { closingId, isCreationClosed, standingIn, type Json } from '@cinch/canonical-model';
import type { Tx } from '../platform/transaction.ts';
import { ItemsStore, type PlannedItem, type UnansweredCreate } from '../stages/refreshes/items.store.ts';
import { doubledOf, planHash, planItems, surplusItem, unreadItem, type Planned } from '../stages/refreshes/plan.ts';
import { RunsStore, type RunRow } from '../stages/refreshes/runs.store.ts';
import type { ViewRow } from '../stages/views/view-row.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import type { SystemInForce } from './systems-in-force.ts';

const pageSize = 2_000;

export interface Plan {
  items: PlannedItem[];
  hash: string;
  /** Rows that were compared with their view, and of these the ones that hold it. */
  compared: number;
  same: number;
}

/** Works out what a system's view and its rows differ by. */
@Injectable()
export class Planning {
  constructor(
    private readonly views: ViewsStore,
    private readonly runs: RunsStore,
    private readonly items: ItemsStore,
  ) {}

  /** The complete plan of a run, from its last listing. */
  async whole(tx: Tx, run: RunRow, system: SystemInForce): Promise<Plan> {
    const items: PlannedItem[] = (await this.views.stillThere(tx, run.runId, run.listing)).map(surplusItem);
    items.push(...(await this.runs.unread(tx, run)).map(unreadItem));
    let compared = 0;
    let same = 0;
    for (let last: number | null = 0; last !== null;) {
      const creates = system.scope.create !== 'nobody';
      const page = await this.views.page(tx, system.systemId, creates, last, pageSize);
      for (const planned of await this.withListing(tx, run, system, page.rows)) {
        const made = planItems(planned, system.lens);
        const isHeld = planned.record?.holdId != null;
        if (isThere(planned.view) && !planned.missing && !planned.unreadable && !isHeld) compared += 1;
        if (made.length === 0 && planned.record) same += 1;
        items.push(...made);
      }
      last = page.last;
    }
    return { items, hash: planHash(items), compared, same };
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
