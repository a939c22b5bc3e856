import type { AdapterRow, RowData } from '@cinch/system-adapter';
import type { CustomerTable } from '@cinch/system-adapter/reference-system';
import { displayName } from './display.ts';

interface StoredCustomer {
  customer_id: string;
  revision_ms: number;
  document: RowData;
  delivery_id: string | null;
  delivery_version: number | null;
}

// The document is json, not jsonb: its text must come back as it was sent in receipts and events.
const schema = `
  create sequence if not exists customer_id_seq;
  create table if not exists customer (
    customer_id text collate "C" primary key,
    display_name text not null,
    revision_ms bigint not null,
    document json not null,
    delivery_id text,
    delivery_version bigint,
    check (document ->> 'customerId' = customer_id),
    check ((document -> 'person') is null <> ((document -> 'organization') is null))
  )`;

export const customerTable: CustomerTable = {
  schema,

  async newKeys(tx, count) {
    const { rows } = await tx.query<{ key: string }>(
      `select 'bf_' || lpad(nextval('customer_id_seq')::text, 7, '0') as key from generate_series(1, $1::int)`,
      [count],
    );
    return rows.map(({ key }) => key);
  },

  async lock(tx, keys) {
    const { rows } = await tx.query<StoredCustomer>(
      'select * from customer where customer_id = any ($1::text[]) order by customer_id for update',
      [keys],
    );
    return rows.map(toRow);
  },

  async save(tx, rows) {
    if (rows.length === 0) return;
    await tx.query(
      `insert into customer (customer_id, display_name, revision_ms, document, delivery_id, delivery_version)
       select n.id, n.display_name, n.revision_ms, n.document::json, n.delivery_id, n.delivery_version
       from unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::bigint[])
         n (id, display_name, revision_ms, document, delivery_id, delivery_version)
       on conflict (customer_id) do update set
         display_name = excluded.display_name, revision_ms = excluded.revision_ms, document = excluded.document,
         delivery_id = excluded.delivery_id, delivery_version = excluded.delivery_version`,
      [
        rows.map((row) => row.key),
        rows.map((row) => displayName(row.data)),
        rows.map((row) => row.version),
        rows.map((row) => JSON.stringify(row.data)),
        rows.map((row) => row.delivery?.id ?? null),
        rows.map((row) => row.delivery?.version ?? null),
      ],
    );
  },

  async remove(tx, key) {
    await tx.query('delete from customer where customer_id = $1', [key]);
  },

  async list(tx, after, limit) {
    const { rows } = await tx.query<StoredCustomer>(
      'select * from customer where $1::text is null or customer_id > $1::text order by customer_id limit $2',
      [after, limit],
    );
    return rows.map(toRow);
  },

  async find(tx, key) {
    const { rows } = await tx.query<StoredCustomer>('select * from customer where customer_id = $1', [key]);
    return rows[0] ? toRow(rows[0]) : null;
  },

  async search(tx, text, limit) {
    const { rows } = await tx.query<StoredCustomer>(
      `select * from customer
       where strpos(lower(concat_ws(' ', customer_id, display_name, document ->> 'phones', document ->> 'emails')), lower($1::text)) > 0
       order by display_name, customer_id limit $2`,
      [text.trim(), limit],
    );
    return rows.map(toRow);
  },
};

function toRow(stored: StoredCustomer): AdapterRow {
  const { delivery_id: id, delivery_version: version } = stored;
  return {
    key: stored.customer_id,
    version: stored.revision_ms,
    changedAt: new Date(stored.revision_ms).toISOString(),
    delivery: id !== null && version !== null ? { id, version } : null,
    data: stored.document,
  };
}
