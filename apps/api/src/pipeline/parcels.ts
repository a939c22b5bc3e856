import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { together } from '../platform/together.ts';
import type { Tx } from '../platform/transaction.ts';
import type { Claimed, Place } from '../stages/inbox/inbox.store.ts';
import { Matching } from '../stages/matching/matching.ts';
import type { ArrivedRow } from '../stages/records/read-rows.ts';
import { Timelines, type ArrivedFrom, type FiledRows } from '../stages/records/timelines.ts';
import { HeldSystems } from './held-systems.ts';
import { LoadMarks } from './load-marks.ts';
import type { SystemInForce } from './systems-in-force.ts';
import type { Taken } from './without-poison.ts';

/** A row, and where it came from. Those that are taken together may be of several systems, but all of one kind, load and run. */
export interface ToldRow {
  from: ArrivedFrom;
  row: ArrivedRow;
}

/** Rows of several systems, filed side by side. */
interface FiledParcels {
  /** Where they come from: what they have in common. */
  from: ArrivedFrom;
  touched: FiledRows['touched'];
  finish: FiledRows['finish'];
  /** The place of each row, in their order, when these records were put aside. */
  places: (aside: ReadonlySet<number>) => Taken[];
}

export function toldBy(from: ArrivedFrom, rows: readonly ArrivedRow[]): ToldRow[] {
  return rows.map((row) => ({ from, row }));
}

/** What arrives at once is worked on at once, whichever systems it comes from: a journey to the database costs the same for all of it. */
@Injectable()
export class Parcels {
  constructor(
    private readonly clock: Clock,
    private readonly marks: LoadMarks,
    private readonly timelines: Timelines,
    private readonly matching: Matching,
    private readonly heldSystems: HeldSystems,
  ) {}

  /** What was claimed of one system, and where its rows come from. */
  async of(tx: Tx, inForce: ReadonlyMap<number, SystemInForce>, claimed: Claimed) {
    const { systemId, lens } = inForce.get(claimed.systemId)!;
    const load = await this.marks.loadOf(tx, claimed);
    const from = { systemId, lens, kind: 'push', runId: null, load } as const;
    return { claimed, from, told: toldBy(from, claimed.arrivals) };
  }

  /** At least one row. */
  async file(tx: Tx, told: readonly ToldRow[]): Promise<FiledParcels> {
    const parcels = [...Map.groupBy(told, ({ from }) => from)];
    const [filed] = await together([
      together(parcels.map(([from, own]) => this.fileOf(tx, from, own))),
      this.matching.prepare(tx),
    ]);
    const placesOf = new Map(parcels.map(([from], index) => [from, filed[index]!]));
    return {
      from: parcels[0]![0],
      touched: new Map(filed.flatMap((one) => [...one.touched])),
      finish: async (aside) => void (await together(filed.map((one) => one.finish(aside)))),
      places: (aside) => {
        const at = new Map(parcels.map(([from]) => [from, 0]));
        return told.map(({ from }) => {
          const index = at.get(from)!;
          at.set(from, index + 1);
          const { recordOf, places } = placesOf.get(from)!;
          return aside.has(recordOf[index] ?? 0) ? 'aside' : places[index]!;
        });
      },
    };
  }

  /** Over these the hub dies: they are tried no more. */
  async putAside(tx: Tx, told: readonly ToldRow[]): Promise<Place[]> {
    for (const { from, row } of told) await this.timelines.putAside(tx, from, row, this.clock.now());
    return told.map(() => 'error');
  }

  private async fileOf(tx: Tx, from: ArrivedFrom, told: readonly ToldRow[]): Promise<FiledRows> {
    const rows = told.map(({ row }) => row);
    const [filed, hasOld] = await together([
      this.timelines.fileRows(tx, from, rows, this.clock.now()),
      this.marks.hasOld(tx, from.systemId),
    ]);
    if (hasOld) await this.marks.noteTold(tx, from, rows);
    if (!filed.hasSuspects) return filed;
    const finish: FiledRows['finish'] = async (aside) => {
      await filed.finish(aside);
      await this.heldSystems.holdIfMany(tx, from.systemId);
    };
    return { ...filed, finish };
  }
}
