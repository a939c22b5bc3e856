import { unpackKnown, type GoldenAttributes } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { Shown } from '../../stages/mastering/shown.ts';
import type { Sight } from '../sight/sight.ts';

interface Found {
  customerNumber: number;
  attributes: string;
}

/** Those that the words find by what the caller may see: what a customer is found by holds values of all attributes. */
export async function foundBySeen<Row extends Found>(
  tx: Tx,
  rows: readonly Row[],
  words: readonly string[],
  sight: Sight,
): Promise<Row[]> {
  const records = await tx.query<{ customerId: number; sourceKey: string | null; known: string }>(
    `select customer_id as "customerId", source_key as "sourceKey", known from source_record where customer_id = any($1)`,
    [rows.map(({ customerNumber }) => customerNumber)],
  );
  const ofCustomer = Map.groupBy(records, ({ customerId }) => customerId);
  return rows.filter(({ customerNumber, attributes }) => {
    const shown = new Shown(JSON.parse(attributes) as GoldenAttributes, sight.model);
    const own = (ofCustomer.get(customerNumber) ?? []).map(({ sourceKey, known }) => ({
      sourceKey,
      state: unpackKnown(known),
    }));
    const text = shown.searchText(own, (attribute) => !sight.hides(attribute));
    return words.every((word) => text.includes(word));
  });
}
