import type { MatchPair } from '@cinch/api-contract';

type Evidence = NonNullable<MatchPair['evidence']>;

/** One bar of the waterfall, in bits: from where the sum stood before to where it stands with it. */
export interface Step {
  label: string;
  bits: number;
  from: number;
  to: number;
  /** Of the last one, which is the score itself. */
  isSum: boolean;
}

/** Sums are kept in ten-thousandths of a bit, as the hub keeps them, so that the last bar ends exactly at the score. */
const perBit = 10_000;

export function stepsOf({ bars, weight }: Pick<Evidence, 'bars' | 'weight'>): Step[] {
  let sum = 0;
  const steps = bars.map(({ label, bits }): Step => {
    const from = sum / perBit;
    sum += Math.round(bits * perBit);
    return { label, bits, from, to: sum / perBit, isSum: false };
  });
  return [...steps, { label: 'Score', bits: weight, from: 0, to: weight, isSum: true }];
}

export interface Scale {
  /** Where a number of bits stands, in per cent from the left. */
  at: (bits: number) => number;
}

/** Room for every bar, nothing and the marks, with a little air at both ends. */
export function scaleOf(steps: readonly Step[], marks: readonly number[]): Scale {
  const ends = [0, ...marks, ...steps.flatMap(({ from, to }) => [from, to])];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const air = (most - least || 1) * 0.03;
  const width = most - least + 2 * air || 1;
  return { at: (bits) => ((bits - least + air) / width) * 100 };
}
