import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cluster, type Clusterable, type SaidOfPairs } from './cluster.ts';
import type { RecordPair } from './pairs.ts';
import { nameClusters } from './name-clusters.ts';

const nothingSaid: SaidOfPairs = { links: [], separations: [] };

function record(recordId: number, keys: string[], more: Partial<Clusterable> = {}): Clusterable {
  return { recordId, name: `adipose|${recordId}`, keys, follows: null, ...more };
}

describe('clusters', () => {
  it('records connected through others are one customer; a record that the hub made follows its founder', () => {
    const records = [record(1, ['a']), record(2, ['a', 'b']), record(3, ['b']), record(4, [])];
    expect(cluster([...records, record(5, [], { follows: 4 })], nothingSaid)).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
  });

  it('a record that the hub made is no evidence, whatever keys it has', () => {
    const records = [record(1, ['a']), record(2, ['b']), record(3, ['a', 'b'], { follows: 1 })];
    expect(cluster(records, nothingSaid)).toEqual([[1, 3], [2]]);
  });

  it('a record whose founder is not at hand stands by itself', () => {
    expect(cluster([record(1, []), record(2, [], { follows: 7 })], nothingSaid)).toEqual([[1], [2]]);
  });

  it('a steward’s link makes one customer of records that share nothing', () => {
    expect(cluster([record(1, []), record(2, []), record(3, [])], { links: [[3, 1]], separations: [] })).toEqual([
      [1, 3],
      [2],
    ]);
  });

  it('an excluded record stands alone: its keys, its links and what follows it connect nothing', () => {
    const records = [
      record(1, ['a']),
      record(2, ['a', 'b'], { alone: true }),
      record(3, ['b']),
      record(4, [], { follows: 2 }),
    ];
    expect(cluster(records, { links: [[2, 3]], separations: [] })).toEqual([[1], [2], [3], [4]]);
  });
});

describe('a steward’s not-same (law 5)', () => {
  it('parts two records that share a key, and leaves everyone else as they were', () => {
    const records = [record(1, ['a']), record(2, ['a']), record(3, ['c']), record(4, ['c'])];
    expect(cluster(records, { links: [], separations: [[2, 1]] })).toEqual([[1], [2], [3, 4]]);
  });

  it('the record in between goes where it shares more, not where it came first', () => {
    const records = [record(1, ['a']), record(2, ['a', 'b', 'c']), record(3, ['b', 'c'])];
    expect(cluster(records, { links: [], separations: [[1, 3]] })).toEqual([[1], [2, 3]]);
  });

  it('where it shares as much with both, names decide', () => {
    const records = [
      record(1, ['b'], { name: 'z' }),
      record(2, ['a', 'b'], { name: 'm' }),
      record(3, ['a'], { name: 'a' }),
    ];
    expect(cluster(records, { links: [], separations: [[1, 3]] })).toEqual([[1], [2, 3]]);
  });

  it('a link outranks shared keys, however many', () => {
    const records = [record(1, []), record(2, ['a', 'b']), record(3, ['a', 'b'])];
    expect(cluster(records, { links: [[1, 2]], separations: [[1, 3]] })).toEqual([[1, 2], [3]]);
  });

  it('of two links that it cannot have both, the one earlier by name stands, whichever was made first', () => {
    const records = [record(1, [], { name: 'c' }), record(2, [], { name: 'b' }), record(3, [], { name: 'a' })];
    const links: RecordPair[] = [[1, 2], [2, 3]]; // prettier-ignore
    for (const said of [links, links.toReversed()])
      expect(cluster(records, { links: said, separations: [[1, 3]] })).toEqual([[1], [2, 3]]);
  });

  it('a record that the hub made stays with its founder, and leaves it where the steward said so', () => {
    const records = [record(1, ['a']), record(2, ['a']), record(3, [], { follows: 1 })];
    expect(cluster(records, { links: [], separations: [[2, 3]] })).toEqual([[1, 3], [2]]);
    expect(cluster(records, { links: [], separations: [[1, 3]] })).toEqual([[1, 2], [3]]);
  });

  it('binds what either record was united with before', () => {
    const records = [
      record(1, ['a', 'b']),
      record(2, ['a', 'b', 'c']),
      record(3, ['c', 'd', 'e']),
      record(4, ['d', 'e']),
    ];
    expect(cluster(records, { links: [], separations: [[1, 4]] })).toEqual([
      [1, 2],
      [3, 4],
    ]);
  });

  it('two not-sames part three', () => {
    const records = [record(1, ['a']), record(2, ['a']), record(3, ['a'])];
    expect(cluster(records, { links: [], separations: [[1, 2], [3, 2]] })).toEqual([[1, 3], [2]]); // prettier-ignore
  });

  it('about a record that is not here, or excluded, parts nobody', () => {
    const records = [record(1, ['a']), record(2, ['a']), record(3, ['a'], { alone: true })];
    expect(cluster(records, { links: [], separations: [[1, 9], [3, 2]] })).toEqual([[1, 2], [3]]); // prettier-ignore
  });
});

describe('the order of arrival', () => {
  const size = 9;
  const place = fc.nat(size - 1);
  const pairs = fc.array(
    fc.tuple(place, place).filter(([a, b]) => a !== b),
    { maxLength: 4 },
  );
  const worlds = fc.record({
    keys: fc.array(fc.uniqueArray(fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'), { maxLength: 3 }), {
      minLength: size,
      maxLength: size,
    }),
    follows: fc.array(fc.option(place, { freq: 5 }), { minLength: size, maxLength: size }),
    alone: fc.array(fc.constantFrom(false, false, false, true), { minLength: size, maxLength: size }),
    links: pairs,
    separations: pairs,
  });
  type Drawn = typeof worlds extends fc.Arbitrary<infer World> ? World : never;

  /** The clusters by name, when the records got these ids and arrived in this order. */
  function namedClusters(world: Drawn, ids: readonly number[], order: readonly number[], turn: boolean): string[] {
    const records = order.map((index): Clusterable => {
      const follows = world.follows[index] ?? null;
      return {
        recordId: ids[index]!,
        name: `n${index}`,
        keys: turn ? world.keys[index]!.toReversed() : world.keys[index]!,
        follows: follows === null || follows === index ? null : ids[follows]!,
        alone: world.alone[index]!,
      };
    });
    const asIds = (list: readonly RecordPair[]) => {
      const drawn = list.map(([a, b]): RecordPair => (turn ? [ids[b]!, ids[a]!] : [ids[a]!, ids[b]!]));
      return turn ? drawn.reverse() : drawn;
    };
    const clusters = cluster(records, { links: asIds(world.links), separations: asIds(world.separations) });
    const names = clusters.map((group) => group.map((id) => `n${ids.indexOf(id)}`).sort());
    return names.map((group) => group.join()).sort();
  }

  const straight = Array.from({ length: size }, (_, index) => index);
  const shuffled = fc.shuffledSubarray(straight, { minLength: size });

  it('changes nothing but the numbers: any order of records, keys and decisions gives the same customers', () => {
    fc.assert(
      fc.property(worlds, shuffled, shuffled, (world, ids, order) => {
        expect(namedClusters(world, ids, order, true)).toEqual(namedClusters(world, straight, straight, false));
      }),
      { numRuns: 1000 },
    );
  });

  it('no customer holds both records of a not-same, and every record has one customer', () => {
    fc.assert(
      fc.property(worlds, (world) => {
        const clusters = namedClusters(world, straight, straight, false).map((group) => group.split(','));
        expect(clusters.flat().sort()).toEqual(straight.map((index) => `n${index}`));
        for (const [a, b] of world.separations)
          expect(clusters.some((group) => group.includes(`n${a}`) && group.includes(`n${b}`))).toBe(false);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the names of customers (rule 22)', () => {
  it('a cluster is the customer of its founding record; of two the one founded first; without any a new one', () => {
    const founded = [
      { customerId: 7, founder: 3 },
      { customerId: 8, founder: 1 },
    ];
    expect(nameClusters([[1, 2, 3], [4]], founded)).toEqual([
      { customerId: 7, founder: 3, records: [1, 2, 3] },
      { customerId: null, founder: 4, records: [4] },
    ]);
  });
});
