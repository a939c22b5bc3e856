import { agglomerate, type Standing } from './agglomerate.ts';
import { DisjointSets } from './disjoint-sets.ts';
import type { Features } from './features.ts';
import { Foes } from './foes.ts';
import type { MatchModel } from './model.ts';
import { byPlaces, placed, type RecordPair, type SaidOfPairs } from './pairs.ts';
import type { Scorer } from './score.ts';
import { perBit } from './rarity.ts';
import { numberOf } from './words.ts';

/** A source record as clustering sees it. */
export interface ComparedRecord {
  recordId: number;
  /** What the record is called whatever arrived when, such as `adipose|A-100042`: no two records have the same. */
  name: string;
  /** What is compared, made of what the record itself asserted; null for one that said nothing. */
  features: Features | null;
  /** For a record that the hub created: the founding record of the customer it was made for. It is no evidence itself. */
  follows: number | null;
  /** Excluded from mastering: it stands alone. */
  alone?: boolean;
  /** Code of the system that has a row of it; null, or left out, where it has none any more, or not yet. */
  liveIn?: string | null;
}

/** Two records that go well enough together to be of one customer, by themselves or by what others say. */
export interface Edge {
  records: RecordPair;
  /** Ten-thousandths of a bit. */
  weight: number;
  /** A person is asked about them where they stand apart. */
  asks: boolean;
}

export interface Judge {
  scorer: Scorer;
  model: MatchModel;
}

/**
 * Groups of records that belong to one customer: linked by a steward, following, or found to be the same by the model. Nothing depends
 * on the order of arrival, provided that the records are all there are that any of these connects with one another.
 */
export function cluster(
  records: readonly ComparedRecord[],
  edges: readonly Edge[],
  { links, separations }: SaidOfPairs,
  judge: Judge,
): number[][] {
  const sorted = inOneOrder(records);
  const place = new Map(sorted.flatMap(({ recordId, alone }, index) => (alone ? [] : [[recordId, index]])));
  const placesOf = (pairs: readonly RecordPair[]) => pairs.flatMap((pair) => placed(pair, place));
  const said = placesOf(links).sort(byPlaces);
  const followed = placesOf(
    sorted.flatMap(({ recordId, follows }): RecordPair[] => (follows === null ? [] : [[recordId, follows]])),
  ).sort(byPlaces);
  const compared = edges
    .filter(({ weight }) => weight >= leastThatCounts(judge.model))
    .filter(({ records }) => records.every((id) => place.has(id) && isEvidence(sorted[place.get(id)!]!)))
    .map(({ records }) => placed(records, place)[0]!)
    .sort(byPlaces);

  const sets = new DisjointSets(sorted.length);
  for (const [a, b] of [...said, ...followed]) sets.unite(a, b);
  for (const pair of compared) sets.unite(...pair);
  const rootOf = ([first]: RecordPair) => sets.find(first);
  const apart = Map.groupBy(
    placesOf(separations).filter(([a, b]) => sets.find(a) === sets.find(b)),
    rootOf,
  );
  const together = Map.groupBy([...said, ...followed], rootOf);
  const near = Map.groupBy(compared, rootOf);
  const clusters = sets.groups().flatMap(({ root, members }) => {
    if (members.length === 1) return [members];
    const pieces = { members, together: together.get(root) ?? [], apart: apart.get(root) ?? [] };
    return connected(pieces, near.get(root) ?? [], sorted, judge);
  });
  return clusters
    .map((members) => members.map((index) => sorted[index]!.recordId).sort((a, b) => a - b))
    .sort((a, b) => a[0]! - b[0]!);
}

/**
 * An edge below it neither unites two records nor makes a rival: it is a question and no more. Were records held together in one piece by
 * such edges, strangers would decide of them, and the more records there are the more strangers.
 */
export function leastThatCounts({ thresholds: { link, rival } }: MatchModel): number {
  return Math.round((link - rival) * perBit);
}

/** By a hash of the name: keys of a system may tell what belongs together, and must not decide ties. */
function inOneOrder(records: readonly ComparedRecord[]): ComparedRecord[] {
  const hashed = records.map((record) => ({ record, hash: numberOf(record.name) }));
  hashed.sort((a, b) => a.hash - b.hash || (a.record.name < b.record.name ? -1 : 1));
  return hashed.map(({ record }) => record);
}

interface Connected {
  members: readonly number[];
  together: readonly RecordPair[];
  apart: readonly RecordPair[];
}

/** Clusters of one connected piece: what a steward said first, then what follows, then what the model finds. */
function connected(
  { members, together, apart }: Connected,
  edges: readonly RecordPair[],
  sorted: readonly ComparedRecord[],
  judge: Judge,
): number[][] {
  const local = new Map(members.map((member, index) => [member, index]));
  const here = ([a, b]: RecordPair): RecordPair => [local.get(a)!, local.get(b)!];
  const isSingle = (system: string) => judge.model.duplicateFree?.includes(system) === true;
  const single = members.map((member) => {
    const { liveIn } = sorted[member]!;
    return liveIn != null && isSingle(liveIn) ? liveIn : null;
  });
  const sets = new Foes(members.length, apart.map(here), single);
  for (const pair of together) sets.unite(...here(pair), true);
  // Whom a steward put here though nobody is like it says nothing against the others.
  const ends = new Set(edges.flat());
  const speaking = members.flatMap((member, index) => (ends.has(member) ? [index] : []));
  const placeOf = new Map(speaking.map((index, at) => [index, at]));
  const standing: Standing = {
    setOf: (one) => sets.find(speaking[one]!),
    areApart: (a, b) => sets.areFoes(speaking[a]!, speaking[b]!),
    unite: (a, b) => sets.unite(speaking[a]!, speaking[b]!),
  };
  agglomerate(
    speaking.map((index) => sorted[members[index]!]!.features!),
    edges.flatMap((pair) => placed(here(pair), placeOf)),
    standing,
    judge,
  );
  return sets.groups().map((group) => group.members.map((one) => members[one]!));
}

function isEvidence({ features, follows }: ComparedRecord): boolean {
  return features !== null && follows === null;
}
