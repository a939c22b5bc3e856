/** Sets of the numbers below `size` that only ever grow together. */
export class DisjointSets {
  private readonly parents: Int32Array;

  constructor(size: number) {
    this.parents = Int32Array.from({ length: size }, (_, index) => index);
  }

  /** The number that stands for the set. */
  find(one: number): number {
    let root = one;
    while (this.parents[root]! !== root) root = this.parents[root]!;
    for (let next = one; next !== root;) {
      const above = this.parents[next]!;
      this.parents[next] = root;
      next = above;
    }
    return root;
  }

  /** Makes one set of two, and says which number stands for it. */
  unite(a: number, b: number): number {
    const [one, other] = [this.find(a), this.find(b)];
    const root = Math.min(one, other);
    this.parents[Math.max(one, other)] = root;
    return root;
  }

  groups(): { root: number; members: number[] }[] {
    const groups = Map.groupBy(this.parents.keys(), (index) => this.find(index));
    return [...groups].map(([root, members]) => ({ root, members }));
  }
}
