import type { ScopeDocument } from './scope.ts';
import { standingIn, type CustomerBefore } from './standing.ts';

/** How many customers a scope concerns, by what they are to the system under it. */
export interface ScopeReach {
  /** They would be given a record. */
  create: number;
  /** They would be, but for a record there that may be theirs already. */
  withheld: number;
  /** Their record belongs there. */
  refresh: number;
  /** Their record is there and does not belong. */
  surplus: number;
}

export interface ScopeDifference {
  inForce: ScopeReach;
  proposed: ScopeReach;
  /** Customers that would be something else to the system than they are. */
  changed: number;
}

/** Adds up, customer by customer, what another scope would make of them. */
export class ScopePreview {
  private readonly difference: ScopeDifference = { inForce: nobody(), proposed: nobody(), changed: 0 };
  private readonly inForce: ScopeDocument;
  private readonly proposed: ScopeDocument;

  constructor(inForce: ScopeDocument, proposed: ScopeDocument) {
    this.inForce = inForce;
    this.proposed = proposed;
  }

  add(customer: CustomerBefore): void {
    const now = standingIn(this.inForce, customer);
    const then = standingIn(this.proposed, customer);
    if (now in this.difference.inForce) this.difference.inForce[now as keyof ScopeReach] += 1;
    if (then in this.difference.proposed) this.difference.proposed[then as keyof ScopeReach] += 1;
    if (now !== then) this.difference.changed += 1;
  }

  result(): ScopeDifference {
    return this.difference;
  }
}

function nobody(): ScopeReach {
  return { create: 0, withheld: 0, refresh: 0, surplus: 0 };
}
