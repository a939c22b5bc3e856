import { matchPair, matchReviewPage, type MatchPair } from '@cinch/api-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { useAct, type Sent } from '../decisions/queries.ts';

export const reviewFilter = z.object({ cursor: z.string().optional().catch(undefined) });
export type ReviewFilter = z.infer<typeof reviewFilter>;

/** The decision that is about to be undone, in the URL. */
export const pairAct = z.object({ undo: z.int().optional().catch(undefined) });

export const reviewsKey = ['match-reviews'] as const;

export const reviewsQuery = ({ cursor }: ReviewFilter) =>
  queryOptions({
    queryKey: [...reviewsKey, 'list', cursor],
    queryFn: ({ signal }) => read('/match-reviews', matchReviewPage, { cursor }, signal),
    placeholderData: keepPreviousData,
  });

export const pairQuery = (one: string, other: string) =>
  queryOptions({
    queryKey: [...reviewsKey, 'pair', one, other],
    queryFn: ({ signal }) =>
      read(`/match-reviews/${encodeURIComponent(one)}/${encodeURIComponent(other)}`, matchPair, {}, signal),
  });

export function useReview({ records }: MatchPair) {
  return useAct((verdict: Sent & { same: boolean }) =>
    write('POST', '/match-reviews/decision', { records: records.map(({ recordId }) => recordId), ...verdict }),
  );
}
