import { z } from 'zod';
import { customerAct } from '../../components/decisions/customer-act.ts';

export const customerTabs = ['golden', 'systems', 'decisions', 'history'] as const;

/** What a customer's page shows, in the URL, beside the act that is open there. */
export const customerView = customerAct.extend({
  tab: z.enum(customerTabs).optional().catch(undefined),
  /** The instant whose values are shown beside today's. */
  at: z.iso.datetime({ offset: true }).optional().catch(undefined),
});
