import type { RulesPreview } from '@cinch/api-contract';
import {
  attributes as plainAttributes,
  displayValue,
  itemLists,
  type AttributeDifference,
  type ItemListId,
  type PlainAttributeId,
  type PopulationDifference,
} from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { labelOf } from '../attributes.ts';

/** What a change of the rules would do, for a reader. */
export async function previewShown(
  tx: Tx,
  {
    version,
    customers,
    changedCustomers,
    byAttribute,
    recordsBySystem,
    samples,
  }: PopulationDifference & { version: number },
): Promise<RulesPreview> {
  const rows = await tx.query<{ number: number; customerId: string; customer: string }>(
    `select c.customer_id as number, c.public_id as "customerId", coalesce(g.display, '(retired)') as customer
     from customer c left join golden g using (customer_id) where c.customer_id = any($1)`,
    [samples.map((sample) => sample.customerId)],
  );
  const named = new Map(rows.map(({ number, ...name }) => [number, name]));
  return {
    version,
    customers,
    changedCustomers,
    attributes: Object.entries<AttributeDifference>(byAttribute).map(([attribute, counts]) => {
      return { attribute, label: subjectLabel(attribute as PlainAttributeId | ItemListId), ...counts };
    }),
    systems: Object.entries(recordsBySystem).map(([system, records]) => ({ system, records })),
    samples: samples.map(({ customerId, changes }) => ({
      ...named.get(customerId)!,
      changes: changes.map(({ attribute, before, after }) => ({
        attribute,
        label: labelOf(attribute),
        before: displayValue(attribute, before),
        after: displayValue(attribute, after),
      })),
    })),
  };
}

/** What readers call an attribute, or a list of items. */
export function subjectLabel(subject: PlainAttributeId | ItemListId): string {
  return labels[subject].label;
}

const labels: Record<PlainAttributeId | ItemListId, { label: string }> = { ...plainAttributes, ...itemLists };
