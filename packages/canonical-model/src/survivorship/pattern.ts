// Atoms without groups or alternatives, each repeated at most once.
const atom = String.raw`(?:\\[dDwWsS.^$|?*+()[\]{}/\\-]|\[\^?(?:[^\]\\[]|\\[dDwWsS.^$|?*+()[\]{}/\\-])+\]|[^\\^$|?*+()[\]{}])`;
const repetition = String.raw`(?:[?*+]|\{\d{1,3}(?:,\d{0,3})?\})`;
const shape = new RegExp(String.raw`^\^(?:${atom}${repetition}?)*\$$`, 'u');
const piece = new RegExp(`(${atom})(${repetition})?`, 'gu');
const varying = /[?*+]|\{\d+,\d*\}/gu;

/** Whether a pattern is whole and understood. */
export function isSafePattern(pattern: string): boolean {
  if (!shape.test(pattern)) return false;
  const outsideClasses = pattern.replaceAll(/\\./gu, 'a').replaceAll(/\[[^\]]*\]/gu, 'a');
  if ([...outsideClasses.matchAll(varying)].length > 3) return false;
  try {
    return new RegExp(pattern, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}

interface Piece {
  fits: RegExp;
  least: number;
  most: number;
}

/**
 * A safe pattern, matched by the places that it can have reached, all at once: the time is that of its pieces times the letters, where
 * trying one way after the other could take their third power.
 */
export class Pattern {
  private readonly pieces: readonly Piece[];

  /** @param text one that `isSafePattern` accepts */
  constructor(text: string) {
    this.pieces = [...text.slice(1, -1).matchAll(piece)].map(([, one, times]) => {
      return { fits: new RegExp(`^${one}$`, 'u'), ...timesOf(times) };
    });
  }

  test(text: string): boolean {
    const letters = [...text];
    let reached = letters.map(() => false);
    reached.push(false);
    reached[0] = true;
    for (const { fits, least, most } of this.pieces) {
      const runs = runsOf(letters.map((letter) => fits.test(letter)));
      // How many ranges begin at a place, less those that end before it.
      const edges = Array.from({ length: letters.length + 2 }, () => 0);
      reached.forEach((isReached, at) => {
        const longest = Math.min(most, runs[at]!);
        if (!isReached || longest < least) return;
        edges[at + least]! += 1;
        edges[at + longest + 1]! -= 1;
      });
      let open = 0;
      reached = reached.map((_, at) => (open += edges[at]!) > 0);
    }
    return reached[letters.length]!;
  }
}

/** How many letters from each place on fit without a break. */
function runsOf(fits: readonly boolean[]): number[] {
  const runs = [...fits.map(Number), 0];
  for (let at = fits.length - 1; at >= 0; at -= 1) runs[at] = fits[at] ? runs[at + 1]! + 1 : 0;
  return runs;
}

function timesOf(text: string | undefined): { least: number; most: number } {
  switch (text) {
    case undefined:
      return { least: 1, most: 1 };
    case '?':
      return { least: 0, most: 1 };
    case '*':
      return { least: 0, most: Infinity };
    case '+':
      return { least: 1, most: Infinity };
  }
  const [least = '', most = least] = text.slice(1, -1).split(',');
  return { least: Number(least), most: most === '' ? Infinity : Number(most) };
}
