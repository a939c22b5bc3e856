/** Gives back what was added, the first by a given order first. A binary heap: the order of adding does not matter. */
export class BestFirst<Item> {
  private readonly heap: Item[] = [];

  private readonly isBefore: (a: Item, b: Item) => boolean;

  /** `isBefore` must be a total order. */
  constructor(isBefore: (a: Item, b: Item) => boolean) {
    this.isBefore = isBefore;
  }

  add(item: Item): void {
    let at = this.heap.push(item) - 1;
    while (at > 0) {
      const above = (at - 1) >> 1;
      if (!this.swapIfBefore(at, above)) return;
      at = above;
    }
  }

  take(): Item | undefined {
    const [first] = this.heap;
    const last = this.heap.pop();
    if (this.heap.length === 0) return first;
    this.heap[0] = last!;
    for (let at = 0; ;) {
      const [left, right] = [2 * at + 1, 2 * at + 2];
      const isRight = right < this.heap.length && this.isBefore(this.heap[right]!, this.heap[left]!);
      const below = isRight ? right : left;
      if (below >= this.heap.length || !this.swapIfBefore(below, at)) return first;
      at = below;
    }
  }

  private swapIfBefore(low: number, high: number): boolean {
    const [one, other] = [this.heap[low]!, this.heap[high]!];
    if (!this.isBefore(one, other)) return false;
    this.heap[low] = other;
    this.heap[high] = one;
    return true;
  }
}
