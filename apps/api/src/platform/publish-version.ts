import { ProblemError } from './problem-error.ts';
import type { Tx } from './transaction.ts';

type Table = 'rules' | 'match_model' | 'canonical_model';

/** A document that has been validated, and why and by whom it is published, in milliseconds since 1970. */
export interface Publication {
  document: object;
  reason: string;
  by: string;
  at: number;
  /** The version that the publisher looked at: nothing is published over a later one. Without it the last one wins. */
  base?: number | undefined;
}

/** A version without its document. */
export interface PublishedVersion {
  version: number;
  reason: string;
  publishedBy: string | null;
  publishedAt: Date | null;
  appliedAt: Date | null;
}

/** Makes the document the next version of those in the table and returns its number. A version never changes. */
export async function publishVersion(
  tx: Tx,
  table: Table,
  { document, reason, by, at, base }: Publication,
): Promise<number> {
  // Of two documents that are published at the same moment, the one that commits last is the latest.
  await tx.query(`lock table ${table} in share row exclusive mode`);
  if (base !== undefined) await mustBeLatest(tx, table, base);
  const [row] = await tx.query<{ version: number }>(
    `insert into ${table} (version, document, reason, published_by, published_at)
     select coalesce(max(version), 0) + 1, $1, $2, $3, $4 from ${table} returning version`,
    [JSON.stringify(document), reason, by, new Date(at)],
  );
  return row!.version;
}

/** The latest first, without their documents, which may be large. */
export function publishedVersions(tx: Tx, table: Table, limit: number): Promise<PublishedVersion[]> {
  return tx.query(
    `select version, reason, published_by as "publishedBy", published_at as "publishedAt", applied_at as "appliedAt"
     from ${table} order by version desc limit $1`,
    [limit],
  );
}

/** The latest version with its document as it is stored; null where nobody has published one. */
export async function latestVersion(tx: Tx, table: Table): Promise<(PublishedVersion & { document: string }) | null> {
  const [row] = await tx.query<PublishedVersion & { document: string }>(
    `select version, document, reason, published_by as "publishedBy", published_at as "publishedAt",
       applied_at as "appliedAt" from ${table} order by version desc limit 1`,
  );
  return row ?? null;
}

/** One version with its document as it is stored; null where there is none of this number. */
export async function publishedVersion(
  tx: Tx,
  table: Table,
  version: number,
): Promise<(PublishedVersion & { document: string }) | null> {
  const [row] = await tx.query<PublishedVersion & { document: string }>(
    `select version, document, reason, published_by as "publishedBy", published_at as "publishedAt",
       applied_at as "appliedAt" from ${table} where version = $1`,
    [version],
  );
  return row ?? null;
}

async function mustBeLatest(tx: Tx, table: Table, base: number): Promise<void> {
  const [latest] = await publishedVersions(tx, table, 1);
  const version = latest?.version ?? 0;
  if (version === base) return;
  throw new ProblemError('version-changed', versionChanged(base, version, latest?.publishedBy ?? null));
}

/** What to do where a document was made from another version than the latest. */
export function versionChanged(base: number, version: number, publishedBy: string | null): string {
  return base > version
    ? `There is no version ${base}: the latest is ${version}. Look at that one first. Nothing was changed.`
    : `${publishedBy ?? 'Somebody'} has published version ${version} since you looked at version ${base}. Look at what it changed, then publish yours on top of it. Nothing was changed.`;
}
