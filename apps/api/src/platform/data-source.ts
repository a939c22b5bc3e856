import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { FirstSchema1764000000000 } from './migrations/1764000000000-first-schema.ts';
import { LoginTables1764000100000 } from './migrations/1764000100000-login-tables.ts';
import { Facts1764000200000 } from './migrations/1764000200000-facts.ts';
import { InboxChunks1764000250000 } from './migrations/1764000250000-inbox-chunks.ts';
import { PackedRecords1764000260000 } from './migrations/1764000260000-packed-records.ts';
import { ErrorLog1764000400000 } from './migrations/1764000400000-error-log.ts';
import { Loads1764000500000 } from './migrations/1764000500000-loads.ts';
import { CommitterEpoch1764000600000 } from './migrations/1764000600000-committer-epoch.ts';
import { UnmappedColumns1764000700000 } from './migrations/1764000700000-unmapped-columns.ts';
import { Matching1764000900000 } from './migrations/1764000900000-matching.ts';
import { PeopleAndKeys1764001000000 } from './migrations/1764001000000-people-and-keys.ts';
import { KeyScheme1764001600000 } from './migrations/1764001600000-key-scheme.ts';

// Identities are far below 2^53; as text they would compare and sum wrongly.
pg.types.setTypeParser(pg.types.builtins.INT8, Number);
const int8Array = 1016;
pg.types.setTypeParser(int8Array as typeof pg.types.builtins.INT8, (text: string) =>
  text.length > 2 ? text.slice(1, -1).split(',').map(Number) : [],
);

/** Any number: it only has to be the same for every hub process that may start on one database. */
const migrationLock = 7251042;

/**
 * Compiling plans costs more than our short statements take. A machine that vanished without closing its connections must not hold the
 * committer's lock for the two hours that are the default: 25 seconds.
 */
export const sessionOptions =
  '-c jit=off -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3';

export function dataSourceOptions(databaseUrl: string): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrl,
    synchronize: false,
    migrations: [
      FirstSchema1764000000000,
      LoginTables1764000100000,
      Facts1764000200000,
      InboxChunks1764000250000,
      PackedRecords1764000260000,
      ErrorLog1764000400000,
      Loads1764000500000,
      CommitterEpoch1764000600000,
      UnmappedColumns1764000700000,
      Matching1764000900000,
      PeopleAndKeys1764001000000,
      KeyScheme1764001600000,
    ],
    migrationsTransactionMode: 'all',
    poolSize: 12,
    applicationName: 'cinch',
    // Statements that do not wait for each other go out together.
    extra: { options: sessionOptions, pipeline: true },
  };
}

/** Connects and brings the schema up to date; of several processes that start at once, one migrates and the others wait. */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const source = await new DataSource(options).initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('select pg_advisory_lock($1)', [migrationLock]);
    await source.runMigrations();
    await lock.query('select pg_advisory_unlock($1)', [migrationLock]);
  } finally {
    await lock.release();
  }
  return source;
}
