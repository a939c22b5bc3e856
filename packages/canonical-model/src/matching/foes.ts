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

  /** The two must not come together. */
  areFoes(a: number, b: number): boolean {
    const foes = this.foes.get(this.find(a));
    if (!foes) return false;
    const root = this.find(b);
    for (const foe of foes) if (this.find(foe) === root) return true;
    return false;
  }

  unite(a: number, b: number): void {
    const [one, other] = [this.find(a), this.find(b)];
    if (one === other || this.areFoes(one, other)) return;
    const all = new Set([...(this.foes.get(one) ?? []), ...(this.foes.get(other) ?? [])]);
    const root = this.sets.unite(one, other);
    if (all.size > 0) this.foes.set(root, all);
  }

  private of(root: number): Set<number> {
    const found = this.foes.get(root) ?? new Set<number>();
    this.foes.set(root, found);
    return found;
  }
}
