import { randomBytes } from 'node:crypto';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** 256 random bits, safe in URLs, shell words and connection strings. */
export function makeSecret(): string {
  return randomBytes(32).toString('base64url');
}

/** The generated secrets of one data folder, kept in secrets.json, which only its owner can read. */
export interface Secrets {
  /** The secret kept under this name; made and stored at the first call. */
  get(name: string, make?: () => string): string;
}

export function openSecrets(dataDir: string): Secrets {
  const file = join(dataDir, 'secrets.json');
  return {
    get(name, make = makeSecret) {
      // Read each time: two parts of one start keep their secrets here, and neither may write over the other's.
      const kept = readKept(file);
      const known = kept[name];
      if (known) return known;
      const secret = make();
      kept[name] = secret;
      // Written beside and renamed: a start killed here must not leave half a file, which would lock us out of our own database.
      writeFileSync(`${file}.new`, `${JSON.stringify(kept, null, 2)}\n`, { mode: 0o600 });
      renameSync(`${file}.new`, file);
      return secret;
    },
  };
}

/** Makes the data folder, for its owner alone. */
export function makeDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true, mode: 0o700 });
    accessSync(dataDir, constants.W_OK | constants.X_OK);
  } catch (cause) {
    throw new Error(
      `The data folder ${dataDir} cannot be written (${(cause as Error).message}). Start as its owner, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
}

function readKept(file: string): Record<string, string> {
  if (!existsSync(file)) return {};
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch (cause) {
    throw new Error(`${file} is no valid JSON. Restore it from a backup: it holds the passwords of the databases.`, {
      cause,
    });
  }
}
