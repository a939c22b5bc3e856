import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { isAlive, postmasterOf } from '../postgres-process.ts';
import { startPostgres } from '../postgres.ts';
import { provisionEmbedded } from '../provision.ts';
import { openSecrets } from '../secrets.ts';
import { root } from '../workspaces.ts';

/** Hands over the address of the hub's database: the one of DATABASE_URL, else the embedded one, which is started where it does not run. */
export async function withHubDatabase<T>(
  env: Record<string, string | undefined>,
  work: (databaseUrl: string) => Promise<T>,
  { make }: { make: boolean },
): Promise<T> {
  if (env['DATABASE_URL']) return work(env['DATABASE_URL']);
  const dataDir = env['DATA_DIR'] || join(root, '.data');
  const cluster = join(dataDir, 'postgres');
  if (!make && !existsSync(cluster)) {
    throw new Error(`There is no hub in ${dataDir}. Set DATA_DIR to its data folder, or DATABASE_URL to its database.`);
  }
  const running = postmasterOf(cluster);
  if (running && isAlive(running.pid)) {
    const password = openSecrets(dataDir).get('database:cinch');
    return work(`postgres://cinch:${password}@127.0.0.1:${running.port}/cinch`);
  }
  const postgres = await startPostgres({ dataDir });
  try {
    const urls = await provisionEmbedded(postgres.url, { secrets: openSecrets(dataDir), demo: false });
    return await work(urls.hub);
  } finally {
    await postgres.stop();
  }
}
