/** How often a figure was measured, in the order of the runs, with its middle and how far the runs lie apart. */
export interface Spread {
  runs: number[];
  median: number;
  /** (highest - lowest) / median. */
  spread: number;
}

export function spreadOf(runs: readonly number[]): Spread {
  const sorted = runs.toSorted((a, b) => a - b);
  const median = sorted[Math.floor((sorted.length - 1) / 2)]!;
  return { runs: [...runs], median, spread: (sorted.at(-1)! - sorted[0]!) / median };
}

const pairs = 5;
const mostSpread = 0.25;

/** Five pairs, each measured next to its ruler. A spread over 25 % is no figure: all five are run once more. */
export async function pairedRatios(measure: (pair: number) => Promise<number>): Promise<Spread> {
  const five = async () => {
    const runs: number[] = [];
    for (let pair = 0; pair < pairs; pair += 1) runs.push(await measure(pair));
    return spreadOf(runs);
  };
  const first = await five();
  if (first.spread <= mostSpread) return told(first);
  console.log(`   ${inWords(first)}: once more`);
  const second = await five();
  if (second.spread > mostSpread) console.log(`   ${inWords(second)}: still too much for a figure, and no third time`);
  return told(second.spread <= first.spread ? second : first);
}

function told(ratio: Spread): Spread {
  console.log(`   ratio: ${inWords(ratio)}`);
  return ratio;
}

export function inWords({ median, spread }: Spread): string {
  return `median ${median.toPrecision(3)}, spread ${percent(spread)}`;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
