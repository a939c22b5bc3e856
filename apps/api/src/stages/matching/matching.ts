import { Injectable } from '@nestjs/common';
import {
  cluster,
  nameClusters,
  type ComparedRecord,
  type Edge,
  type NamedCluster,
  type SaidOfPairs,
} from '@cinch/canonical-model';
import type { Glance, Tx } from '../../platform/transaction.ts';
import { CrosswalkStore, type Neighbour } from './crosswalk.store.ts';
import { EdgesStore } from './edges.store.ts';
import { FeaturesCache } from './features-cache.ts';
import { KeysStore } from './keys.store.ts';
import { ModelsStore, type JudgeInForce } from './models.store.ts';
import { Placement, type Told } from './placement.ts';

/** A record whose timeline was just folded. */
export interface TouchedRecord extends Told {
  sourceKey: string | null;
  customerId: number | null;
}

export interface Reclustered {
  /** Customers that the touched records stand in now, or stood in before. */
  affected: number[];
  /** The customer of each touched record, and of those around it. */
  customerOf: ReadonlyMap<number, number>;
  /** Customers that begin now, of new records alone. */
  founded: ReadonlySet<number>;
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
}

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
  ) {}

  /** Keeps what the records say of themselves as evidence, then works out again who they are. */
  async recluster(tx: Tx, touched: readonly TouchedRecord[], saidOf: SaidOf): Promise<Reclustered> {
    const judge = await this.models.inForce(tx);
    const { changed, around, edges } = await this.placement.told(tx, judge, touched);
    const made = touched.filter(({ origin }) => origin === 'hub').map(({ recordId }) => recordId);
    const astray = new Set(await this.store.astray(tx, made));
    const isOpen = ({ recordId, customerId }: TouchedRecord) =>
      changed.has(recordId) || customerId === null || astray.has(recordId);
    const [open, same] = [touched.filter(isOpen), touched.filter((record) => !isOpen(record))];
    const fresh = open
      .filter(({ isNew }) => isNew)
      .map(({ recordId, systemId, sourceKey }): Neighbour => {
        const name = `${systemId}|${sourceKey}`;
        return { recordId, name, customerId: null, follows: null, alone: false, isNew: true };
      });
    const stored = [...open.filter(({ isNew }) => !isNew).map(({ recordId }) => recordId), ...around];
    const settled = await this.settle(
      tx,
      judge,
      open.map(({ recordId }) => recordId),
      { stored, fresh, edges },
      saidOf,
    );
    // Who said nothing new of itself stays where it is, unless those around it moved.
    const customerOf = new Map(same.map(({ recordId, customerId }) => [recordId, customerId!]));
    for (const [recordId, customerId] of settled.customerOf) customerOf.set(recordId, customerId);
    const affected = new Set(settled.affected);
    for (const { recordId } of same) affected.add(customerOf.get(recordId)!);
    return { affected: [...affected].sort((a, b) => a - b), customerOf, founded: settled.founded };
  }

  /** A steward said who is who: works out again who these records are, by what is known of them. */
  async around(tx: Tx, touched: readonly number[], saidOf: SaidOf): Promise<Reclustered> {
    const judge = await this.models.inForce(tx);
    return this.settle(tx, judge, touched, { stored: touched, fresh: [], edges: [] }, saidOf);
  }

  /** Places every record by the model of this version, which must be in force from now on. Who is who is to be worked out after that. */
  async placeAnew(tx: Tx, version: number, atOnce: number): Promise<void> {
    await this.placement.anew(tx, await this.models.ofVersion(tx, version), atOnce);
  }

  /** Whether a key may be no longer crowded. */
  isDoubtful(tx: Glance): Promise<boolean> {
    return this.keys.isDoubted(tx);
  }

  /** Returns the records around which who is who is to be worked out again. */
  async reconsider(tx: Tx): Promise<number[]> {
    return this.placement.reconsider(tx, await this.models.inForce(tx));
  }

  private async settle(
    tx: Tx,
    judge: JudgeInForce,
    touched: readonly number[],
    seeds: Seeds,
    saidOf: SaidOf,
  ): Promise<Reclustered> {
    const { near, said } = await this.near(tx, seeds, saidOf);
    const clusters = cluster(...(await this.compared(tx, judge, near, seeds)), said, judge);
    const stored = near.filter(({ isNew }) => !isNew).map(({ recordId }) => recordId);
    const named = nameClusters(clusters, await this.store.foundedBy(tx, stored));
    const founded = await this.store.found(
      tx,
      named.filter((one) => one.customerId === null).map((one) => one.founder),
    );
    const assigned = named.map((one) => ({ ...one, customerId: one.customerId ?? founded.get(one.founder)! }));
    await this.store.assign(tx, movesOf(near, assigned));
    const affected = affectedBy(near, assigned, touched);
    const customerOf = new Map(assigned.flatMap(({ customerId, records }) => records.map((id) => [id, customerId])));
    const isNew = new Set(near.filter((record) => record.isNew).map((record) => record.recordId));
    const begun = assigned.filter(
      ({ founder, records }) => founded.has(founder) && records.every((id) => isNew.has(id)),
    );
    return { affected, customerOf, founded: new Set(begun.map(({ customerId }) => customerId)) };
  }

  /** All records that may stand together with the touched ones: a steward's link may lead further, which may lead further again. */
  private async near(tx: Tx, { stored, fresh, edges }: Seeds, saidOf: SaidOf) {
    const isFresh = new Set(fresh.map(({ recordId }) => recordId));
    const beside = edges.flatMap(({ records }) => records.filter((id) => !isFresh.has(id)));
    let from = [...new Set([...stored, ...beside])];
    for (;;) {
      const near = [...(await this.store.neighbourhood(tx, from)), ...fresh];
      const ids = new Set(near.map(({ recordId }) => recordId));
      const said = await saidOf([...ids]);
      const further = said.links.flat().filter((id) => !ids.has(id));
      if (further.length === 0) return { near, said };
      from = [...new Set([...from, ...further])];
    }
  }

  /** The records with what is compared of them, and the edges among them. */
  private async compared(
    tx: Tx,
    judge: JudgeInForce,
    near: readonly Neighbour[],
    seeds: Seeds,
  ): Promise<[ComparedRecord[], Edge[]]> {
    const stored = near.filter(({ isNew }) => !isNew).map(({ recordId }) => recordId);
    const isFresh = new Set(seeds.fresh.map(({ recordId }) => recordId));
    const isBrought = ({ records }: Edge) => records.some((id) => isFresh.has(id));
    const among = (await this.edges.among(tx, stored)).filter((edge) => !isBrought(edge));
    const edges = [...among, ...seeds.edges.filter(isBrought)];
    const ends = new Set(edges.flatMap(({ records }) => records));
    const features = await this.cache.of(tx, judge, [...ends]);
    const records = near.map((record) => ({ ...record, features: features.get(record.recordId) ?? null }));
    return [records, edges];
  }
}

/** The stored records that change their customer. */
function movesOf(near: readonly Neighbour[], assigned: readonly (NamedCluster & { customerId: number })[]) {
  const before = new Map(near.filter((one) => !one.isNew).map((one) => [one.recordId, one.customerId]));
  return assigned.flatMap(({ customerId, records }) =>
    records
      .filter((id) => before.has(id) && before.get(id) !== customerId)
      .map((recordId) => ({ recordId, customerId })),
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
