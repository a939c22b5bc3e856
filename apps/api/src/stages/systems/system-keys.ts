import { hash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { Database, type Tx } from '../../platform/transaction.ts';

interface Known {
  code: string;
  until: number;
}

/** A key that was revoked works for at most this long in a process that has just seen it. */
const cachedMs = 10_000;
const cachedKeys = 1_000;

/**
 * Keys of systems: 256 random bits, stored as SHA-256. A key is found by its hash, so the time of a look-up tells nothing about
 * the secret; a slow hash would protect only secrets that can be guessed.
 */
@Injectable()
export class SystemKeys {
  private readonly known = new Map<string, Known>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Makes a key and returns it whole: it is not kept anywhere. */
  async make(tx: Tx, system: { systemId: number; code: string }): Promise<{ key: string; prefix: string }> {
    const key = `cinch_${system.code}_${randomBytes(32).toString('base64url')}`;
    return { key, prefix: await this.keep(tx, system.systemId, key) };
  }

  /** Keeps a key that was made elsewhere; a second time changes nothing. */
  async keep(tx: Tx, systemId: number, key: string): Promise<string> {
    const prefix = key.slice(0, -37);
    await tx.query(
      'insert into system_key (system_id, prefix, secret_hash) values ($1, $2, $3) on conflict (secret_hash) do nothing',
      [systemId, prefix, hashOf(key)],
    );
    return prefix;
  }

  /** The code of the system whose living key this is. */
  async systemOf(key: string): Promise<string | null> {
    const secret = hashOf(key);
    const name = secret.toString('base64');
    const now = this.clock.now();
    const known = this.known.get(name);
    if (known && known.until > now) return known.code;
    const [row] = await this.database.read((tx) =>
      tx.query<{ code: string }>(
        `select code from system_key join system using (system_id) where secret_hash = $1 and revoked_at is null`,
        [secret],
      ),
    );
    if (this.known.size >= cachedKeys) this.known.clear();
    // A key that is not known may be made in the next moment: only hits are remembered.
    if (row) this.known.set(name, { code: row.code, until: now + cachedMs });
    return row?.code ?? null;
  }
}

function hashOf(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}
