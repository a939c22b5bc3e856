import { matchReviewPage, overview } from '@cinch/api-contract';
import { queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { read } from '../../api/call.ts';
import { unlessLive } from '../../api/live.ts';

/** `as=tables`: each chart as the table of its figures. */
export const overviewView = z.object({ as: z.literal('tables').optional().catch(undefined) });

export const overviewQuery = queryOptions({
  queryKey: ['overview'],
  queryFn: ({ signal }) => read('/overview', overview, {}, signal),
  refetchInterval: () => unlessLive(10_000),
});

const reviewsCountedUpTo = 20;

/** How many match reviews wait, as far as they are counted: finding them all would cost more than the figure is worth. */
export const reviewCountQuery = queryOptions({
  queryKey: ['overview', 'match-reviews'],
  queryFn: async ({ signal }) => {
    const page = await read('/match-reviews', matchReviewPage, { limit: reviewsCountedUpTo }, signal);
    return { count: page.reviews.length, more: page.nextCursor !== null };
  },
  refetchInterval: 60_000,
  staleTime: 30_000,
});
