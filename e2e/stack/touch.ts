import { onDatabase } from './drained.ts';

/** As a nightly job does that stamps rows: each gets a new version and time, and says nothing new. */
export function touchAdipose(databaseUrl: string, keys: readonly string[]): Promise<void> {
  const sql =
    'update customer set ver = ver + 1, upd = extract(epoch from $2::text::timestamptz)::bigint where acct_no = any($1)';
  return run(databaseUrl, sql, keys);
}

/** As `touchAdipose`; here the version is the time, and stands in the document too. */
export function touchBellyfat(databaseUrl: string, keys: readonly string[]): Promise<void> {
  const sql = `update customer set revision_ms = extract(epoch from $2::text::timestamptz) * 1000,
    document = jsonb_set(document::jsonb, '{revision}', to_jsonb($2::text))::json where customer_id = any($1)`;
  return run(databaseUrl, sql, keys);
}

async function run(databaseUrl: string, sql: string, keys: readonly string[]): Promise<void> {
  await onDatabase(databaseUrl, (client) => client.query(sql, [keys, new Date().toISOString()]));
}
