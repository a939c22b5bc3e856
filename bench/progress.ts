import { setTimeout as wait } from 'node:timers/promises';
import type { Usage } from './cpu.ts';
import type { House } from './house.ts';

const lookMs = 100;

/** Where the hub was when it had worked through so many lines. `ms` counts from the beginning. */
export interface Milestone {
  lines: number;
  ms: number;
  usage: Usage;
}

/** Looks on while a hub works through what is pushed, and notes what it had cost at each so many lines. */
export class Progress {
  readonly milestones: Milestone[] = [];
  /** Lines that have their place by now. */
  done = 0;
  private readonly house: House;
  private readonly began = performance.now();

  constructor(house: House) {
    this.house = house;
    this.milestones.push({ lines: 0, ms: 0, usage: house.usage() });
  }

  /** Resolves when all lines have their place. `stops`: the numbers of lines to note, ascending. */
  async until(total: number, stops: readonly number[], told: (milestone: Milestone) => void): Promise<void> {
    const ahead = stops.filter((stop) => stop > 0 && stop <= total);
    let before = { lines: 0, ms: 0 };
    while (this.done < total) {
      this.done = await this.placed();
      const now = { lines: this.done, ms: performance.now() - this.began };
      while (ahead.length > 0 && ahead[0]! <= now.lines) {
        const lines = ahead.shift()!;
        // Work goes on between two looks: the moment is drawn between them by the lines.
        const share = (lines - before.lines) / (now.lines - before.lines);
        const milestone = { lines, ms: before.ms + share * (now.ms - before.ms), usage: this.house.usage() };
        this.milestones.push(milestone);
        told(milestone);
      }
      before = now;
      await wait(lookMs);
    }
  }

  at(lines: number): Milestone {
    return this.milestones.find((milestone) => milestone.lines === lines)!;
  }

  private async placed(): Promise<number> {
    const text = 'select coalesce(sum(n_applied + n_superseded + n_error), 0)::int as n from inbox_batch';
    return (await this.house.db.query<{ n: number }>({ name: 'placed', text })).rows[0]!.n;
  }
}
