import { createHash } from 'node:crypto';
import { rename, rm, stat } from 'node:fs/promises';
import pg from 'pg';
import { to as copyTo } from 'pg-copy-streams';
import { writeFrames, type FrameWriter } from './frames.ts';
import { sequencesOf, tablesOf, type Table } from './tables.ts';

export const format = 'cinch-backup-1';

export interface Dumped {
  tables: number;
  rows: number;
  bytes: number;
  schema: string;
}

/**
 * Writes the whole state of a hub into one file, as of one instant, while the hub works on: one transaction sees one snapshot. The file gets
 * its name when it is whole.
 */
export async function dumpHub(databaseUrl: string, file: string): Promise<Dumped> {
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'cinch backup' });
  await client.connect();
  const part = `${file}.part`;
  try {
    const migrations = await migrationsOf(client);
    const tables = await tablesOf(client);
    await client.query('start transaction isolation level repeatable read read only');
    // Held before the snapshot is taken: a table that is emptied or exchanged after it would be read as if it had no rows.
    const names = tables.map(({ name }) => pg.escapeIdentifier(name)).join(', ');
    await client.query(`lock table ${names} in access share mode`);
    await rm(part, { force: true });
    const writer = writeFrames(part);
    await writer.words({ format, takenAt: new Date().toISOString(), migrations });
    let rows = 0;
    for (const table of tables) rows += await dumpTable(client, table, writer);
    await writer.words({ end: true, sequences: await sequencesOf(client) });
    await writer.end();
    await rename(part, file);
    return { tables: tables.length, rows, bytes: (await stat(file)).size, schema: migrations.at(-1)! };
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  } finally {
    await client.end();
  }
}

async function migrationsOf(client: pg.Client): Promise<string[]> {
  const { rows: found } = await client.query<{ there: boolean }>(
    `select to_regclass('migrations') is not null as there`,
  );
  if (!found[0]!.there)
    throw new Error('There is no hub in this database: nothing was backed up. Look at DATABASE_URL.');
  const { rows } = await client.query<{ name: string }>('select name from migrations order by timestamp');
  return rows.map((row) => row.name);
}

async function dumpTable(client: pg.Client, { name, columns }: Table, writer: FrameWriter): Promise<number> {
  await writer.words({ table: name, columns });
  const names = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const stream = client.query(copyTo(`copy ${pg.escapeIdentifier(name)} (${names}) to stdout`));
  const sum = createHash('sha256');
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    sum.update(chunk);
    await writer.rows(chunk);
  }
  const { rowCount } = stream;
  await writer.words({ ended: name, rows: rowCount, sha256: sum.digest('hex') });
  return rowCount;
}
