import pg from 'pg';
import type { Secrets } from './secrets.ts';

/** The reference systems, each with a database that only its own role can enter. */
export const systems = ['adipose', 'bellyfat'] as const;
export type SystemName = (typeof systems)[number];

export interface DatabaseUrls {
  hub: string;
  adipose?: string;
  bellyfat?: string;
}

export interface ProvisionOptions {
  secrets: Secrets;
  /** False: an empty hub, without reference systems. */
  demo: boolean;
}

/** Databases and roles on our own server, where even the hub runs under a plain role. */
export async function provisionEmbedded(adminUrl: string, { secrets, demo }: ProvisionOptions): Promise<DatabaseUrls> {
  return provision(adminUrl, demo ? ['cinch', ...systems] : ['cinch'], secrets, (urls) => ({
    hub: urls['cinch']!,
    adipose: urls['adipose'],
    bellyfat: urls['bellyfat'],
  }));
}

/**
 * The hub uses the given database as it is; the reference systems get databases beside it. The given role needs CREATEDB and
 * CREATEROLE for that, and need not be a superuser.
 */
export async function provisionServer(databaseUrl: string, { secrets, demo }: ProvisionOptions): Promise<DatabaseUrls> {
  const name = databaseName(databaseUrl);
  const names = demo ? systems.map((system) => `${name}_${system}`) : [];
  return provision(databaseUrl, names, secrets, (urls) => ({
    hub: databaseUrl,
    adipose: urls[`${name}_adipose`],
    bellyfat: urls[`${name}_bellyfat`],
  }));
}

async function provision(
  adminUrl: string,
  names: readonly string[],
  secrets: Secrets,
  collect: (urls: Record<string, string>) => DatabaseUrls,
): Promise<DatabaseUrls> {
  const client = new pg.Client({ connectionString: adminUrl, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
  } catch (cause) {
    const { host, port, database } = client;
    throw new Error(
      `The database server does not let us in (${host}:${port}, database ${database}: ${(cause as Error).message}). ` +
        'Check DATABASE_URL: the server must run and the database exist.',
      { cause },
    );
  }
  try {
    const urls: Record<string, string> = {};
    for (const name of names) {
      const password = secrets.get(`database:${name}`);
      await ensureRole(client, name, password);
      await ensureDatabase(client, name);
      urls[name] = urlFor(adminUrl, name, password);
    }
    return collect(urls);
  } finally {
    await client.end();
  }
}

async function ensureRole(client: pg.Client, name: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  const verb = rowCount ? 'alter' : 'create';
  try {
    // The password is set anew each time: the data folder that knew the last one may be gone.
    await client.query(`${verb} role ${pg.escapeIdentifier(name)} login password ${pg.escapeLiteral(password)}`);
  } catch (cause) {
    throw new Error(
      `The role of DATABASE_URL may not ${verb} the role ${name} (${(cause as Error).message}). Give it CREATEROLE and CREATEDB` +
        `${rowCount ? `, or drop the role ${name} that somebody else made` : ''}, or set DEMO=off for a hub without reference systems.`,
      { cause },
    );
  }
}

async function ensureDatabase(client: pg.Client, name: string): Promise<void> {
  const database = pg.escapeIdentifier(name);
  const { rows } = await client.query<{ owner: string; open: boolean }>(
    `select pg_get_userbyid(datdba) as owner, has_database_privilege('public', datname, 'connect') as open
       from pg_database where datname = $1`,
    [name],
  );
  if (rows[0]?.owner === name && !rows[0].open) return;
  try {
    if (!rows[0]) await client.query(`create database ${database} template template0`);
    // Only a member of a role can give it something, and a plain role is no member of the roles that it makes.
    await client.query(`grant ${database} to current_user`);
    await client.query(`revoke connect, temporary on database ${database} from public`);
    await client.query(`alter database ${database} owner to ${database}`);
    await client.query(`revoke ${database} from current_user`);
  } catch (cause) {
    throw new Error(
      `The database ${name} could not be made ready (${(cause as Error).message}). The role of DATABASE_URL needs CREATEDB and ` +
        'CREATEROLE; or set DEMO=off for a hub without reference systems.',
      { cause },
    );
  }
}

function databaseName(databaseUrl: string): string {
  let name: string;
  try {
    name = decodeURIComponent(new URL(databaseUrl).pathname.slice(1));
  } catch (cause) {
    throw new Error('DATABASE_URL is no URL. It looks like postgres://user:password@host:5432/database.', { cause });
  }
  if (!name)
    throw new Error('DATABASE_URL names no database. It looks like postgres://user:password@host:5432/database.');
  // Postgres cuts names at 63 bytes without a word, and the two systems would end up in one database.
  if (Buffer.byteLength(name) > 50) throw new Error(`The database name ${name} is too long: use at most 50 bytes.`);
  return name;
}

/** Role and database of one name, the rest of the address as the admin has it. */
function urlFor(adminUrl: string, name: string, password: string): string {
  const url = new URL(adminUrl);
  url.username = encodeURIComponent(name);
  url.password = password;
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}
