import { describe, expect, it } from 'vitest';
import { modelAsShipped } from '../customer/model/model.ts';
import { cluster, type ComparedRecord, type Edge } from './cluster.ts';
import { evidenceOf, type Said } from './evidence.ts';
import type { Features } from './features.ts';
import { Scorer } from './score.ts';
import { shippedModel } from './shipped-model.ts';

const judge = { scorer: new Scorer(shippedModel), model: shippedModel };
const givens = 'Ann Bo Cleo Dag Eve Finn Gro Hal Ida Jon Kai Liv Max Ned'.split(' ');
const own = 2 * givens.length;

const made = new Map<string, Features>();
function record(recordId: number, given: string, family: string, phone?: string): ComparedRecord {
  const said = { name: [{ given, family }], ...(phone && { 'phone.primary': [phone] }) } as Said;
  const text = JSON.stringify(said);
  const known = made.get(text);
  const features = known ?? judge.scorer.features.of(evidenceOf('person', said, 'shop', modelAsShipped));
  made.set(text, features);
  return { recordId, name: `shop|${recordId}`, features, follows: null };
}

/** Fourteen people in two records each, as like as just makes one customer, among so many others, of whom nothing but the name is known. */
function among(others: number): { records: ComparedRecord[]; edges: Edge[] } {
  const records = givens.flatMap((given, at) => [
    record(2 * at, given, 'Hollings', `+120255501${10 + at}`),
    record(2 * at + 1, given, 'Hollinks', `+120255501${10 + at}`.replace('0255', '0265')),
  ]);
  const pairs: [number, number][] = givens.map((_, at) => [2 * at, 2 * at + 1]);
  for (let stranger = own; stranger < own + others; stranger += 1) {
    const at = stranger % givens.length;
    records.push(record(stranger, givens[at]!, 'Hollings'));
    pairs.push([2 * at, stranger]);
  }
  const weigh = ([a, b]: [number, number]) => judge.scorer.weigh(records[a]!.features!, records[b]!.features!)!;
  return { records, edges: pairs.map((pair) => ({ records: pair, weight: weigh(pair), asks: true })) };
}

/** Who of the fourteen people are one customer, by the ids of their records. */
function ends(others: number, model = shippedModel): number[][] {
  const { records, edges } = among(others);
  const clusters = cluster(records, edges, { links: [], separations: [] }, { ...judge, model });
  return clusters.map((ids) => ids.filter((id) => id < own)).filter((ids) => ids.length > 0);
}

describe('strangers', () => {
  it('however many there are, the same 28 records end alike: among 1,000 and among 5,000', () => {
    const people = givens.map((_, at) => [2 * at, 2 * at + 1]);
    expect(ends(1_000)).toEqual(people);
    expect(ends(5_000)).toEqual(people);
  });

  it('a customer gets no more records by the machine than the model allows one', () => {
    const phone = '+12025550143';
    const records = Array.from({ length: 7 }, (_, id) => record(id, 'Ann', 'Hollings', phone));
    const edges = records.flatMap(({ recordId: a }) =>
      records.slice(a + 1).map(({ recordId: b }): Edge => ({ records: [a, b], weight: 100_000, asks: true })),
    );
    const model = { ...shippedModel, largestCluster: 3 };
    const clusters = cluster(records, edges, { links: [], separations: [] }, { ...judge, model });
    expect(Math.max(...clusters.map((ids) => ids.length))).toBe(3);
  });
});
