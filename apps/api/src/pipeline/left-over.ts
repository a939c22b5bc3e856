import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { mostTriesAlone } from '../platform/work-under-way.ts';
import { UnderWayStore, type Left, type LinePlace } from '../stages/inbox/under-way.store.ts';
import { InboxStore, type Claimed, type Place } from '../stages/inbox/inbox.store.ts';
import { ErrorsStore } from '../stages/records/errors.store.ts';
import { Timelines } from '../stages/records/timelines.ts';
import type { ToldRow } from './parcels.ts';

/**
 * What was under way when the last worker ended, however it ended: it is worked off line by line before anything else, each noted before it
 * is tried, so that a line that kills is known by name. Its neighbours are taken in the same commit as ever, and none of them twice.
 */
@Injectable()
export class LeftOver {
  /** Undefined until it was looked for. */
  private found: Left | null | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly inbox: InboxStore,
    private readonly underWay: UnderWayStore,
    private readonly errors: ErrorsStore,
    private readonly timelines: Timelines,
  ) {}

  /** This process is on duty from now on: the last worker may have died. */
  lookAgain(): void {
    this.found = undefined;
  }

  /** What is worked on next, and whether it was left over: that comes first. */
  async claim(
    tx: Tx,
    mostLines: number,
    stopped: readonly number[],
  ): Promise<{ left: Left | null; claimed: Claimed[] }> {
    if (this.found === undefined) this.found = await this.underWay.left(tx);
    const left = this.found;
    // A large body yields to what is urgent, between its pieces as ever; it is still known as left over afterwards.
    if (left && !left.isUrgent && (await this.inbox.hasUrgent(tx, stopped)))
      return { left: null, claimed: await this.inbox.claim(tx, mostLines, stopped) };
    const claimed = left ? await this.inbox.claim(tx, mostLines, stopped, left) : [];
    if (claimed.length > 0) return { left, claimed };
    this.found = null;
    return { left: null, claimed: await this.inbox.claim(tx, mostLines, stopped) };
  }

  /** The places of all rows, each taken alone by `take`; one that kills is not tried any more. */
  async oneByOne(
    tx: Tx,
    left: Left,
    told: readonly ToldRow[],
    take: (row: ToldRow) => Promise<Place[]>,
  ): Promise<Place[]> {
    const isSuspect = (place: LinePlace) => left.line !== null && isSame(left.line, place);
    const killer = left.tries >= mostTriesAlone ? told.find((one) => isSuspect(placeOf(one))) : undefined;
    // In a transaction of its own: a further line may kill before this one commits.
    if (killer) {
      const { from, row } = killer;
      await this.database.transaction((own) => this.timelines.putAside(own, from, row, this.clock.now()));
    }
    const killers = await this.errors.killersIn(tx, [...new Set(told.map((one) => placeOf(one).batchId))]);
    const places: Place[] = [];
    for (const one of told) {
      const place = placeOf(one);
      if ((killer && isSuspect(place)) || killers.some((other) => isSame(other, place))) places.push('error');
      else {
        await this.underWay.noteLine(tx, place, isSuspect(place) ? left.tries + 1 : 1);
        places.push(...(await take(one)));
      }
    }
    return places;
  }
}

/** What waits came by a batch. */
function placeOf({ row }: ToldRow): LinePlace {
  return { batchId: row.batchId!, line: row.line };
}

function isSame(one: LinePlace, other: LinePlace): boolean {
  return one.batchId === other.batchId && one.line === other.line;
}
