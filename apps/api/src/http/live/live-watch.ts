import type { LiveChange } from '@cinch/api-contract';
import { changesBetween, type LiveMarks } from './live-marks.ts';

const lookEveryMs = 1_000;

interface Watcher {
  look(last: LiveMarks | null): Promise<LiveMarks>;
  changed(changes: LiveChange): void;
  /** After each look, and before the pause to the next. */
  looked(): Promise<void>;
  /** A look went wrong, so the watch is over. */
  failed(error: unknown): void;
}

/** One look a second, from the first listener until it is stopped. */
export class LiveWatch {
  /** The first look is made: whatever changes from then on will be told. */
  readonly begun: Promise<void>;
  private last: LiveMarks | null = null;
  private timer: NodeJS.Timeout | null = null;
  private isOver = false;

  constructor(private readonly watcher: Watcher) {
    this.begun = this.step();
  }

  stop(): void {
    this.isOver = true;
    if (this.timer) clearTimeout(this.timer);
  }

  private async step(): Promise<void> {
    const now = await this.watcher.look(this.last);
    if (this.isOver) return;
    const changes = this.last && changesBetween(this.last, now);
    this.last = now;
    if (changes) this.watcher.changed(changes);
    await this.watcher.looked();
    if (!this.isOver) this.timer = setTimeout(() => this.next(), lookEveryMs);
  }

  private next(): void {
    this.step().catch((error: unknown) => {
      if (!this.isOver) this.watcher.failed(error);
    });
  }
}
