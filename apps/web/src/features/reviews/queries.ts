import { matchPair, matchReviewPage, type MatchPair, type MatchReview } from '@cinch/api-contract';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { read, write } from '../../api/call.ts';
import { useAct } from '../../api/use-act.ts';
import { listQuery } from '../../components/table/list-query.ts';
import { tableView } from '../../components/table/table-view.ts';
import type { Sent } from '../../components/decisions/queries.ts';

export const reviewFilter = z.object(tableView);

/** The decision that is about to be undone, in the URL. */
export const pairAct = z.object({ undo: z.int().optional().catch(undefined) });

export const reviewsKey = ['match-reviews'] as const;

export const reviewList = listQuery({
  queryKey: [...reviewsKey, 'list'],
  page: async (asked, signal) => {
    const { reviews, ...page } = await read('/match-reviews', matchReviewPage, { ...asked }, signal);
    return { rows: reviews, ...page };
  },
  rowKey: ({ evidence }: MatchReview) => evidence.records.join('.'),
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
