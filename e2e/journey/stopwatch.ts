/** How long which part of the work took, to see where the next second is to be found. */
export class Stopwatch {
  private readonly parts = new Map<string, { times: number; ms: number }>();

  async time<T>(part: string, work: () => Promise<T>): Promise<T> {
    const since = performance.now();
    try {
      return await work();
    } finally {
      const before = this.parts.get(part) ?? { times: 0, ms: 0 };
      this.parts.set(part, { times: before.times + 1, ms: before.ms + performance.now() - since });
    }
  }

  /** As "axe in light colours 9.8 s (46)", the longest first. */
  toString(): string {
    return [...this.parts]
      .sort(([, one], [, other]) => other.ms - one.ms)
      .map(([part, { times, ms }]) => `${part} ${(ms / 1000).toFixed(1)} s (${times})`)
      .join(', ');
  }
}
