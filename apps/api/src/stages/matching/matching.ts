import { Injectable } from '@nestjs/common';
import { cluster, matchKeys, nameClusters, type Folded } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { MatchingStore } from './matching.store.ts';

/** A record whose timeline was just folded. */
interface Evidence extends Folded {
  recordId: number;
  origin: 'push' | 'hub';
}

interface Reclustered {
  /** Customers that the touched records stand in now, or stood in before. */
  affected: number[];
  /** The customer of each touched record, and of those around it. */
  customerOf: ReadonlyMap<number, number>;
}

/** Works out again who is who around the touched records. */
@Injectable()
export class Matching {
  constructor(private readonly store: MatchingStore) {}

  async recluster(tx: Tx, touched: readonly Evidence[]): Promise<Reclustered> {
    const keyed = touched.map(({ recordId, origin, state, said }) => ({
      recordId,
      keys: origin === 'hub' ? [] : matchKeys(state.kind, said),
    }));
    await this.store.replaceKeys(tx, keyed);
    const near = await this.store.neighbourhood(
      tx,
      keyed.map((row) => row.recordId),
    );
    const clusters = cluster(near);
    const named = nameClusters(
      clusters,
      await this.store.foundedBy(
        tx,
        near.map((record) => record.recordId),
      ),
    );
    const founded = await this.store.found(
      tx,
      named.filter((one) => one.customerId === null).map((one) => one.founder),
    );
    const assigned = named.map((one) => ({ ...one, customerId: one.customerId ?? founded.get(one.founder)! }));
    await this.store.assign(tx, assigned);

    const before = new Map(near.map((record) => [record.recordId, record.customerId]));
    const isTouched = new Set(keyed.map((row) => row.recordId));
    const changed = new Set<number>();
    for (const { customerId, records } of assigned) {
      if (records.some((id) => isTouched.has(id) || before.get(id) !== customerId)) changed.add(customerId);
      for (const id of records)
        if (before.get(id) !== customerId && before.get(id) !== null) changed.add(before.get(id)!);
    }
    const affected = [...changed].sort((a, b) => a - b);
    await this.store.settleStates(tx, affected);
    const customerOf = new Map(assigned.flatMap(({ customerId, records }) => records.map((id) => [id, customerId])));
    return { affected, customerOf };
  }
}
