import { Injectable } from '@nestjs/common';
import {
  evidenceOf,
  gradeOf,
  countsInCommon,
  enoughInCommon,
  matchKeysOf,
  withEnoughInCommon,
  type CustomerKind,
  type Features,
  type Graded,
  type Said,
} from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { CrosswalkStore } from './crosswalk.store.ts';
import { FeaturesCache } from './features-cache.ts';
import { crowd, KeysStore } from './keys.store.ts';
import type { JudgeInForce } from './models.store.ts';

export interface Somebody {
  kind: CustomerKind;
  said: Said;
  /** The code of the system that asks. */
  system: string;
}

export interface Candidate extends Graded {
  customerId: number;
}

/** Finds the customers that somebody may be, without storing anything. */
@Injectable()
export class WhoIs {
  constructor(
    private readonly keys: KeysStore,
    private readonly cache: FeaturesCache,
    private readonly crosswalk: CrosswalkStore,
  ) {}

  /** The best first; null where there is nothing to look for. */
  async candidates(tx: Tx, judge: JudgeInForce, { kind, said, system }: Somebody): Promise<Candidate[] | null> {
    const features = judge.scorer.features.of(evidenceOf(kind, said, system, judge.canonical));
    const records = await this.near(tx, judge, features);
    if (records === null) return null;
    const members = await this.crosswalk.customersOf(tx, records);
    const featuresOf = await this.cache.of(
      tx,
      judge,
      members.map(({ recordId }) => recordId),
    );
    return [...Map.groupBy(members, ({ customerId }) => customerId)]
      .flatMap(([customerId, own]) => {
        const known = own.flatMap(({ recordId }) => featuresOf.get(recordId) ?? []);
        const graded = gradeOf(features, known, judge);
        return graded ? [{ customerId, ...graded }] : [];
      })
      .sort(
        (a, b) => Number(b.grade === 'same') - Number(a.grade === 'same') || b.comparison.weight - a.comparison.weight,
      );
  }

  /** The records that have enough keys in common; null where there is no key to look for. */
  private async near(tx: Tx, { model }: JudgeInForce, features: Features): Promise<number[] | null> {
    const holders = new Map<number, number[]>();
    const isCrowded = (key: number) => holders.get(key)?.includes(crowd) ?? false;
    for (;;) {
      const { keys, crowded } = matchKeysOf(features, isCrowded, model.blocks.deepest);
      const unknown = keys.filter((key) => !holders.has(key));
      if (unknown.length === 0) {
        // A single weak key, such as a given name alone, brings nobody together.
        const told = [...keys, ...crowded].reduce((sum, key) => sum + countsInCommon(key), 0);
        const isNothing = told < enoughInCommon;
        return isNothing ? null : withEnoughInCommon(keys, (key) => holders.get(key)!);
      }
      for (const key of unknown) holders.set(key, []);
      for (const { key, recordId } of await this.keys.of(tx, unknown)) holders.get(key)!.push(recordId);
    }
  }
}
