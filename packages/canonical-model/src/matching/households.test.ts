import { modelAsShipped } from '../customer/model/model.ts';
import { households, sureContradictions, type HouseholdRecord } from '@cinch/demo-population/households';
import { describe, expect, test } from 'vitest';
import { evidenceOf } from './evidence.ts';
import { linkAll } from './link-all.ts';
import type { MatchModel } from './model.ts';
import { PopulationCount } from './population-count.ts';
import { Scorer } from './score.ts';
import { shippedModel } from './shipped-model.ts';

const nobodySaid = { links: [], separations: [] };
const evidenceOfAll = (records: readonly HouseholdRecord[]) =>
  records.map(({ of, said, system }) => evidenceOf(of.kind, said, system, modelAsShipped));

function linkedAll(records: readonly HouseholdRecord[], model: MatchModel) {
  const scorer = new Scorer(model);
  const compared = evidenceOfAll(records).map((evidence, recordId) => {
    const { system, key } = records[recordId]!;
    return { recordId, name: `${system}|${key}`, features: scorer.features.of(evidence), follows: null };
  });
  return linkAll(compared, nobodySaid, { scorer, model });
}

function linked(records: readonly HouseholdRecord[], model: MatchModel): HouseholdRecord[][] {
  return linkedAll(records, model).clusters.map((ids) => ids.map((id) => records[id]!));
}

/** Pairs in one customer that are two people, or two companies, of one house. */
function housemates(customers: readonly (readonly HouseholdRecord[])[]): string[] {
  const isMate = (one: HouseholdRecord, other: HouseholdRecord) =>
    one.of.truth !== other.of.truth && one.of.group === other.of.group;
  return customers.flatMap((records) =>
    records.flatMap((one, at) =>
      records.slice(at + 1).flatMap((other) => (isMate(one, other) ? [JSON.stringify([one.said, other.said])] : [])),
    ),
  );
}

/** Pairs in one customer of whom both records say, truly, two things that nobody can be both of. */
function neverOne(customers: readonly (readonly HouseholdRecord[])[]): string[] {
  const pairs = customers.flatMap((records) =>
    records.flatMap((one, at) => records.slice(at + 1).map((other) => [one, other] as const)),
  );
  return pairs
    .filter(([one, other]) => one.of.truth !== other.of.truth && sureContradictions(one, other) >= 2)
    .map(([one, other]) => `${one.of.setting}: ${JSON.stringify([one.said, other.said])}`);
}

function counted(records: readonly HouseholdRecord[]): MatchModel {
  const count = new PopulationCount();
  for (const evidence of evidenceOfAll(records)) count.add(evidence);
  return count.into(shippedModel, '2026-11-01T00:00:00.000Z');
}

describe('people and companies who share nearly everything are never one where two things surely contradict', () => {
  const records = households({ seed: 16, people: 420 });

  test('by the model that ships, and most of those who are one are found', () => {
    const customers = linked(records, shippedModel);
    expect(neverOne(customers)).toEqual([]);
    const truth = [...Map.groupBy(records, ({ of }) => of.truth).values()];
    const pairs = (groups: readonly (readonly unknown[])[]) =>
      groups.reduce((sum, { length }) => sum + (length * (length - 1)) / 2, 0);
    const right = customers.flatMap((ids) => [...Map.groupBy(ids, ({ of }) => of.truth).values()]);
    expect(pairs(right) / pairs(truth)).toBeGreaterThan(0.9);
  });

  test('by a model that has counted what is common among them', () => {
    expect(neverOne(linked(records, counted(records)))).toEqual([]);
  });

  test('in a few houses alone, where nothing tells what many share', () => {
    for (const seed of [1, 2, 3]) expect(neverOne(linked(households({ seed, people: 40 }), shippedModel))).toEqual([]);
  });

  test('by a model that links far too easily', () => {
    const rash = { ...shippedModel, thresholds: { ...shippedModel.thresholds, link: -10, strong: 0 }, population: 2 };
    expect(neverOne(linked(households({ seed: 4, people: 150 }), rash))).toEqual([]);
  });
});

describe('people of one house', () => {
  test.each([16, 17, 18])(
    'are never one customer, whatever they share, nor companies of one site (seed %i)',
    (seed) => {
      expect(housemates(linked(households({ seed, people: 250 }), shippedModel))).toEqual([]);
    },
  );

  test('are asked about at most twice in 100 records, and of such questions one in five is worth it', () => {
    const records = households({ seed: 16, people: 420 });
    const { clusters, edges, compared } = linkedAll(records, shippedModel);
    // Nor is each compared with all of its house.
    expect(compared / records.length).toBeLessThanOrEqual(12);
    const customerOf = new Map(clusters.flatMap((ids, at) => ids.map((id) => [id, at] as const)));
    const asked = new Map<string, boolean>();
    for (const { records: pair, asks } of edges) {
      const customers = pair.map((id) => customerOf.get(id)!).sort((a, b) => a - b);
      if (!asks || customers[0] === customers[1]) continue;
      const isOne = records[pair[0]]!.of.truth === records[pair[1]]!.of.truth;
      asked.set(customers.join(' '), asked.get(customers.join(' ')) === true || isOne);
    }
    const worth = [...asked.values()].filter(Boolean).length;
    expect((100 * asked.size) / records.length).toBeLessThanOrEqual(2);
    expect(worth).toBeGreaterThanOrEqual(0.2 * asked.size);
  });
});
