import type { AdapterRow } from '@cinch/system-adapter';
import type { CustomerTable } from '@cinch/system-adapter/reference-system';
import { inColumnOrder } from './model.ts';

interface StoredCustomer extends Record<string, string | number | null> {
  acct_no: string;
  upd: number;
  ver: number;
  delivery_id: string | null;
  delivery_ver: number | null;
}

const schema = `
  create sequence if not exists acct_no_seq start 100001;
  create table if not exists customer (
    acct_no text collate "C" primary key,
    cust_type text not null check (cust_type in ('P', 'B')),
    name text not null check (name <> '' and length(name) <= 24),
    phone text check (phone ~ '^[0-9]{10}$'),
    email text check (email like '%@%'),
    addr1 text check (length(addr1) <= 30),
    addr2 text check (length(addr2) <= 30),
    city text check (length(city) <= 20),
    st text check (st ~ '^[A-Z]{2}$'),
    zip text check (zip ~ '^[0-9]{5}(-[0-9]{4})?$'),
    status text not null check (status in ('A', 'I')),
    mkt_ok text not null check (mkt_ok in ('Y', 'N')),
    credit_limit_cents bigint not null,
    lifetime_cents bigint not null,
    loyalty_pts bigint not null,
    last_txn_at bigint,
    upd bigint not null,
    ver integer not null,
    delivery_id text,
    delivery_ver integer
  );
  -- Stays when its customer goes: a transaction that is sent again must still be known.
  create table if not exists customer_transaction (
    event_id text primary key,
    acct_no text not null,
    cents bigint not null,
    points bigint not null,
    at bigint not null
  )`;

export const customerTable: CustomerTable = {
  schema,

  async newKeys(tx, count) {
    const { rows } = await tx.query<{ key: string }>(
      `select 'A-' || nextval('acct_no_seq') as key from generate_series(1, $1::int)`,
      [count],
    );
    return rows.map(({ key }) => key);
  },

  async lock(tx, keys) {
    const { rows } = await tx.query<StoredCustomer>(
      'select * from customer where acct_no = any ($1::text[]) order by acct_no for update',
      [keys],
    );
    return rows.map(toRow);
  },

  async save(tx, rows) {
    if (rows.length === 0) return;
    const stored = rows.map((row) => ({
      ...row.data,
      delivery_id: row.delivery?.id ?? null,
      delivery_ver: row.delivery?.version ?? null,
    }));
    // One statement for new and changed rows alike; the row comes whole, so every column is set.
    await tx.query(
      `merge into customer c using json_populate_recordset(null::customer, $1::json) n on c.acct_no = n.acct_no
       when matched then update set
         cust_type = n.cust_type, name = n.name, phone = n.phone, email = n.email, addr1 = n.addr1, addr2 = n.addr2,
         city = n.city, st = n.st, zip = n.zip, status = n.status, mkt_ok = n.mkt_ok,
         credit_limit_cents = n.credit_limit_cents, lifetime_cents = n.lifetime_cents, loyalty_pts = n.loyalty_pts,
         last_txn_at = n.last_txn_at, upd = n.upd, ver = n.ver, delivery_id = n.delivery_id, delivery_ver = n.delivery_ver
       when not matched then insert values (n.*)`,
      [JSON.stringify(stored)],
    );
  },

  async remove(tx, key) {
    await tx.query('delete from customer where acct_no = $1', [key]);
  },

  async list(tx, after, limit) {
    const { rows } = await tx.query<StoredCustomer>(
      'select * from customer where $1::text is null or acct_no > $1::text order by acct_no limit $2',
      [after, limit],
    );
    return rows.map(toRow);
  },

  async find(tx, key) {
    const { rows } = await tx.query<StoredCustomer>('select * from customer where acct_no = $1', [key]);
    return rows[0] ? toRow(rows[0]) : null;
  },

  async search(tx, text, limit) {
    const { rows } = await tx.query<StoredCustomer>(
      `select * from customer
       where strpos(upper(concat_ws(' ', acct_no, name, phone, email, city)), upper($1::text)) > 0
       order by name, acct_no limit $2`,
      [text.trim(), limit],
    );
    return rows.map(toRow);
  },
};

function toRow(stored: StoredCustomer): AdapterRow {
  const { delivery_id: id, delivery_ver: version } = stored;
  return {
    key: stored.acct_no,
    version: stored.ver,
    changedAt: new Date(stored.upd * 1000).toISOString(),
    delivery: id !== null && version !== null ? { id, version } : null,
    data: inColumnOrder(stored),
  };
}
