import { customerKinds, type CustomerKind } from '../../customer/attributes.ts';
import type { ComparedRecord, Judge } from '../cluster.ts';
import { comparedPairs } from '../link-all.ts';
import type { MatchModel } from '../model.ts';
import { numberOf } from '../words.ts';
import { ComparedPairs } from './compared-pairs.ts';
import { trainKind, withTrained, type TrainedKind } from './train.ts';

export interface Trained {
  model: MatchModel;
  kinds: TrainedKind[];
}

/** Trains on a whole population in memory. */
export function trainAll(records: readonly ComparedRecord[], { model, scorer }: Judge, seed: number): Trained {
  const sorted = records.map((record) => ({ record, hash: numberOf(record.name) })).sort((a, b) => a.hash - b.hash || (a.record.name < b.record.name ? -1 : 1)).map(({record}) => record); // prettier-ignore
  const place = new Map(sorted.map(({ recordId }, at) => [recordId, at]));
  const found = comparedPairs(sorted, { model, scorer })
    .map((pair) => pair.map((id) => place.get(id)!).sort((a, b) => a - b) as [number, number])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const ofKind = (kind: CustomerKind): TrainedKind => {
    const own = sorted.flatMap(({ features }) => (features?.kind === kind ? [features] : []));
    const pairs = new ComparedPairs(model, kind, found.length);
    for (const [one, other] of found) {
      const [a, b] = [sorted[one]!.features!, sorted[other]!.features!];
      if (a.kind === kind) pairs.add(scorer, a, b);
    }
    return ended(trainKind(model, scorer, { kind, records: own, pairs, labels: new Map(), matchesPerPair: 2 }, seed));
  };
  const kinds = customerKinds.map(ofKind);
  return { model: withTrained(model, kinds), kinds };
}

function ended<Result>(steps: Generator<void, Result>): Result {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
