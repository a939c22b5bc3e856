import { databaseWaits } from '@cinch/api-contract';
import pg from 'pg';
import { DataSource, type DataSourceOptions } from 'typeorm';
import { HubClient } from './hub-client.ts';
import { migrations } from './migrations.ts';
import { refuseForeignSchema } from './schema-version.ts';

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
 * committer's lock for the two hours that are the default: 25 seconds, and 20 where an answer to it is on its way.
 */
export const sessionOptions =
  '-c jit=off -c tcp_keepalives_idle=10 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3 -c tcp_user_timeout=20000';

/** For the schema alone: what the hub does goes by its lanes. */
export function dataSourceOptions(databaseUrl: string): DataSourceOptions {
  return {
    type: 'postgres',
    url: databaseUrl,
    synchronize: false,
    migrations: [...migrations],
    migrationsTransactionMode: 'all',
    poolSize: 2,
    applicationName: 'cinch schema',
    extra: {
      Client: HubClient,
      options: sessionOptions,
      keepAlive: true,
      keepAliveInitialDelayMillis: databaseWaits.keepAliveMs,
    },
  };
}

/** Connects and brings the schema up to date; of several processes that start at once, one migrates and the others wait. */
export async function openDataSource(options: DataSourceOptions): Promise<DataSource> {
  const source = await new DataSource(options).initialize();
  const lock = source.createQueryRunner();
  try {
    await lock.query('select pg_advisory_lock($1)', [migrationLock]);
    await refuseForeignSchema(source);
    await source.runMigrations();
    await lock.query('select pg_advisory_unlock($1)', [migrationLock]);
  } catch (error) {
    await lock.release();
    await source.destroy();
    throw error;
  }
  await lock.release();
  return source;
}

/** Brings the schema to exactly these steps, for a restore; null: to all that this version has. Rows may then be put in. */
export async function migrateTo(databaseUrl: string, names: readonly string[] | null): Promise<void> {
  const wanted = migrations.filter(({ name }) => names === null || names.includes(name));
  const source = await new DataSource({ ...dataSourceOptions(databaseUrl), migrations: wanted }).initialize();
  try {
    await source.runMigrations();
  } finally {
    await source.destroy();
  }
}
