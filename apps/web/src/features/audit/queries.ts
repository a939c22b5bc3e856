import { auditPage } from '@cinch/api-contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { z } from 'zod';
import { read } from '../../api/call.ts';
import { tableView } from '../../components/table/table-view.ts';

export const auditFilter = z.object({
  actor: z.string().optional().catch(undefined),
  search: z.string().optional().catch(undefined),
  cursor: z.string().optional().catch(undefined),
  ...tableView,
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const auditKey = ['audit'] as const;

export const auditQuery = ({ actor, search, cursor, limit }: AuditFilter & { limit?: number }) =>
  queryOptions({
    queryKey: [...auditKey, actor, search, cursor, limit],
    queryFn: ({ signal }) => read('/audit', auditPage, { actor, search, cursor, limit }, signal),
    placeholderData: keepPreviousData,
  });
