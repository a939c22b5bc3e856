import { BestFirst } from './best-first.ts';
import type { Judge } from './cluster.ts';
import type { Features } from './features.ts';
import { JudgedGroups, type Judged } from './judged-groups.ts';
import type { MatchModel } from './model.ts';
import type { RecordPair } from './pairs.ts';
import { perBit } from './rarity.ts';

/** Which of the records stand together already and which must never, by what stewards said. */
export interface Standing {
  /** The same for all that stand together. */
  setOf(one: number): number;
  areApart(a: number, b: number): boolean;
  unite(a: number, b: number): void;
}

/** Two groups that may be united. */
interface Candidate {
  low: number;
  high: number;
  judged: Judged;
}

/**
 * Unites records step by step, the best linkage first and judged anew after each union, until none is good enough. Records that stand
 * together because a steward said so are judged each for itself, however unlike: who is like one of them comes to all of them. Depends
 * on nothing but the records, their order, the edges between them and how they stand: what no edge leads to changes nothing.
 */
export function agglomerate(
  records: readonly Features[],
  edges: readonly RecordPair[],
  standing: Standing,
  judge: Judge,
): void {
  new Agglomeration(records, edges, standing, judge).run();
}

class Agglomeration {
  private readonly groups: JudgedGroups;
  private readonly standing: Standing;
  private readonly thresholds: MatchModel['thresholds'];
  private readonly largest: number;
  private readonly candidates = new BestFirst<Candidate>(isBetter);
  /** Those that were refused for a rival, under both of their groups: what unites around them may end that. */
  private readonly unsure = new Map<number, Candidate[]>();
  /** Groups that stand together, under each of them. */
  private readonly circles = new Map<number, number[]>();

  constructor(records: readonly Features[], edges: readonly RecordPair[], standing: Standing, judge: Judge) {
    this.standing = standing;
    this.groups = new JudgedGroups(records, judge);
    this.thresholds = judge.model.thresholds;
    this.largest = judge.model.largestCluster;
    for (const [a, b] of edges) this.groups.connect(a, b);
    for (const one of records.keys()) this.offer(one, (other) => other > one);
    for (const [, circle] of Map.groupBy(records.keys(), (one) => standing.setOf(one)))
      for (const one of circle) this.circles.set(one, circle);
  }

  run(): void {
    for (let best = this.candidates.take(); best; best = this.candidates.take()) {
      const { low, high, judged } = best;
      const isStale = this.groups.near(low).get(high) !== judged;
      if (isStale || this.standing.areApart(low, high)) continue;
      if (this.isUnsure(best)) {
        for (const side of [low, high]) this.unsure.set(side, [...(this.unsure.get(side) ?? []), best]);
        continue;
      }
      if (this.groups.sizeOf(low) + this.groups.sizeOf(high) > this.largest || this.isVetoedBetween(low, high))
        continue;
      this.unite(low, high);
    }
  }

  private unite(into: number, gone: number): void {
    this.standing.unite(into, gone);
    this.groups.unite(into, gone);
    const circle = [...new Set([...this.circles.get(into)!, ...this.circles.get(gone)!])].filter((one) => one !== gone);
    for (const one of circle) this.circles.set(one, circle);
    this.offer(into);
    const touched = new Set(circle.flatMap((one) => [one, ...this.groups.near(one).keys()]));
    for (const one of touched) {
      for (const candidate of this.unsure.get(one) ?? []) this.candidates.add(candidate);
      this.unsure.delete(one);
    }
  }

  private offer(one: number, isMeant: (other: number) => boolean = () => true): void {
    for (const [other, judged] of this.groups.near(one)) {
      const isGood = !judged.isVetoed && judged.isCarried && judged.weight >= this.thresholds.link * perBit;
      if (isGood && isMeant(other))
        this.candidates.add({ low: Math.min(one, other), high: Math.max(one, other), judged });
    }
  }

  private areOne(a: number, b: number): boolean {
    return this.standing.setOf(a) === this.standing.setOf(b);
  }

  /** What a steward put together with the one must not be vetoed against what was put together with the other. */
  private isVetoedBetween(a: number, b: number): boolean {
    if (this.areOne(a, b)) return false;
    for (const one of this.circles.get(a)!)
      for (const other of this.circles.get(b)!) if (this.groups.between(one, other)?.isBarred) return true;
    return false;
  }

  /** A weak union is a question for a person when a third group goes as well with one of the two and must not stand with the other. */
  private isUnsure({ low, high, judged }: Candidate): boolean {
    return (
      judged.weight < this.thresholds.unsure * perBit &&
      (this.hasRival(low, high, judged.weight) || this.hasRival(high, low, judged.weight))
    );
  }

  private hasRival(of: number, against: number, weight: number): boolean {
    for (const [third, other] of this.groups.near(of)) {
      if (third === against || other.weight < weight - this.thresholds.rival * perBit) continue;
      if (this.areOne(against, third)) continue;
      if (this.standing.areApart(against, third) || this.groups.between(against, third)?.isBarred) return true;
    }
    return false;
  }
}

function isBetter(a: Candidate, b: Candidate): boolean {
  const difference = b.judged.weight - a.judged.weight || a.low - b.low || a.high - b.high;
  return difference < 0;
}
