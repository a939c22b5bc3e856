import type { MatchPreview } from '@cinch/api-contract';

/** Whether the figures are reckoned from a sample. */
export function isEstimate({ records, of }: Pick<MatchPreview, 'records' | 'of'>): boolean {
  return records < of;
}

/** So many customers are put together or taken apart before the count has to be typed. */
const largeFrom = 25;

/** The count of pairs that somebody must type to publish; null where it is small enough to be seen at a glance. */
export function countToType({ shifts }: Pick<MatchPreview, 'shifts'>): number | null {
  const moving = shifts.filter(({ shift }) => shift === 'joins' || shift === 'parts');
  const pairs = moving.reduce((sum, one) => sum + one.pairs, 0);
  return pairs >= largeFrom ? pairs : null;
}
