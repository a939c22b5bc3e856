import type { ComparedRecord, Judge } from '../cluster.ts';
import { comparedPairs } from '../link-all.ts';
import { numberOf } from '../words.ts';
import { Training, type Trained } from './training.ts';

/** Trains on a whole population in memory. */
export function trainAll(records: readonly ComparedRecord[], judge: Judge, seed: number): Trained {
  const hashed = records.map((record) => ({ record, hash: numberOf(record.name) }));
  hashed.sort((a, b) => a.hash - b.hash || (a.record.name < b.record.name ? -1 : 1));
  const sorted = hashed.map(({ record }) => record);
  const place = new Map(sorted.map(({ recordId }, at) => [recordId, at]));
  const training = new Training(judge, 2);
  for (const { features } of sorted) if (features) training.addRecord(features);
  const found = comparedPairs(sorted, judge)
    .map((pair) => pair.map((id) => place.get(id)!).sort((a, b) => a - b) as [number, number])
    .sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  for (const [one, other] of found) training.addPair(sorted[one]!.features!, sorted[other]!.features!, null);
  const steps = training.learn(seed);
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}
