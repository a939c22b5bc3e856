import type { Customer } from '@cinch/api-contract';
import type { HubApi } from './hub-api.ts';

/** A customer that both systems hold, with its key in either. */
export interface SharedCustomer {
  customerId: string;
  name: string;
  adiposeKey: string;
  bellyfatKey: string;
}

/** Persons that both systems brought or were given, with one phone that both hold, and no conflict. Skips the first `skip`. */
export async function sharedCustomers(hub: HubApi, count: number, skip = 0): Promise<SharedCustomer[]> {
  const candidates = (await hub.customers()).filter(
    ({ kind, systems, phone, openConflicts }) =>
      kind === 'person' && systems.length === 2 && phone !== '' && openConflicts === 0,
  );
  const found: SharedCustomer[] = [];
  for (const { customerId } of candidates.slice(skip)) {
    if (found.length === count) break;
    const customer = await hub.customer(customerId);
    const [adiposeKey, bellyfatKey] = [keyIn(customer, 'adipose'), keyIn(customer, 'bellyfat')];
    const agreed = customer.members.every((member) =>
      member.holds.some((value) => value.attribute === 'phone.primary' && value.agrees && value.display !== ''),
    );
    if (customer.members.length === 2 && adiposeKey && bellyfatKey && agreed)
      found.push({ customerId, name: customer.display, adiposeKey, bellyfatKey });
  }
  if (found.length < count) {
    throw new Error(
      `Expected ${count} demo customers that both systems hold with the same phone, found ${found.length}.`,
    );
  }
  return found;
}

function keyIn(customer: Customer, system: string): string | null | undefined {
  return customer.members.find((member) => member.system === system)?.sourceId;
}
