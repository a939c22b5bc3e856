import { createRandom, type Random } from '@cinch/demo-population/random';
import type { Side } from './pair.ts';
import { dayMs, faultRates, type Setting } from './setting.ts';
import { dayOf } from './values.ts';

/** When the messages of an arm arrive, and on which days each system is down: the days are the same for all arms. */
export class Faults {
  private readonly downDays: readonly [ReadonlySet<number>, ReadonlySet<number>];
  private readonly random: Random;
  private readonly isFaulty: boolean;

  private readonly lost: number;
  private readonly untold: number;

  constructor(
    { seed, days, delivery, lost, untold }: Pick<Setting, 'seed' | 'days' | 'delivery' | 'lost' | 'untold'>,
    arm: string,
  ) {
    this.lost = lost ?? faultRates.lost;
    this.untold = untold ?? 0;
    this.isFaulty = delivery === 'faulty';
    this.downDays = [this.daysOf(seed, 0, days), this.daysOf(seed, 1, days)];
    const spread = [...arm].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);
    this.random = createRandom(seed * 1_000_003 + spread);
  }

  private daysOf(seed: number, side: Side, days: number): ReadonlySet<number> {
    const random = createRandom(seed * 97 + side + 1);
    const down = new Set<number>();
    const { downOneDayIn } = faultRates;
    for (let from = 1; this.isFaulty && from <= days; from += downOneDayIn)
      down.add(from + random.integer(0, downOneDayIn - 1));
    return down;
  }

  /** Whether the system’s door is shut: nothing reaches it. Its own users go on. */
  isDown(side: Side, at: number): boolean {
    return this.downDays[side].has(dayOf(at));
  }

  /** When the day of trouble is over. */
  upAgain(side: Side, at: number): number {
    let day = dayOf(at);
    while (this.downDays[side].has(day)) day += 1;
    return day * dayMs;
  }

  downDaysOf(side: Side): number[] {
    return [...this.downDays[side]];
  }

  /** How long after it was sent each copy of a message arrives: none where it is lost; at once where delivery is perfect. */
  delays(): number[] {
    if (!this.isFaulty) return [0];
    const drawn = this.random.next();
    const { doubled, reordered, usualDelayMs } = faultRates;
    const { lost } = this;
    if (drawn < lost) return [];
    if (drawn < lost + doubled) return [usualDelayMs, this.late()];
    return [drawn < lost + doubled + reordered ? this.late() : usualDelayMs];
  }

  /** Whether a change is one that its system tells nobody of. */
  staysUntold(): boolean {
    return this.isFaulty && this.untold > 0 && this.random.chance(this.untold);
  }

  /** Whether a call, which is answered at once, is lost. */
  losesCall(): boolean {
    return this.isFaulty && this.random.chance(this.lost);
  }

  private late(): number {
    return this.random.integer(1, faultRates.longestDelayMs / 1000) * 1000;
  }
}
