import { auditPage, auditSorts, type AuditEntry } from '@cinch/api-contract';
import { z } from 'zod';
import { ask } from '../../api/call.ts';
import { listQuery } from '../../components/table/list-query.ts';
import { tableView } from '../../components/table/table-view.ts';

export const auditFilter = z.object({
  actor: z.string().optional().catch(undefined),
  search: z.string().optional().catch(undefined),
  ...tableView,
});
export type AuditFilter = z.infer<typeof auditFilter>;

export const auditKey = ['audit'] as const;

export const auditList = ({ actor, search, ...view }: AuditFilter) =>
  listQuery({
    queryKey: [...auditKey, actor, search],
    sorts: auditSorts,
    view,
    page: async (asked, signal) => {
      const { entries, ...page } = await ask('/audit/search', auditPage, { actor, search, ...asked }, signal);
      return { rows: entries, ...page };
    },
    rowKey: ({ seq }: AuditEntry) => seq,
  });
