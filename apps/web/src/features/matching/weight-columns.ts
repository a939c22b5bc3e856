import type { MatchPicture } from '@cinch/api-contract';

export type Bins = MatchPicture['weights']['bins'];

/** Sure pairs reach far: what lies above is of no interest for thresholds and stands in one column. */
const mostBits = 30;

export interface WeightColumn {
  /** From here up to one bit more; the last column has all that is above too. */
  bits: number;
  together: number;
  apart: number;
  isLast: boolean;
}

/** One column for each bit from a little below the lowest mark on, whether anything lies there or not. */
export function weightColumns(bins: Bins, marks: readonly number[]): WeightColumn[] {
  const lowest = Math.min(...bins.map(({ bits }) => bits), ...marks.map(Math.floor)) - 1;
  const highest = Math.max(Math.min(mostBits, Math.max(0, ...bins.map(({ bits }) => bits))), ...marks.map(Math.ceil));
  return Array.from({ length: highest - lowest + 1 }, (_, place) => {
    const bits = lowest + place;
    const isLast = bits === highest;
    const here = bins.filter((bin) => bin.bits === bits || (isLast && bin.bits > bits));
    const sum = (of: 'together' | 'apart') => here.reduce((total, bin) => total + bin[of], 0);
    return { bits, together: sum('together'), apart: sum('apart'), isLast };
  });
}
