import { mulberry32 } from '../../../../scripts/mulberry32.ts';

/** Draws that are the same for the same seed: a failure is repeated by the seed that was printed. */
export class Random {
  /** In [0, 1). */
  readonly next: () => number;

  constructor(seed: number) {
    // Near seeds differ at once.
    this.next = mulberry32(Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b));
  }

  chance(share: number): boolean {
    return this.next() < share;
  }

  /** From 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  pick<T>(from: readonly T[]): T {
    return from[this.below(from.length)]!;
  }

  /** One of these, each as often among the others as its weight says. */
  weighted<T>(from: readonly (readonly [number, T])[]): T {
    let left = this.next() * from.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, one] of from) {
      left -= weight;
      if (left < 0) return one;
    }
    return from.at(-1)![1];
  }

  shuffled<T>(items: readonly T[]): T[] {
    const order = items.map((item) => ({ item, at: this.next() }));
    return order.sort((a, b) => a.at - b.at).map(({ item }) => item);
  }
}
