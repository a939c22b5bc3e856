import { Injectable } from '@nestjs/common';
import { holdWindowMs } from '@cinch/api-contract';

const parts = 6;
const partMs = holdWindowMs / parts;

interface Part {
  since: number;
  longest: Map<string, number>;
}

/** How long the committer was held lately, by the work that held it: while it is held, no push becomes golden. */
@Injectable()
export class HoldTimes {
  private recent: Part[] = [];

  note(work: string, ms: number): void {
    const { longest } = this.current();
    longest.set(work, Math.max(longest.get(work) ?? 0, ms));
  }

  /** The longest hold of each work in the last minute, in milliseconds. */
  longest(): Record<string, number> {
    this.current();
    const all: Record<string, number> = {};
    for (const { longest } of this.recent)
      for (const [work, ms] of longest) all[work] = Math.max(all[work] ?? 0, Math.round(ms));
    return all;
  }

  private current(): Part {
    const now = performance.now();
    this.recent = this.recent.filter((part) => now - part.since < holdWindowMs + partMs);
    const last = this.recent.at(-1);
    if (last && now - last.since < partMs) return last;
    const part = { since: now, longest: new Map<string, number>() };
    this.recent.push(part);
    return part;
  }
}
