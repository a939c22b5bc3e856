import type { DataSource } from 'typeorm';
import { migrations } from './migrations.ts';

/** While this table is there, a restore is under way or was broken off: what the database holds is not whole. */
export const unfinishedRestore = 'cinch_unfinished_restore';

/** Throws, in words for whoever starts the hub, when this version of it must not touch the database. Nothing is changed. */
export async function refuseForeignSchema(source: DataSource): Promise<void> {
  const [there] = await source.query<{ migrations: boolean; unfinished: boolean }[]>(
    `select to_regclass('migrations') is not null as migrations, to_regclass($1) is not null as unfinished`,
    [unfinishedRestore],
  );
  if (there!.unfinished) {
    throw new Error(
      'The database holds a restore that did not finish. Drop it, create it anew and restore into it again: npm run restore -- FILE.',
    );
  }
  if (!there!.migrations) return;
  const applied = await source.query<{ name: string }[]>('select name from migrations order by id');
  const unknown = newerThan(applied.map((row) => row.name));
  if (unknown.length === 0) return;
  throw new Error(
    `The database was written by a newer version of Cinch: it has ${unknown.join(', ')}, which this version does not know. ` +
      'Nothing was changed. Start that version or a later one, or restore a backup that this version made into an empty database.',
  );
}

/** Of these migrations, those that this version does not have. */
export function newerThan(applied: readonly string[]): string[] {
  const known = new Set<string>(migrations.map(({ name }) => name));
  return applied.filter((name) => !known.has(name));
}
