import { modelInForce } from '../../platform/model-in-force.ts';
import type { Reach } from '@cinch/api-contract';
import type { Reach as Counted } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';

/** What an act would change, for a reader. */
export async function reachShown(tx: Tx, counted: Counted): Promise<Reach> {
  const { changed, customers, begun, ended, attributes, systems, examples } = counted;
  const [named, keys] = [await namesOf(tx, examples), await keysOf(tx, examples)];
  const model = await modelInForce(tx);
  return {
    count: changed,
    customers,
    begun,
    ended,
    attributes: Object.entries(attributes).map(([attribute, counts]) => {
      return { attribute, label: model.labelOf(attribute), ...counts };
    }),
    systems: Object.entries(systems).map(([system, { attributes: places, ...counts }]) => ({
      system,
      ...counts,
      attributes: Object.entries(places).map(([attribute, rows]) => {
        return { attribute, label: model.labelOf(attribute), rows };
      }),
    })),
    examples: examples.map(({ customerId, changes, rows }) => ({
      ...named.get(customerId)!,
      changes: changes.map(({ attribute, before, after }) => ({
        attribute,
        label: model.labelOf(attribute),
        before: model.words(attribute, before),
        after: model.words(attribute, after),
      })),
      rows: rows.map(({ system, recordId, changes: fields }) => ({
        system,
        sourceId: keys.get(recordId) ?? null,
        fields: fields.map(({ path, from, to }) => ({ path, from, to })),
      })),
    })),
  };
}

async function namesOf(tx: Tx, examples: Counted['examples']) {
  const rows = await tx.query<{ number: number; customerId: string; customer: string }>(
    `select c.customer_id as number, c.public_id as "customerId", coalesce(g.display, '(retired)') as customer
     from customer c left join golden g using (customer_id) where c.customer_id = any($1)`,
    [examples.map(({ customerId }) => customerId)],
  );
  return new Map(rows.map(({ number, ...name }) => [number, name]));
}

async function keysOf(tx: Tx, examples: Counted['examples']): Promise<Map<number, string | null>> {
  const rows = await tx.query<{ recordId: number; sourceKey: string | null }>(
    'select record_id as "recordId", source_key as "sourceKey" from source_record where record_id = any($1)',
    [examples.flatMap(({ rows: own }) => own.map(({ recordId }) => recordId))],
  );
  return new Map(rows.map(({ recordId, sourceKey }) => [recordId, sourceKey]));
}
