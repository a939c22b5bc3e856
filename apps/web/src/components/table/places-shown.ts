import { defaultRangeExtractor, type Range } from '@tanstack/react-virtual';

/** A list so short stands in the page as a whole: the browser's own search finds everything, and it prints. */
const allUpTo = 100;

/** Which rows stand in the page: those in view and near it, and the one that has the focus, wherever the view is. */
export function placesShown(range: Range, focused: number | null): number[] {
  if (range.count <= allUpTo) return Array.from({ length: range.count }, (_, place) => place);
  const near = defaultRangeExtractor(range);
  if (focused === null || focused >= range.count || near.includes(focused)) return near;
  return [...near, focused].toSorted((a, b) => a - b);
}

/** Where a key leads from a row; null for a key that leads nowhere. */
export function placeAfterKey(key: string, from: number, count: number): number | null {
  const to = steps[key]?.(from, count);
  return to === undefined ? null : Math.min(Math.max(to, 0), count - 1);
}

const pageOfRows = 10;
const steps: Record<string, (from: number, count: number) => number> = {
  ArrowDown: (from) => from + 1,
  ArrowUp: (from) => from - 1,
  PageDown: (from) => from + pageOfRows,
  PageUp: (from) => from - pageOfRows,
  Home: () => 0,
  End: (_, count) => count - 1,
};
