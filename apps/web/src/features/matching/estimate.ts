import type { MatchPreview } from '@cinch/api-contract';

/** Whether the figures are reckoned from a sample. */
export function isEstimate({ records, of }: Pick<MatchPreview, 'records' | 'of'>): boolean {
  return records < of;
}
