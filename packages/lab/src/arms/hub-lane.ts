import type { Side } from '../pair.ts';
import type { Stage } from '../stage.ts';

/** A lane that fails rests this long, twice as long after each failure up to the longest, and is then tried by one: as the hub's do. */
const firstRestMs = 1_000;
const longestRestMs = 60_000;

/** What is due in one system and did not get through: it goes out as soon as the system answers again. */
export class HubLane {
  private readonly stage: Stage;
  private readonly side: Side;
  private readonly waiting = new Set<number>();
  private restMs = firstRestMs;
  private isResting = false;
  private readonly tryAgain: (customer: number) => void;

  constructor(stage: Stage, side: Side, tryAgain: (customer: number) => void) {
    this.stage = stage;
    this.side = side;
    this.tryAgain = tryAgain;
  }

  has(customer: number): boolean {
    return this.waiting.has(customer);
  }

  get isEmpty(): boolean {
    return this.waiting.size === 0;
  }

  /** Nothing is due for the customer any more. */
  leave(customer: number): void {
    this.waiting.delete(customer);
  }

  /** Whether the system answered. What it does not answer waits. */
  call(customer: number, what: Parameters<Stage['call']>[2]): boolean {
    if (!this.isResting && this.stage.call(this.side, customer, what)) {
      this.restMs = firstRestMs;
      this.waiting.delete(customer);
      return true;
    }
    this.waiting.add(customer);
    if (!this.isResting) this.rest();
    return false;
  }

  private rest(): void {
    this.isResting = true;
    this.stage.agenda.add(this.stage.now + this.restMs, () => {
      this.isResting = false;
      for (const customer of this.waiting) {
        if (this.isResting) return;
        this.tryAgain(customer);
      }
    });
    this.restMs = Math.min(2 * this.restMs, longestRestMs);
  }
}
