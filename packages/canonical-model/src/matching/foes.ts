import type { RecordPair } from './pairs.ts';
import { DisjointSets } from './disjoint-sets.ts';

/** Sets that refuse a union which would put both of a pair that a steward keeps apart together. */
export class Foes {
  private readonly sets: DisjointSets;
  private readonly foes = new Map<number, Set<number>>();

  constructor(size: number, apart: readonly RecordPair[]) {
    this.sets = new DisjointSets(size);
    for (const [a, b] of apart) {
      this.of(a).add(b);
      this.of(b).add(a);
    }
  }

  find(one: number): number {
    return this.sets.find(one);
  }

  groups(): { root: number; members: number[] }[] {
    return this.sets.groups();
  }

  /** Roots of the sets that this one must not be united with. */
  foesOf(root: number): number[] {
    return [...new Set([...this.of(root)].map((foe) => this.find(foe)))];
  }

  unite(a: number, b: number): void {
    const [one, other] = [this.find(a), this.find(b)];
    if (one === other || this.foesOf(one).includes(other)) return;
    const all = new Set([...this.of(one), ...this.of(other)]);
    this.foes.set(this.sets.unite(one, other), all);
  }

  private of(root: number): Set<number> {
    const found = this.foes.get(root) ?? new Set<number>();
    this.foes.set(root, found);
    return found;
  }
}
