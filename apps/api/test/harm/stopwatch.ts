/** Where the minutes of a case go: of thousands of customers only a few of the cases are run if one of its phases is slow. */
export class Stopwatch {
  private readonly laps = new Map<string, number>();
  private since = performance.now();

  /** What has passed since the lap before was spent on this. */
  lap(phase: string): void {
    const now = performance.now();
    this.laps.set(phase, (this.laps.get(phase) ?? 0) + now - this.since);
    this.since = now;
  }

  inWords(): string {
    return [...this.laps].map(([phase, ms]) => `${phase} ${(ms / 1_000).toFixed(0)}`).join(', ');
  }
}
