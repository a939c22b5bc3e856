import { Injectable } from '@nestjs/common';
import {
  cluster,
  matchKeys,
  maybeKeys,
  nameClusters,
  type CustomerKind,
  type Folded,
  type NamedCluster,
  type SaidOfPairs,
} from '@cinch/canonical-model';
import { keyHash } from '../../platform/content-hash.ts';
import type { Tx } from '../../platform/transaction.ts';
import { MatchingStore, type Neighbour } from './matching.store.ts';

/** A record whose timeline was just folded. */
interface Evidence extends Pick<Folded, 'said'> {
  recordId: number;
  systemId: number;
  sourceKey: string | null;
  origin: 'push' | 'hub';
  kind: CustomerKind;
  /** Not stored yet. */
  isNew: boolean;
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

/** Records to look around; `fresh` are those of them that are not stored yet. */
interface Seeds {
  recordIds: readonly number[];
  fresh: readonly Neighbour[];
}

interface Neighbourhood {
  near: Neighbour[];
  said: SaidOfPairs;
}

/** Works out who is who around the touched records. */
@Injectable()
export class Matching {
  constructor(private readonly store: MatchingStore) {}

  /** Keeps what the records say of themselves as evidence, then works out again who they are. */
  async recluster(tx: Tx, touched: readonly Evidence[], saidOf: SaidOf): Promise<Reclustered> {
    const evidence = touched.map(({ recordId, kind, origin, said, isNew }) => {
      const own = origin === 'hub' ? {} : said;
      return { recordId, isNew, keys: hashed(matchKeys(kind, own)), maybe: hashed(maybeKeys(kind, own)) };
    });
    await this.store.replaceKeys(tx, evidence);
    await this.store.replaceReviewKeys(
      tx,
      evidence.map(({ maybe, ...rest }) => ({ ...rest, keys: maybe })),
    );
    const keysOf = new Map(evidence.map(({ recordId, keys }) => [recordId, keys]));
    const fresh = touched
      .filter(({ isNew }) => isNew)
      .map((record): Neighbour => {
        const { recordId, systemId, sourceKey } = record;
        const name = `${systemId}|${sourceKey}`;
        return { recordId, name, customerId: null, follows: null, keys: keysOf.get(recordId)!, isNew: true };
      });
    const recordIds = touched.map((record) => record.recordId);
    return this.settle(tx, recordIds, await this.near(tx, { recordIds, fresh }, saidOf, false));
  }

  /** A steward said who is who: works out again who these records are, by what is known of them. */
  async around(tx: Tx, touched: readonly number[], saidOf: SaidOf): Promise<Reclustered> {
    return this.settle(tx, touched, await this.near(tx, { recordIds: touched, fresh: [] }, saidOf, true));
  }

  private async settle(tx: Tx, touched: readonly number[], { near, said }: Neighbourhood): Promise<Reclustered> {
    const recordIds = near.map((record) => record.recordId);
    const named = nameClusters(cluster(near, said), await this.store.foundedBy(tx, recordIds));
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

  /**
   * All records that may stand together with the touched ones. Where a steward keeps some apart, or has just said otherwise, records that
   * belong together are spread over several customers, so the search goes on until it finds no further ones.
   */
  private async near(
    tx: Tx,
    { recordIds: touched, fresh }: Seeds,
    saidOf: SaidOf,
    isSpread: boolean,
  ): Promise<Neighbourhood> {
    let near = [...(await this.store.neighbourhood(tx, touched)), ...fresh];
    for (;;) {
      const recordIds = near.map((record) => record.recordId);
      const said = await saidOf(recordIds);
      const linked = said.links.flat();
      const isWhole = !isSpread && said.separations.length === 0 && linked.every((id) => recordIds.includes(id));
      if (isWhole) return { near, said };
      const stored = await this.store.neighbourhood(tx, [...new Set([...recordIds, ...linked])]);
      const wider = [...stored, ...fresh];
      if (wider.length === near.length) return { near, said };
      near = wider;
    }
  }
}

function hashed(keys: readonly string[]): string[] {
  return [...new Set(keys.map(keyHash))];
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
