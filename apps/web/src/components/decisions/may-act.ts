import type { RouteName } from '@cinch/api-contract';
import { useRights } from '../../api/may.ts';
import type { CustomerAct } from './customer-act.ts';

type Act = NonNullable<CustomerAct['act']>;

/** By which call each act of a customer's page is done. */
const callOf: Record<Act, RouteName> = {
  pin: 'POST /api/v1/customers/:customerId/pins',
  merge: 'POST /api/v1/customers/:customerId/merge',
  split: 'POST /api/v1/customers/:customerId/split',
  reopen: 'POST /api/v1/customers/:customerId/reopen',
  reconsider: 'POST /api/v1/customers/:customerId/reconsider',
  'confirm-deleted': 'POST /api/v1/records/:recordId/confirm-deleted',
  'put-back': 'POST /api/v1/records/:recordId/put-back',
  exclude: 'POST /api/v1/records/:recordId/exclude',
  undo: 'POST /api/v1/decisions/:decisionId/undo',
};

/** Which acts the account is offered. */
export function useMayAct(): (act: Act) => boolean {
  const may = useRights();
  return (act) => may(callOf[act]);
}
