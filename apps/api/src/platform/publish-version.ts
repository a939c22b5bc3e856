import type { Tx } from './transaction.ts';

/** A document that has been validated, and why and by whom it is published, in milliseconds since 1970. */
export interface Publication {
  document: object;
  reason: string;
  by: string;
  at: number;
}

/** Makes the document the next version of those in the table and returns its number. A version never changes. */
export async function publishVersion(
  tx: Tx,
  table: 'rules' | 'match_model',
  { document, reason, by, at }: Publication,
): Promise<number> {
  // Of two documents that are published at the same moment, the one that commits last is the latest.
  await tx.query(`lock table ${table} in share row exclusive mode`);
  const [row] = await tx.query<{ version: number }>(
    `insert into ${table} (version, document, reason, published_by, published_at)
     select coalesce(max(version), 0) + 1, $1, $2, $3, $4 from ${table} returning version`,
    [JSON.stringify(document), reason, by, new Date(at)],
  );
  return row!.version;
}
