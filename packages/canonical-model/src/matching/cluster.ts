import { DisjointSets } from './disjoint-sets.ts';
import { Foes } from './foes.ts';
import { byPlaces, placed, type RecordPair } from './pairs.ts';

/** A source record as clustering sees it. */
export interface Clusterable {
  recordId: number;
  /** What the record is called whatever arrived when, such as `adipose|A-100042`: no two records have the same. */
  name: string;
  /** Deterministic match keys, made of what the record itself asserted. */
  keys: readonly string[];
  /** For a record that the hub created: the founding record of the customer it was made for. It is no evidence itself. */
  follows: number | null;
  /** Excluded from mastering: it stands alone. */
  alone?: boolean;
}

/** What stewards said of pairs of records. */
export interface SaidOfPairs {
  /** The same customer. */
  links: readonly RecordPair[];
  /** Not the same: no cluster may hold both. */
  separations: readonly RecordPair[];
}

/**
 * Groups of records that belong to one customer: linked by a steward, following, or connected by a shared key. Nothing depends on the
 * order of arrival, provided that the records are all there are that any of these connects with one another.
 */
export function cluster(records: readonly Clusterable[], { links, separations }: SaidOfPairs): number[][] {
  const sorted = records.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const place = new Map(sorted.flatMap(({ recordId, alone }, index) => (alone ? [] : [[recordId, index]])));
  const placesOf = (pairs: readonly RecordPair[]) => pairs.flatMap((pair) => placed(pair, place));
  const said = placesOf(links).sort(byPlaces);
  const followed = placesOf(
    sorted.flatMap(({ recordId, follows }): RecordPair[] => (follows === null ? [] : [[recordId, follows]])),
  );
  const blocks = blocksOf(sorted);

  const sets = new DisjointSets(sorted.length);
  for (const [a, b] of [...said, ...followed]) sets.unite(a, b);
  for (const [first, ...others] of blocks) for (const other of others) sets.unite(first!, other);

  // Only where everything together would put a separated pair into one cluster does the order of unions matter.
  const rootOf = ([first]: readonly number[]) => sets.find(first!);
  const apart = Map.groupBy(
    placesOf(separations).filter(([a, b]) => sets.find(a) === sets.find(b)),
    rootOf,
  );
  const disputed = (some: readonly number[]) => apart.has(rootOf(some));
  const connected = Map.groupBy([...said, ...followed].filter(disputed), rootOf);
  const sharing = Map.groupBy(blocks.filter(disputed), rootOf);
  const clusters = sets.groups().flatMap(({ root, members }) => {
    const kept = apart.get(root);
    if (!kept) return [members];
    const strongest = strongestFirst(sharing.get(root) ?? []);
    return keptApart(members, [...(connected.get(root) ?? []), ...strongest], kept);
  });
  return clusters
    .map((members) => members.map((index) => sorted[index]!.recordId).sort((a, b) => a - b))
    .sort((a, b) => a[0]! - b[0]!);
}

/** The records of each key that several share. */
function blocksOf(sorted: readonly Clusterable[]): number[][] {
  const blocks = new Map<string, number[]>();
  for (const [index, { keys, follows, alone }] of sorted.entries()) {
    if (follows !== null || alone) continue;
    for (const key of new Set(keys)) {
      const block = blocks.get(key);
      if (block) block.push(index);
      else blocks.set(key, [index]);
    }
  }
  return [...blocks.values()].filter((block) => block.length > 1);
}

/** All pairs that share a key: those that share most of them first, then by name. */
function strongestFirst(blocks: readonly (readonly number[])[]): RecordPair[] {
  const strengths = new Map<number, Map<number, number>>();
  for (const block of blocks) {
    for (const [at, low] of block.entries()) {
      const shared = strengths.get(low) ?? new Map<number, number>();
      for (const high of block.slice(at + 1)) shared.set(high, (shared.get(high) ?? 0) + 1);
      strengths.set(low, shared);
    }
  }
  const pairs = [...strengths].flatMap(([low, shared]) =>
    [...shared].map(([high, strength]) => ({ pair: [low, high] as const, strength })),
  );
  return pairs.sort((a, b) => b.strength - a.strength || byPlaces(a.pair, b.pair)).map(({ pair }) => pair);
}

/** Unites pair by pair in the order given, and refuses what would put both records of a separation together. */
function keptApart(
  members: readonly number[],
  together: readonly RecordPair[],
  apart: readonly RecordPair[],
): number[][] {
  const local = new Map(members.map((member, index) => [member, index]));
  const here = ([a, b]: RecordPair): RecordPair => [local.get(a)!, local.get(b)!];
  const sets = new Foes(members.length, apart.map(here));
  for (const pair of together) sets.unite(...here(pair));
  return sets.groups().map((group) => group.members.map((index) => members[index]!));
}
