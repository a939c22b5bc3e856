import { PieceSize } from '../platform/piece-size.ts';

const [mostLines, fewestLines, aimedMs] = [500, 50, 100];

/**
 * How many lines that wait are worked on in one commit: enough to share its cost, and as many as are done in 100 ms, so that an urgent push
 * need not wait long. A push of few lines says nothing of what a load takes.
 */
export class ClaimSize extends PieceSize {
  constructor() {
    super(mostLines, fewestLines, aimedMs);
  }

  override took(lines: number, ms: number): void {
    if (lines >= fewestLines) super.took(lines, ms);
  }
}
