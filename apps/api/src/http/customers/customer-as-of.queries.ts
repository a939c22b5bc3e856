import { Injectable } from '@nestjs/common';
import type { CustomerAsOf } from '@cinch/api-contract';
import { itemListOf, plainAttributeIds, type AttributeId } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { labelOf } from '../attributes.ts';
import { resolveCustomer } from './customer-identity.ts';

type Value = CustomerAsOf['values'][number];

@Injectable()
export class CustomerAsOfQueries {
  /** The golden values at the instant, put together from what each version up to it changed. */
  async of(tx: Tx, publicId: string, at: string): Promise<CustomerAsOf> {
    const { customerId, publicId: current } = await resolveCustomer(tx, publicId);
    const versions = await tx.query<{ version: number; at: Date; became: string }>(
      `select version, from_at as at, became from golden_history
       where customer_id = $1 and from_at <= $2 order by version`,
      [customerId, new Date(at)],
    );
    const values = new Map<AttributeId, Value>();
    for (const { at: since, became } of versions) {
      for (const [attribute, display] of Object.entries(JSON.parse(became)) as [AttributeId, string | null][]) {
        if (display === null) values.delete(attribute);
        else values.set(attribute, { attribute, label: labelOf(attribute), display, since: since.toISOString() });
      }
    }
    return {
      customerId: current,
      at: new Date(at).toISOString(),
      version: versions.at(-1)?.version ?? null,
      values: inOrder(values),
    };
  }
}

/** Plain attributes as the vocabulary has them, then items by list and key. */
function inOrder(values: ReadonlyMap<AttributeId, Value>): Value[] {
  const plain = plainAttributeIds.flatMap((id) => values.get(id) ?? []);
  const items = [...values].filter(([attribute]) => itemListOf(attribute) !== null);
  return [...plain, ...items.sort(([a], [b]) => (a < b ? -1 : 1)).map(([, value]) => value)];
}
