import { pinPage } from '@cinch/api-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { read } from '../../api/call.ts';

/** The list's state in the URL, and the pin that is about to be undone. */
export const pinFilter = z.object({
  /** `differ`: only those that some record differs from. */
  against: z.enum(['all', 'differ']).default('all').catch('all'),
  cursor: z.string().optional().catch(undefined),
  undo: z.int().optional().catch(undefined),
});
export type PinFilter = z.infer<typeof pinFilter>;

export const pinsKey = ['pins'] as const;

export const pinsQuery = ({ against, cursor }: Omit<PinFilter, 'undo'>) =>
  queryOptions({
    queryKey: [...pinsKey, against, cursor],
    queryFn: ({ signal }) =>
      read('/pins', pinPage, { against: against === 'differ' ? '1' : undefined, cursor }, signal),
    placeholderData: keepPreviousData,
  });
