/** A customer as Adipose keeps it: flat, upper case, short. Members stand in the order in which they are shown and sent. */
export interface AdiposeCustomer {
  acct_no: string;
  /** P(erson) or B(usiness). */
  cust_type: 'P' | 'B';
  name: string;
  /** Ten national digits. */
  phone: string | null;
  email: string | null;
  addr1: string | null;
  addr2: string | null;
  city: string | null;
  st: string | null;
  zip: string | null;
  status: 'A' | 'I';
  mkt_ok: 'Y' | 'N';
  credit_limit_cents: number;
  lifetime_cents: number;
  loyalty_pts: number;
  /** Epoch seconds, as `upd`. */
  last_txn_at: number | null;
  upd: number;
  ver: number;
}

export const columns = [
  'acct_no',
  'cust_type',
  'name',
  'phone',
  'email',
  'addr1',
  'addr2',
  'city',
  'st',
  'zip',
  'status',
  'mkt_ok',
  'credit_limit_cents',
  'lifetime_cents',
  'loyalty_pts',
  'last_txn_at',
  'upd',
  'ver',
] as const satisfies readonly (keyof AdiposeCustomer)[];
