import { isMetBy, type ScopeDocument, type ScopedCustomer } from './scope.ts';

/** A customer before one system. */
export interface CustomerBefore extends ScopedCustomer {
  /** It has a live record, in whatever system. */
  live: boolean;
  /** It has a live record in this system. */
  present: boolean;
  /** Its record there was deleted or excluded, and nobody reopened it: see `isCreationClosed`. */
  closed: boolean;
  /** A match review is open between it and a customer that has a record there. */
  maybeThere: boolean;
}

/**
 * What a customer is to a system. `refresh` and `surplus` have a record there, and both are kept equal to their view: a record that exists
 * is always refreshed, a surplus one also waits for a person to decide about it. Of those without a record, only `create` gets one;
 * `withheld` may have it already under another customer, `closed` had it and lost it. `retired` has no live record anywhere.
 */
export type Standing = 'refresh' | 'surplus' | 'create' | 'withheld' | 'closed' | 'out-of-scope' | 'retired';

export function standingIn(scope: ScopeDocument, customer: CustomerBefore): Standing {
  if (!customer.live) return 'retired';
  if (customer.present) return isMetBy(customer, scope.keep) ? 'refresh' : 'surplus';
  if (!isMetBy(customer, scope.create)) return 'out-of-scope';
  if (customer.closed) return 'closed';
  return customer.maybeThere ? 'withheld' : 'create';
}
