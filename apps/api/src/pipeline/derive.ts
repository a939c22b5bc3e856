import { Injectable } from '@nestjs/common';
import type { SaidOfPairs } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { crashPoint } from '../platform/crash-points.ts';
import type { Tx } from '../platform/transaction.ts';
import { saidOfPairs } from '../stages/decisions/decision.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { causesOf, type Cause, type Trace } from '../stages/mastering/cause.ts';
import { Matching } from '../stages/matching/matching.ts';
import { MovesStore } from '../stages/matching/moves.store.ts';
import { Timelines, type Touched } from '../stages/records/timelines.ts';
import { InwardBrake } from './inward-brake.ts';
import { hasBegunAgain, Lives } from './lives.ts';
import { Newcomers, type Derived } from './newcomers.ts';
import { SettingAside } from './setting-aside.ts';
import { PersonWatch } from './person-watch.ts';
import { Survive } from './survive.ts';
import { mustWork, type SystemInForce } from './systems-in-force.ts';

type InForce = ReadonlyMap<number, SystemInForce>;
type TouchedRecords = ReadonlyMap<number, Touched>;

/** Why records are derived: something was told or reads otherwise, or a person decided what of it counts. */
export type Why = Trace | { decided: Cause };
export const readAnew: Why = { kind: 'mapping', runId: null };

/** Rows that begin records have more to be stored of them, and may be refused by the database. */
interface Beginning {
  setting: SettingAside;
  /** Stores what else there is of the records that are not aside. */
  finish: () => Promise<void>;
}

/** From timelines to golden records: fold, match, survive. */
@Injectable()
export class Derive {
  constructor(
    private readonly clock: Clock,
    private readonly timelines: Timelines,
    private readonly matching: Matching,
    private readonly decisions: DecisionsStore,
    private readonly survive: Survive,
    private readonly inward: InwardBrake,
    private readonly persons: PersonWatch,
    private readonly lives: Lives,
    private readonly newcomers: Newcomers,
    private readonly moves: MovesStore,
  ) {}

  /** The customers that may have moved. Where the database refuses a new record, the step that it refused is done again without it. */
  async records(
    tx: Tx,
    inForce: InForce,
    touched: TouchedRecords,
    trace: Why,
    beginning: Beginning = nothingBegins(tx),
  ): Promise<number[]> {
    if (touched.size === 0) {
      await beginning.finish();
      return [];
    }
    const derive = (some: TouchedRecords) => this.derived(tx, inForce, some, trace, beginning);
    return (await this.newcomers.guard(tx, inForce, touched, derive)).affected;
  }

  private async derived(
    tx: Tx,
    inForce: InForce,
    touched: TouchedRecords,
    trace: Why,
    { setting, finish }: Beginning,
  ): Promise<Derived> {
    const derivationOf = (systemId: number) => mustWork(inForce.get(systemId)!);
    const codeOf = (systemId: number) => inForce.get(systemId)!.code;
    const read = await this.timelines.refold(tx, touched, derivationOf);
    const passed = await this.inward.pass(tx, inForce, touched, read);
    const known = await this.persons.pass(tx, inForce, touched, passed);
    const folded = await this.lives.begin(tx, known);
    crashPoint('timelines-folded');
    const told = folded.map((record) => ({
      ...record,
      kind: record.known.kind,
      system: codeOf(record.systemId),
      isBegunAgain: hasBegunAgain(record),
    }));
    let placed = await setting.step(() => this.matching.place(tx, setting.left(told)));
    const takeBack = async (recordIds: readonly number[]) => {
      placed = await this.matching.takeBack(tx, placed, recordIds);
    };
    return setting.step(async () => {
      const left = setting.left(told);
      const said = (ids: readonly number[]) => this.saidOf(tx, ids);
      await this.lives.letGo(tx, setting.left(folded), placed.changed);
      const { affected, customerOf, founded, moves } = await this.matching.recluster(tx, left, placed, said);
      setting.standIn(customerOf);
      crashPoint('customers-clustered');
      const kept = await this.timelines.keep(tx, setting.left(folded), customerOf, derivationOf);
      await finish();
      await this.timelines.noteReadable(tx, setting.left(folded), derivationOf, this.clock.now());
      crashPoint('records-kept');
      const movers = kept.map(({ recordId, systemId, sourceKey }) => {
        const { batchId } = touched.get(recordId)!;
        return { customerId: customerOf.get(recordId)!, system: codeOf(systemId), sourceId: sourceKey, batchId };
      });
      const causeOf = 'decided' in trace ? () => trace.decided : causesOf(trace, movers, moves);
      await this.moves.note(tx, moves, causeOf, this.clock.now());
      const changed = await this.survive.customers(tx, inForce, affected, causeOf, { kept, founded });
      return { affected, customerOf, moves, changed };
    }, takeBack);
  }

  /** The customers around these records, of whom a person said who is who. */
  async around(tx: Tx, inForce: InForce, recordIds: readonly number[], cause: Cause): Promise<number[]> {
    const { affected, moves } = await this.matching.around(tx, recordIds, (ids) => this.saidOf(tx, ids));
    await this.moves.note(tx, moves, () => cause, this.clock.now());
    await this.survive.customers(tx, inForce, affected, () => cause);
    return affected;
  }

  private async saidOf(tx: Tx, recordIds: readonly number[]): Promise<SaidOfPairs> {
    return saidOfPairs(await this.decisions.standing(tx, recordIds));
  }
}

function nothingBegins(tx: Tx): Beginning {
  return { setting: new SettingAside(tx, new Map(), false), finish: () => Promise.resolve() };
}
