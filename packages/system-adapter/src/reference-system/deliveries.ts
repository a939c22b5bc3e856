import type { ClientBase } from 'pg';
import type { Receipt } from '../protocol.ts';

export const deliverySchema = `
  create table if not exists delivery (
    delivery_id text primary key,
    receipt json not null,
    received_at timestamptz not null default now()
  )`;

/** First receipts by delivery id: a delivery that comes again is answered from here and writes nothing. */
export const deliveries = {
  async find(tx: ClientBase, ids: readonly string[]): Promise<Map<string, Receipt>> {
    const { rows } = await tx.query<{ receipt: Receipt }>(
      'select receipt from delivery where delivery_id = any ($1::text[])',
      [ids],
    );
    return new Map(rows.map(({ receipt }) => [receipt.deliveryId, receipt]));
  },

  async save(tx: ClientBase, receipts: readonly Receipt[]): Promise<void> {
    await tx.query(
      `insert into delivery (delivery_id, receipt)
       select n.id, n.receipt::json from unnest($1::text[], $2::text[]) n (id, receipt)`,
      [receipts.map((receipt) => receipt.deliveryId), receipts.map((receipt) => JSON.stringify(receipt))],
    );
  },
};
