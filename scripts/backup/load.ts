import { createHash } from 'node:crypto';
import { once } from 'node:events';
import pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { migrateTo } from '../../apps/api/src/platform/data-source.ts';
import { newerThan, unfinishedRestore } from '../../apps/api/src/platform/schema-version.ts';
import { format } from './dump.ts';
import { cutOff, readFrames } from './frames.ts';
import { tablesOf, type Sequence } from './tables.ts';

export interface Restored {
  tables: number;
  rows: number;
  takenAt: string;
}

interface Header {
  takenAt: string;
  migrations: string[];
}

/**
 * Brings a backup into an empty database. The file is read to its end and checked before the database is touched; whatever goes wrong
 * after that leaves a database that no hub starts on. The hub that starts on it sends nothing until an admin lets it go.
 */
export async function restoreHub(databaseUrl: string, file: string): Promise<Restored> {
  const header = await check(file);
  const client = new pg.Client({ connectionString: databaseUrl, application_name: 'cinch restore' });
  await client.connect();
  try {
    await claim(client);
    await migrateTo(databaseUrl, header.migrations);
    await client.query('begin');
    await client.query('set constraints all deferred');
    const restored = await fill(client, file);
    await client.query('commit');
    await migrateTo(databaseUrl, null);
    await pause(client);
    await client.query('analyze');
    return { ...restored, takenAt: header.takenAt };
  } finally {
    await client.end();
  }
}

/** Reads the file whole, so that one that is damaged is found before anything is done. */
async function check(file: string): Promise<Header> {
  let header: Header | null = null;
  let table: { name: string; sum: ReturnType<typeof createHash> } | null = null;
  let isWhole = false;
  for await (const frame of readFrames(file)) {
    if (header === null) {
      if (frame.kind !== 'words' || frame.words['format'] !== format) {
        throw new Error(`${file} is no backup that this version of Cinch can read.`);
      }
      header = frame.words as unknown as Header;
    } else if (frame.kind === 'rows') table!.sum.update(frame.rows);
    else if ('table' in frame.words) table = { name: String(frame.words['table']), sum: createHash('sha256') };
    else if ('ended' in frame.words) {
      if (table!.sum.digest('hex') !== frame.words['sha256']) {
        throw new Error(`${file} is damaged: the rows of ${table!.name} are not those that were written.`);
      }
    } else isWhole = frame.words['end'] === true;
  }
  if (header === null || !isWhole) throw cutOff(file);
  const unknown = newerThan(header.migrations);
  if (unknown.length > 0) {
    throw new Error(
      `${file} was made by a newer version of Cinch: it has ${unknown.join(', ')}, which this version does not know. ` +
        'Nothing was changed. Restore it with that version or a later one.',
    );
  }
  return header;
}

async function claim(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v', 'm') limit 1`,
  );
  if (rows.length > 0) {
    throw new Error(
      `The database is not empty: it has the table ${rows[0]!.name}. Nothing was changed. A backup is restored into a new database only: ` +
        'create one and name it in DATABASE_URL, or set DATA_DIR to a new folder.',
    );
  }
  await client.query(`create table ${unfinishedRestore} ()`);
}

async function fill(client: pg.Client, file: string): Promise<{ tables: number; rows: number }> {
  await emptyTables(client);
  let copying: Copying | null = null;
  const done = { tables: 0, rows: 0 };
  for await (const frame of readFrames(file)) {
    if (frame.kind === 'rows') await copying!.write(frame.rows);
    else if ('table' in frame.words) {
      copying = copyInto(client, String(frame.words['table']), frame.words['columns'] as string[]);
    } else if ('ended' in frame.words) {
      const rows = await copying!.end();
      if (rows !== frame.words['rows']) {
        throw new Error(`${String(frame.words['ended'])} has ${rows} rows, the backup ${frame.words['rows']}.`);
      }
      done.tables += 1;
      done.rows += rows;
    } else if ('sequences' in frame.words) await setSequences(client, frame.words['sequences'] as Sequence[]);
  }
  return done;
}

/** Some migrations write rows of their own; the backup has them too, as they were. Tables that are only added to must not be asked. */
async function emptyTables(client: pg.Client): Promise<void> {
  const names = (await tablesOf(client)).map(({ name }) => name);
  const looks = names.map(
    (name) => `select ${pg.escapeLiteral(name)} as name where exists (select 1 from ${pg.escapeIdentifier(name)})`,
  );
  const { rows } = await client.query<{ name: string }>(looks.join(' union all '));
  if (rows.length === 0) return;
  await client.query(`truncate ${rows.map(({ name }) => pg.escapeIdentifier(name)).join(', ')} cascade`);
}

interface Copying {
  write(rows: Buffer): Promise<void>;
  /** How many rows came in. */
  end(): Promise<number>;
}

function copyInto(client: pg.Client, table: string, columns: readonly string[]): Copying {
  const names = columns.map((column) => pg.escapeIdentifier(column)).join(', ');
  const stream = client.query(copyFrom(`copy ${pg.escapeIdentifier(table)} (${names}) from stdin`));
  // An error may come between two writes, when nobody waits for the stream.
  const failed = once(stream, 'error').then(([error]) => Promise.reject(error as Error));
  failed.catch(() => undefined);
  return {
    async write(rows) {
      // A copy: the frame is a part of a buffer that is read over as soon as we go on.
      if (!stream.write(Buffer.from(rows))) await Promise.race([once(stream, 'drain'), failed]);
    },
    async end() {
      stream.end();
      await Promise.race([once(stream, 'finish'), failed]);
      return stream.rowCount;
    },
  };
}

async function setSequences(client: pg.Client, sequences: readonly Sequence[]): Promise<void> {
  await client.query(
    `select setval(quote_ident(name)::regclass, coalesce(last, 1), last is not null)
     from unnest($1::text[], $2::bigint[]) as t(name, last)`,
    [sequences.map((sequence) => sequence.name), sequences.map((sequence) => sequence.last)],
  );
}

/** The systems know more than this hub by now: it hears before it speaks again, and a person says when. */
async function pause(client: pg.Client): Promise<void> {
  await client.query('begin');
  await client.query(
    `update outbound_switch set state = 'paused', reason = 'restored from a backup', set_by = 'restore', set_at = now(), restored_at = now()`,
  );
  await client.query(
    `insert into audit (at, actor, act, subject) values (now(), 'restore', 'all outbound paused', 'restored from a backup')`,
  );
  await client.query(`drop table ${unfinishedRestore}`);
  await client.query('commit');
}
