import { pinPage, pinSorts, type Pin } from '@cinch/api-contract';
import { z } from 'zod';
import { read } from '../../api/call.ts';
import { listQuery } from '../../components/table/list-query.ts';
import { tableView } from '../../components/table/table-view.ts';

/** The list's state in the URL, and the pin that is about to be undone. */
export const pinFilter = z.object({
  /** `differ`: only those that some record differs from. */
  against: z.enum(['all', 'differ']).default('all').catch('all'),
  undo: z.int().optional().catch(undefined),
  ...tableView,
});
export type PinFilter = z.infer<typeof pinFilter>;

export const pinsKey = ['pins'] as const;

export const pinList = ({ against, ...view }: Omit<PinFilter, 'undo'>) =>
  listQuery({
    queryKey: [...pinsKey, against],
    sorts: pinSorts,
    view,
    page: async (asked, signal) => {
      const only = against === 'differ' ? '1' : undefined;
      const { pins, ...page } = await read('/pins', pinPage, { against: only, ...asked }, signal);
      return { rows: pins, ...page };
    },
    rowKey: ({ decisionId }: Pin) => decisionId,
  });
