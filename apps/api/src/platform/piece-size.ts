/** So long a piece of a long work may hold the committer, in milliseconds: half of what is bearable, since no two pieces are alike. */
const aimedMs = 50;

/**
 * How many of a work go into one commit: as many as were done in the aimed time before. Larger pieces cost less altogether, and keep
 * whoever pushes meanwhile waiting.
 */
export class PieceSize {
  private size: number;

  constructor(
    private readonly most: number,
    private readonly least = 10,
    private readonly aimed = aimedMs,
  ) {
    // The first piece is done by code that has not run yet: how long it takes nobody knows.
    this.size = least;
  }

  get now(): number {
    return this.size;
  }

  took(count: number, ms: number): void {
    if (count === 0) return;
    const fitting = Math.floor((count * this.aimed) / Math.max(ms, 1));
    // One quick piece is no promise of the next.
    this.size = Math.max(this.least, Math.min(fitting, 2 * this.size, this.most));
  }
}
