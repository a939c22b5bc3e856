import type { SentHub } from './sent-hub.ts';

interface CustomerRows {
  customerId: number;
  keys: string[];
  /** Rows that do not show the golden phone, though nothing holds it back. */
  stale: string[];
}

/** By the target's own log: founders for whom more than one row was made, and deliveries carried out twice. */
export async function deliveredTwice(hub: SentHub): Promise<string[]> {
  const made = hub.target.log.filter(({ isCreate }) => isCreate);
  const offers = await hub.query<{ id: string; founder: number }>(
    `select o.delivery_id as id, r.founded_by as founder from unnest($1::uuid[]) as t(id)
     join record_entry o on o.delivery_id = t.id and o.kind = 'offer' join source_record r using (record_id)`,
    [made.map(({ deliveryId }) => deliveryId)],
  );
  const founderOf = new Map(offers.map(({ id, founder }) => [id, founder]));
  const unknown = made.filter(({ deliveryId }) => !founderOf.has(deliveryId));
  const byFounder = Map.groupBy(made, ({ deliveryId }) => founderOf.get(deliveryId));
  const byDelivery = Map.groupBy(hub.target.log, ({ deliveryId }) => deliveryId);
  return [
    ...unknown.map(({ key }) => `${key} was made by no delivery that the hub knows`),
    ...[...byFounder]
      .filter(([, writes]) => writes.length > 1)
      .map(([id, writes]) => `${id} was made ${writes.length} times`),
    ...[...byDelivery].filter(([, writes]) => writes.length > 1).map(([id]) => `${id} was carried out twice`),
  ];
}

/** The live customers, their rows at the target by its own account, and which of these are not as they should be. */
export async function rowsOfCustomers(hub: SentHub): Promise<CustomerRows[]> {
  const customers = await hub.query<{ id: number; attributes: string; held: string[]; keys: string[] }>(
    `select c.customer_id as id, g.attributes, g.held_attributes as held,
       array(select r.source_key::text from source_record r join system s using (system_id)
             where s.code = 'south' and r.customer_id = c.customer_id and r.state = 'live' order by 1) as keys
     from customer c join golden g using (customer_id) where c.state = 'live' order by 1`,
  );
  const phoneOf = new Map(hub.target.shown().map(({ key, data }) => [key, data['phone']]));
  return customers.map(({ id, attributes, held, keys }) => {
    const golden = (JSON.parse(attributes) as Record<string, { value: unknown }>)['phone.primary']?.value;
    const isHeld = held.includes('phone.primary');
    return { customerId: id, keys, stale: isHeld ? [] : keys.filter((key) => phoneOf.get(key) !== golden) };
  });
}
