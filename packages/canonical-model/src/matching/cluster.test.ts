import { modelAsShipped } from '../customer/model/model.ts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RecordPair, SaidOfPairs } from './pairs.ts';
import type { ComparedRecord } from './cluster.ts';
import { evidenceOf, type Said } from './evidence.ts';
import { linkAll } from './link-all.ts';
import { Scorer } from './score.ts';
import { shippedModel } from './shipped-model.ts';

const judge = { scorer: new Scorer(shippedModel), model: shippedModel };
const nothingSaid: SaidOfPairs = { links: [], separations: [] };

/** What two records share if both have the clue. */
const clues: Record<string, (said: Said) => Said> = {
  p: (said) => ({ ...said, 'phone.primary': ['+12025550143'] }),
  q: (said) => ({ ...said, 'phone.primary': ['+13125550188'] }),
  e: (said) => ({ ...said, 'email.primary': ['zoe.m@example.com'] }),
  f: (said) => ({ ...said, 'email.primary': ['quincy77@example.org'] }),
  d: (said) => ({ ...said, birthDate: ['1980-02-29'] }),
  b: (said) => ({ ...said, birthDate: ['1951-07-16'] }),
};

function record(recordId: number, has: string, more: Partial<ComparedRecord> & { said?: Said } = {}): ComparedRecord {
  const { said = { name: [{ given: 'Zoë', family: 'McDonald' }] }, ...rest } = more;
  const all = [...has].reduce((sum, clue) => clues[clue]!(sum), said);
  const features = judge.scorer.features.of(evidenceOf('person', all, 'adipose', modelAsShipped));
  return { recordId, name: `adipose|${recordId}`, features, follows: null, ...rest };
}

const clustered = (records: ComparedRecord[], said = nothingSaid) => linkAll(records, said, judge).clusters;

describe('clusters by the model', () => {
  it('what shares a name and a clue is one customer, be it through a third', () => {
    expect(clustered([record(1, 'p'), record(2, 'pe'), record(3, 'e'), record(4, '')])).toEqual([[1, 2, 3], [4]]);
  });

  it('a name alone is a question for a person, never a link', () => {
    const { clusters, edges } = linkAll([record(1, ''), record(2, '')], nothingSaid, judge);
    expect(clusters).toEqual([[1], [2]]);
    expect(edges).toMatchObject([{ records: [1, 2] }]);
  });

  it('a record that the hub made follows its founder and is no evidence', () => {
    const records = [record(1, 'p'), record(2, 'e'), record(3, 'pe', { follows: 1 })];
    expect(clustered(records)).toEqual([[1, 3], [2]]);
  });

  it('an excluded record stands alone', () => {
    const records = [record(1, 'p'), record(2, 'pe', { alone: true }), record(3, 'e')];
    expect(clustered(records, { links: [[2, 3]], separations: [] })).toEqual([[1], [2], [3]]);
  });

  it('a link makes one customer of records that share nothing, and outranks what is shared', () => {
    const other = { said: { name: [{ given: 'Ann', family: 'Lee' }] } };
    expect(clustered([record(1, '', other), record(2, 'p')], { links: [[1, 2]], separations: [] })).toEqual([[1, 2]]);
    const records = [record(1, 'd', other), record(2, 'pe'), record(3, 'pe')];
    expect(clustered(records, { links: [[1, 2]], separations: [[1, 3]] })).toEqual([[1, 2], [3]]);
  });

  it('who is like one of two that a steward put together comes to both, however unlike these are', () => {
    const other = { said: { name: [{ given: 'Ann', family: 'Lee' }] } };
    const records = [record(1, 'pe'), record(2, 'pe'), record(3, 'qf', other), record(4, 'qf', other)];
    expect(clustered(records, { links: [[1, 4]], separations: [] })).toEqual([[1, 2, 3, 4]]);
  });

  it('a not-same parts two, and the one between goes where it fits better', () => {
    expect(clustered([record(1, 'p'), record(2, 'p')], { links: [], separations: [[2, 1]] })).toEqual([[1], [2]]);
    const records = [record(1, 'p'), record(2, 'ped'), record(3, 'ed')];
    expect(clustered(records, { links: [], separations: [[1, 3]] })).toEqual([[1], [2, 3]]);
  });

  it('junior and senior stay apart, and who may be either goes with neither', () => {
    const [junior, senior] = ['McDonald Jr', 'McDonald Sr'].map((family) => ({
      said: { name: [{ given: 'Zoë', family }] },
    }));
    const clusters = clustered([record(1, 'p', junior), record(2, 'p', senior), record(3, 'p')]);
    expect(clusters.some((ids) => ids.includes(1) && ids.includes(2))).toBe(false);
    expect(clusters).toContainEqual([3]);
  });
});

describe('a system that holds nobody twice', () => {
  const single = { ...judge, model: { ...shippedModel, duplicateFree: ['adipose'] } };
  const living = (recordId: number, has: string) => record(recordId, has, { liveIn: 'adipose' });
  const among = (records: ComparedRecord[], said = nothingSaid) => linkAll(records, said, single).clusters;

  it('has no two of its living rows at one customer, however alike, chained or not', () => {
    expect(among([living(1, 'pe'), living(2, 'pe')])).toEqual([[1], [2]]);
    const chained = among([living(1, 'ped'), record(2, 'pe'), living(3, 'pe')]);
    expect(chained.some((ids) => ids.includes(1) && ids.includes(3))).toBe(false);
  });

  it('has a row and its ended one at one customer, and two of which a steward said so, but no third', () => {
    expect(among([living(1, 'pe'), record(2, 'pe', { liveIn: null })])).toEqual([[1, 2]]);
    const said = { links: [[1, 2] as const], separations: [] };
    expect(among([living(1, 'pe'), living(2, 'pe'), living(3, 'pe')], said)).toEqual([[1, 2], [3]]);
  });
});

describe('the order of arrival', () => {
  const size = 8;
  const place = fc.nat(size - 1);
  const pairs = fc.array(
    fc.tuple(place, place).filter(([a, b]) => a !== b),
    { maxLength: 3 },
  );
  const worlds = fc.record({
    has: fc.array(fc.subarray([...'pqefdb']), { minLength: size, maxLength: size }),
    family: fc.array(fc.constantFrom('McDonald', 'Macdonald', 'Lee', 'McDonald Jr', 'McDonald Sr'), {
      minLength: size,
      maxLength: size,
    }),
    follows: fc.array(fc.option(place, { freq: 5 }), { minLength: size, maxLength: size }),
    links: pairs,
    separations: pairs,
  });
  type Drawn = typeof worlds extends fc.Arbitrary<infer World> ? World : never;
  const straight = Array.from({ length: size }, (_, index) => index);

  /** The clusters by name, when the records got these ids and arrived in this order. */
  function namedClusters(world: Drawn, ids: readonly number[], order: readonly number[]): string[] {
    const records = order.map((index) => {
      const follows = world.follows[index] ?? null;
      return record(ids[index]!, world.has[index]!.join(''), {
        name: `n${index}`,
        follows: follows === null || follows === index ? null : ids[follows]!,
        said: { name: [{ given: 'Zoë', family: world.family[index]! }] },
      });
    });
    const named = (list: readonly RecordPair[]) => list.map(([a, b]): RecordPair => [ids[b]!, ids[a]!]);
    const clusters = clustered(records, { links: named(world.links), separations: named(world.separations) });
    return clusters.map((ids_) => ids_.map((id) => `n${ids.indexOf(id)}`).sort().join()).sort(); // prettier-ignore
  }

  it('changes nothing but the numbers', () => {
    const shuffled = fc.shuffledSubarray(straight, { minLength: size });
    fc.assert(
      fc.property(worlds, shuffled, shuffled, (world, ids, order) => {
        expect(namedClusters(world, ids, order)).toEqual(namedClusters(world, straight, straight));
      }),
      { numRuns: 500 },
    );
  });

  it('no customer holds both records of a not-same, and every record has one customer', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const clusters = namedClusters(world, straight, straight).map((group) => group.split(','));
        expect(clusters.flat().sort()).toEqual(straight.map((index) => `n${index}`));
        for (const [a, b] of world.separations)
          expect(clusters.some((group) => group.includes(`n${a}`) && group.includes(`n${b}`))).toBe(false);
      }),
      { numRuns: 500 },
    );
  });
});
