import { itemCodeLength, itemKinds, itemOutcomes } from '@cinch/api-contract';
import { z } from 'zod';
import { tableView } from '../table/table-view.ts';

export const itemFilter = z.object({
  kind: z.enum(itemKinds).optional().catch(undefined),
  code: z.string().max(itemCodeLength).optional().catch(undefined),
  outcome: z.enum(itemOutcomes).optional().catch(undefined),
  ...tableView,
});
export type ItemFilter = z.infer<typeof itemFilter>;
