import type { RecordPair } from './pairs.ts';
import { DisjointSets } from './disjoint-sets.ts';

/**
 * Sets that refuse a union which would put both of a pair that a steward keeps apart together, or by the machine two of what a customer
 * can have one of.
 */
export class Foes {
  private readonly sets: DisjointSets;
  private readonly foes = new Map<number, Set<number>>();
  private readonly single = new Map<number, ReadonlySet<string>>();

  /** `single`: of what each is the only one that its customer can have, such as a row of a system without duplicates; null: of nothing. */
  constructor(size: number, apart: readonly RecordPair[], single: readonly (string | null)[] = []) {
    this.sets = new DisjointSets(size);
    for (const [one, of] of single.entries()) if (of !== null) this.single.set(one, new Set([of]));
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

  /** The two must not come together by the machine. */
  areFoes(a: number, b: number): boolean {
    const [one, other] = [this.single.get(this.find(a)), this.single.get(this.find(b))];
    const isTwice = one && other && this.find(a) !== this.find(b) && [...one].some((single) => other.has(single));
    return isTwice === true || this.areKeptApart(a, b);
  }

  private areKeptApart(a: number, b: number): boolean {
    const foes = this.foes.get(this.find(a));
    if (!foes) return false;
    const root = this.find(b);
    for (const foe of foes) if (this.find(foe) === root) return true;
    return false;
  }

  /** `isSaid`: a steward said so, or it follows. */
  unite(a: number, b: number, isSaid = false): void {
    const [one, other] = [this.find(a), this.find(b)];
    if (one === other || (isSaid ? this.areKeptApart(one, other) : this.areFoes(one, other))) return;
    const root = this.sets.unite(one, other);
    merge(this.foes, root, one, other);
    merge(this.single, root, one, other);
  }

  private of(root: number): Set<number> {
    const found = this.foes.get(root) ?? new Set<number>();
    this.foes.set(root, found);
    return found;
  }
}

function merge<Item>(of: Map<number, ReadonlySet<Item>>, root: number, one: number, other: number): void {
  const all = new Set([...(of.get(one) ?? []), ...(of.get(other) ?? [])]);
  if (all.size > 0) of.set(root, all);
}
