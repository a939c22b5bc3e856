/** One line of what is judged: met when `seen` is at least, or at most, the bar. */
export interface Bar {
  what: string;
  bar: number;
  seen: number;
  better: 'more' | 'less';
}

export interface Result {
  name: string;
  bars: Bar[];
  figures: Record<string, unknown>;
}
