import { Injectable } from '@nestjs/common';
import {
  cluster,
  leastThatCounts,
  nameClusters,
  type ComparedRecord,
  type Edge,
  type Features,
  type NamedCluster,
  type SaidOfPairs,
} from '@cinch/canonical-model';
import type { Glance, Tx } from '../../platform/transaction.ts';
import { CrosswalkStore, type Neighbour } from './crosswalk.store.ts';
import { EdgesStore } from './edges.store.ts';
import { evidenceOnce } from './evidence-once.ts';
import { FeaturesCache } from './features-cache.ts';
import { KeysStore } from './keys.store.ts';
import { ModelsStore, type JudgeInForce } from './models.store.ts';
import { NextPlacesStore } from './next-places.store.ts';
import type { RecordMove } from './moves.store.ts';
import { Placement, type Placed, type Told } from './placement.ts';

/** A record whose timeline was just folded. */
export interface TouchedRecord extends Told {
  sourceKey: string | null;
  customerId: number | null;
  state: 'pending' | 'live';
  /** Its system has no row of it any more. */
  tombstoned: boolean;
  /** It has ended and is told of again, or became somebody else: who it is, is open. */
  isBegunAgain: boolean;
}

export interface Reclustered {
  /** Customers that the touched records stand in now, or stood in before. */
  affected: number[];
  /** The customer of each touched record, and of those around it. */
  customerOf: ReadonlyMap<number, number>;
  /** Customers that begin now, of new records alone. */
  founded: ReadonlySet<number>;
  /** Stored records that moved, and between which customers. */
  moves: readonly RecordMove[];
}

/** Who records would be by another model. */
export interface Foreseen {
  /** All that may stand together, each with the customer it stands in now. */
  near: readonly Neighbour[];
  clusters: readonly NamedCluster[];
}

/** What stewards said of pairs among these records. */
export type SaidOf = (recordIds: readonly number[]) => Promise<SaidOfPairs>;

/** Records around which it is worked out who is who. */
interface Seeds {
  /** Stored ones. */
  stored: readonly number[];
  /** Those that are not stored yet, and the edges that they brought. */
  fresh: readonly Neighbour[];
  edges: readonly Edge[];
  /** Which system has a row of them, where that is stored otherwise still. */
  liveIn: ReadonlyMap<number, string | null>;
}

const unchanged: Seeds['liveIn'] = new Map();

/** Works out who is who around the touched records. */
@Injectable()
export class Matching {
  constructor(
    private readonly models: ModelsStore,
    private readonly placement: Placement,
    private readonly cache: FeaturesCache,
    private readonly edges: EdgesStore,
    private readonly keys: KeysStore,
    private readonly store: CrosswalkStore,
    private readonly next: NextPlacesStore,
  ) {}

  /** Finds out by which model records are matched: asked for beside other things it costs no journey of its own. */
  async prepare(tx: Tx): Promise<void> {
    await this.models.inForce(tx);
  }

  /** Works out ahead what a record's words amount to as evidence; it is remembered until the record is placed. */
  async ahead(tx: Tx): Promise<(told: Pick<Told, 'kind' | 'said' | 'system'>) => void> {
    const judge = await this.models.inForce(tx);
    return ({ kind, said, system }) => void evidenceOnce(judge, kind, said, system);
  }

  /** Keeps what the records say of themselves as evidence, and finds out whom they are like. */
  async place(tx: Tx, touched: readonly TouchedRecord[]): Promise<Placed> {
    const placed = await this.placement.told(tx, await this.models.inForce(tx), touched);
    await this.noteChanged(tx, [...placed.changed]);
    return placed;
  }

  /** As if these of the records, which are not stored, had not been placed. */
  async takeBack(tx: Tx, placed: Placed, recordIds: readonly number[]): Promise<Placed> {
    await this.noteChanged(tx, recordIds);
    return this.placement.takeBack(tx, placed, recordIds);
  }

  /** Works out again who the records are that were just placed. */
  async recluster(
    tx: Tx,
    touched: readonly TouchedRecord[],
    { changed, around, edges }: Placed,
    saidOf: SaidOf,
  ): Promise<Reclustered> {
    const judge = await this.models.inForce(tx);
    const made = touched.filter(({ origin }) => origin === 'hub').map(({ recordId }) => recordId);
    const astray = new Set(await this.store.astray(tx, made));
    const single = touched.filter(({ system, isNew }) => !isNew && judge.model.duplicateFree?.includes(system));
    const turned = new Set(await this.store.turned(tx, single));
    const isOpen = ({ recordId, customerId, isBegunAgain }: TouchedRecord) =>
      isBegunAgain || changed.has(recordId) || customerId === null || astray.has(recordId) || turned.has(recordId);
    const [open, same] = [touched.filter(isOpen), touched.filter((record) => !isOpen(record))];
    const fresh = open
      .filter(({ isNew }) => isNew)
      .map(({ recordId, system, sourceKey, tombstoned }): Neighbour => {
        const [name, liveIn] = [`${system}|${sourceKey}`, tombstoned ? null : system];
        return { recordId, name, customerId: null, follows: null, alone: false, liveIn, isNew: true };
      });
    const liveIn = new Map(
      single.map(({ recordId, system, state, tombstoned }) => {
        return [recordId, state === 'live' && !tombstoned ? system : null];
      }),
    );
    const stored = [...open.filter(({ isNew }) => !isNew).map(({ recordId }) => recordId), ...around];
    const settled = await this.settle(
      tx,
      judge,
      open.map(({ recordId }) => recordId),
      { stored, fresh, edges, liveIn },
      saidOf,
    );
    // Who said nothing new of itself stays where it is, unless those around it moved.
    const customerOf = new Map(same.map(({ recordId, customerId }) => [recordId, customerId!]));
    for (const [recordId, customerId] of settled.customerOf) customerOf.set(recordId, customerId);
    const affected = new Set(settled.affected);
    for (const { recordId } of same) affected.add(customerOf.get(recordId)!);
    return { ...settled, affected: [...affected].sort((a, b) => a - b), customerOf };
  }

  /** A steward said who is who: works out again who these records are, by what is known of them. */
  async around(tx: Tx, touched: readonly number[], saidOf: SaidOf): Promise<Reclustered> {
    const judge = await this.models.inForce(tx);
    return this.settle(tx, judge, touched, { stored: touched, fresh: [], edges: [], liveIn: unchanged }, saidOf);
  }

  /** Who these records, and all that may stand with them, would be; nothing is stored. */
  async foresee(tx: Tx, judge: JudgeInForce, recordIds: readonly number[], saidOf: SaidOf): Promise<Foreseen> {
    const seeds = { stored: recordIds, fresh: [], edges: [], liveIn: unchanged };
    const { near, said, among, founders, features } = await this.near(tx, judge, seeds, saidOf);
    return {
      near,
      clusters: nameClusters(cluster(...compared(near, seeds, among, features), said, judge), founders),
    };
  }

  /** Whether a key may be no longer crowded. */
  isDoubtful(tx: Glance): Promise<boolean> {
    return this.keys.isDoubted(tx);
  }

  /** Returns the records around which who is who is to be worked out again. */
  async reconsider(tx: Tx): Promise<number[]> {
    return this.placement.reconsider(tx, await this.models.inForce(tx));
  }

  /** All records may be in the middle of being placed by another model. */
  private async noteChanged(tx: Tx, recordIds: readonly number[]): Promise<void> {
    if (recordIds.length > 0 && (await this.models.isPlacing(tx))) await this.next.noteChanged(tx, recordIds);
  }

  private async settle(
    tx: Tx,
    judge: JudgeInForce,
    touched: readonly number[],
    seeds: Seeds,
    saidOf: SaidOf,
  ): Promise<Reclustered> {
    const { near, said, among, founders, features, reserved } = await this.near(tx, judge, seeds, saidOf);
    const clusters = cluster(...compared(near, seeds, among, features), said, judge);
    const named = nameClusters(clusters, founders);
    const begin = named.filter((one) => one.customerId === null).map((one) => one.founder);
    const founded = await this.store.found(tx, begin, reserved);
    const assigned = named.map((one) => ({ ...one, customerId: one.customerId ?? founded.get(one.founder)! }));
    const moved = movesOf(near, assigned);
    await this.store.assign(tx, moved);
    const affected = affectedBy(near, assigned, touched);
    const customerOf = new Map(assigned.flatMap(({ customerId, records }) => records.map((id) => [id, customerId])));
    const isNew = new Set(near.filter((record) => record.isNew).map((record) => record.recordId));
    const begun = assigned.filter(
      ({ founder, records }) => founded.has(founder) && records.every((id) => isNew.has(id)),
    );
    const moves = moved.flatMap(({ recordId, from, customerId }) =>
      from === null ? [] : [{ recordId, from, to: customerId }],
    );
    return { affected, customerOf, founded: new Set(begun.map(({ customerId }) => customerId)), moves };
  }

  /**
   * All records that may stand together with the touched ones, and what is known of them: a steward's link may lead further, which may
   * lead further again.
   */
  private async near(tx: Tx, judge: JudgeInForce, { stored, fresh, edges, liveIn }: Seeds, saidOf: SaidOf) {
    const isFresh = new Set(fresh.map(({ recordId }) => recordId));
    const ends = new Set(edges.flatMap(({ records }) => records));
    let from = [...new Set([...stored, ...[...ends].filter((id) => !isFresh.has(id))])];
    for (;;) {
      const around = (await this.store.neighbourhood(tx, from, leastThatCounts(judge.model))).map((one) => {
        const { recordId } = one;
        return liveIn.has(recordId) ? { ...one, liveIn: liveIn.get(recordId)! } : one;
      });
      const near = [...around, ...fresh];
      const ids = new Set(near.map(({ recordId }) => recordId));
      const aroundIds = around.map(({ recordId }) => recordId);
      const [said, among, founders, features, reserved] = await Promise.all([
        saidOf([...ids]),
        this.edges.among(tx, aroundIds),
        this.store.foundedBy(tx, aroundIds),
        this.cache.of(tx, judge, [...new Set([...aroundIds, ...ends])]),
        this.store.reserve(tx, fresh.length),
      ]);
      const further = said.links.flat().filter((id) => !ids.has(id));
      if (further.length === 0) return { near, said, among, founders, features, reserved };
      from = [...new Set([...from, ...further])];
    }
  }
}

/** The records with what is compared of them, and the edges among them. */
function compared(
  near: readonly Neighbour[],
  { fresh, edges: brought }: Seeds,
  among: readonly Edge[],
  features: ReadonlyMap<number, Features>,
): [ComparedRecord[], Edge[]] {
  const isFresh = new Set(fresh.map(({ recordId }) => recordId));
  const isBrought = ({ records }: Edge) => records.some((id) => isFresh.has(id));
  const edges = [...among.filter((edge) => !isBrought(edge)), ...brought.filter(isBrought)];
  const ends = new Set(edges.flatMap(({ records }) => records));
  const records = near.map((record) => {
    const { recordId } = record;
    return { ...record, features: ends.has(recordId) ? (features.get(recordId) ?? null) : null };
  });
  return [records, edges];
}

/** The stored records that change their customer. */
function movesOf(near: readonly Neighbour[], assigned: readonly (NamedCluster & { customerId: number })[]) {
  const before = new Map(near.filter((one) => !one.isNew).map((one) => [one.recordId, one.customerId]));
  return assigned.flatMap(({ customerId, records }) =>
    records
      .filter((id) => before.has(id) && before.get(id) !== customerId)
      .map((recordId) => ({ recordId, customerId, from: before.get(recordId)! })),
  );
}

function affectedBy(
  near: readonly Neighbour[],
  assigned: readonly (NamedCluster & { customerId: number })[],
  touched: readonly number[],
): number[] {
  const before = new Map(near.map((record) => [record.recordId, record.customerId]));
  const isTouched = new Set(touched);
  const changed = new Set<number>();
  for (const { customerId, records } of assigned) {
    if (records.some((id) => isTouched.has(id) || before.get(id) !== customerId)) changed.add(customerId);
    for (const id of records)
      if (before.get(id) !== customerId && before.get(id) !== null) changed.add(before.get(id)!);
  }
  return [...changed].sort((a, b) => a - b);
}
