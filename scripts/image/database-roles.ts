import pg from 'pg';

/** What docker/databases.sh has psql do for one role, with the name and the password put in as psql would. */
function statementsFor(script: string, name: string, password: string): string[] {
  const sql = /<<-'SQL'\n(.*?)\nSQL\n/s.exec(script)?.[1];
  if (sql === undefined) throw new Error('docker/databases.sh has no SQL any more that this can find.');
  return sql
    .split(';\n')
    .map((statement) => statement.trim().replace(/;$/, ''))
    .map((statement) =>
      statement.replaceAll(':"name"', pg.escapeIdentifier(name)).replaceAll(":'password'", pg.escapeLiteral(password)),
    );
}

/** The same on a server of ours; gives the address at which that role enters its database. */
export async function makeRole(adminUrl: string, script: string, name: string, password: string): Promise<string> {
  await runStatements(adminUrl, statementsFor(script, name, password));
  const url = new URL(adminUrl);
  [url.username, url.password] = [encodeURIComponent(name), encodeURIComponent(password)];
  url.pathname = `/${encodeURIComponent(name)}`;
  return url.href;
}

/** One by one: a database is not made within a transaction. */
export async function runStatements(url: string, statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const statement of statements) await client.query(statement);
  } finally {
    await client.end();
  }
}
