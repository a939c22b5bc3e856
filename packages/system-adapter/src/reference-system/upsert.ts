import type { ClientBase } from 'pg';
import { enqueueChanges } from '../outbox.ts';
import type { AdapterRow, Receipt, UpsertItem } from '../protocol.ts';
import { deliveries } from './deliveries.ts';
import type { CustomerTable, NativeModel } from './native-model.ts';
import { planWrite } from './plan-write.ts';

/** Takes a batch of deliveries in one transaction: a few statements for the batch, none of them in a loop. */
export async function upsertBatch(
  tx: ClientBase,
  { system, model, table }: { system: string; model: NativeModel; table: CustomerTable },
  items: readonly UpsertItem[],
  now: number,
): Promise<Receipt[]> {
  // One batch at a time: the same delivery sent twice at once must find the first one's receipt.
  await tx.query(`select pg_advisory_xact_lock(hashtext('adapter-upsert'))`);
  const receipts = await deliveries.find(
    tx,
    items.map((item) => item.deliveryId),
  );
  const seen = new Set(receipts.keys());
  const fresh = items.filter((item) => !seen.has(item.deliveryId) && seen.add(item.deliveryId));

  const keys = fresh.flatMap((item) => item.key ?? []);
  const rows = new Map((await table.lock(tx, [...new Set(keys)])).map((row) => [row.key, row]));
  const newKeys = await table.newKeys(tx, fresh.length - keys.length);

  const changes: AdapterRow[] = [];
  const newReceipts = fresh.map((item): Receipt => {
    const before = item.key === null ? null : rows.get(item.key);
    const answer = (
      outcome: Receipt['outcome'],
      row: AdapterRow | null,
      refused: Receipt['refused'] = [],
    ): Receipt => ({
      deliveryId: item.deliveryId,
      outcome,
      row,
      refused,
    });
    if (before === undefined) return answer('unknown-key', null);
    if (before && item.ifMatch !== null && item.ifMatch !== before.version) return answer('mismatch', before);
    const plan = planWrite(model, before?.data ?? null, item.fields, now);
    if (plan.kind === 'refused') return answer('refused', before, plan.refused);
    if (plan.kind === 'unchanged') return answer('stored', before, plan.refused);
    const key = before?.key ?? newKeys.shift();
    if (key === undefined) throw new Error('Fewer new keys than creates.');
    const revised = model.revise(plan.data, key, before, now);
    const row: AdapterRow = { ...revised, delivery: { id: item.deliveryId, version: revised.version } };
    rows.set(key, row);
    changes.push(row);
    return answer('stored', row, plan.refused);
  });

  const changedKeys = new Set(changes.map((row) => row.key));
  await table.save(
    tx,
    [...changedKeys].flatMap((key) => rows.get(key) ?? []),
  );
  await enqueueChanges(tx, system, changes);
  await deliveries.save(tx, newReceipts);
  for (const receipt of newReceipts) receipts.set(receipt.deliveryId, receipt);
  return items.flatMap((item) => receipts.get(item.deliveryId) ?? []);
}
