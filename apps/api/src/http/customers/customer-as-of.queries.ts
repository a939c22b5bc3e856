import { inOrder } from '../attributes.ts';
import { modelsAt } from '../../platform/model-in-force.ts';
import { Injectable } from '@nestjs/common';
import type { CustomerAsOf } from '@cinch/api-contract';
import type { AttributeId } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
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
    const model = (await modelsAt(tx, [new Date(at)]))(new Date(at));
    const values = new Map<AttributeId, Value>();
    for (const { at: since, became } of versions) {
      for (const [attribute, display] of Object.entries(JSON.parse(became)) as [AttributeId, string | null][]) {
        if (display === null) values.delete(attribute);
        else values.set(attribute, { attribute, label: model.labelOf(attribute), display, since: since.toISOString() });
      }
    }
    return {
      customerId: current,
      at: new Date(at).toISOString(),
      version: versions.at(-1)?.version ?? null,
      values: inOrder(values, model).map(([, value]) => value),
    };
  }
}
