import { describe, expect, it } from 'vitest';
import { ScopePreview } from './scope-preview.ts';
import type { CustomerBefore } from './standing.ts';

const aCustomer = (about: Partial<CustomerBefore>): CustomerBefore => ({
  kind: 'person',
  attributes: {},
  live: true,
  present: false,
  closed: false,
  maybeThere: false,
  ...about,
});

describe('what another scope would make of the customers', () => {
  it('counts who is taken in and who is left out, and whom the change concerns', () => {
    const preview = new ScopePreview(
      { create: 'nobody', keep: 'everybody' },
      { create: { kind: 'person' }, keep: { kind: 'person' } },
    );
    for (const customer of [
      aCustomer({}),
      aCustomer({ maybeThere: true }),
      aCustomer({ closed: true }),
      aCustomer({ kind: 'organization' }),
      aCustomer({ present: true }),
      aCustomer({ present: true, kind: 'organization' }),
      aCustomer({ live: false }),
    ])
      preview.add(customer);
    expect(preview.result()).toEqual({
      inForce: { create: 0, withheld: 0, refresh: 2, surplus: 0 },
      proposed: { create: 1, withheld: 1, refresh: 1, surplus: 1 },
      changed: 4,
    });
  });

  it('finds nothing changed where the scope is the same', () => {
    const preview = new ScopePreview({ create: 'everybody', keep: 'nobody' }, { create: 'everybody', keep: 'nobody' });
    preview.add(aCustomer({}));
    preview.add(aCustomer({ present: true }));
    expect(preview.result().changed).toBe(0);
  });
});
