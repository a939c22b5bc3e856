import { mulberry32 } from '../../scripts/mulberry32.ts';

/** Numbers that follow from the seed alone, so that a run can be repeated. */
export class Seeded {
  private readonly draw: () => number;

  constructor(seed: number) {
    this.draw = mulberry32(seed);
  }

  /** At least `from` and below `to`, whole. */
  between(from: number, to: number): number {
    return from + Math.floor(this.draw() * (to - from));
  }

  shuffled<T>(list: readonly T[]): T[] {
    const left = [...list];
    return list.map(() => left.splice(this.between(0, left.length), 1)[0]!);
  }
}
