import { Injectable } from '@nestjs/common';
import type { SystemKey } from '@cinch/api-contract';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Glance, Tx } from '../../platform/transaction.ts';

export interface NewKey {
  systemId: number;
  prefix: string;
  secretHash: Buffer;
  name: string;
  /** Milliseconds since 1970; null: works until it is revoked. */
  expiresAt: number | null;
}

export interface LivingKey {
  code: string;
  expiresAt: number | null;
}

interface Row extends Pick<SystemKey, 'keyId' | 'name' | 'prefix'> {
  madeAt: Date;
  expiresAt: Date | null;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

const mostLive = 2;

@Injectable()
export class KeysStore {
  async all(tx: Tx, systemId: number, now: number): Promise<SystemKey[]> {
    const rows = await tx.query<Row>(
      `select key_id as "keyId", name, prefix, created_at as "madeAt", expires_at as "expiresAt", revoked_at as "revokedAt",
         last_used_at as "lastUsedAt"
       from system_key where system_id = $1 order by key_id desc`,
      [systemId],
    );
    return rows.map((row) => shown(row, now));
  }

  /** Refused while the system has two live keys. */
  async add(tx: Tx, key: NewKey, now: number): Promise<number> {
    // Two who each make the second key in the same moment would end with three.
    await tx.query('select 1 from system where system_id = $1 for no key update', [key.systemId]);
    const [live] = await tx.query<{ n: number }>(
      `select count(*) as n from system_key where system_id = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
      [key.systemId, new Date(now)],
    );
    if (live!.n >= mostLive)
      throw new ProblemError('too-many-keys', 'Revoke the key that is no longer used, then make the new one.');
    const [row] = await tx.query<{ key_id: number }>(
      `insert into system_key (system_id, prefix, secret_hash, name, expires_at) values ($1, $2, $3, $4, $5) returning key_id`,
      [key.systemId, key.prefix, key.secretHash, key.name, key.expiresAt === null ? null : new Date(key.expiresAt)],
    );
    return row!.key_id;
  }

  /** A key that was made elsewhere; a second time changes nothing. */
  async keep(tx: Tx, systemId: number, prefix: string, secretHash: Buffer): Promise<void> {
    await tx.query(
      'insert into system_key (system_id, prefix, secret_hash) values ($1, $2, $3) on conflict (secret_hash) do nothing',
      [systemId, prefix, secretHash],
    );
  }

  /** The prefix of what was revoked; null when there was no such key that worked. */
  async revoke(tx: Tx, systemId: number, keyId: number, now: number): Promise<string | null> {
    const [row] = await tx.query<{ prefix: string }>(
      'update system_key set revoked_at = $3 where system_id = $1 and key_id = $2 and revoked_at is null returning prefix',
      [systemId, keyId, new Date(now)],
    );
    return row?.prefix ?? null;
  }

  async living(glance: Glance, secretHash: Buffer, now: number): Promise<LivingKey | null> {
    const [row] = await glance.query<{ code: string; expires_at: Date | null }>(
      `select code, expires_at from system_key join system using (system_id)
       where secret_hash = $1 and revoked_at is null and (expires_at is null or expires_at > $2)`,
      [secretHash, new Date(now)],
    );
    return row ? { code: row.code, expiresAt: row.expires_at?.getTime() ?? null } : null;
  }

  async noteUse(glance: Glance, secretHash: Buffer, now: number): Promise<void> {
    await glance.query('update system_key set last_used_at = greatest(last_used_at, $2) where secret_hash = $1', [
      secretHash,
      new Date(now),
    ]);
  }
}

function shown({ madeAt, expiresAt, revokedAt, lastUsedAt, ...row }: Row, now: number): SystemKey {
  const hasExpired = expiresAt !== null && expiresAt.getTime() <= now;
  return {
    ...row,
    state: revokedAt ? 'revoked' : hasExpired ? 'expired' : 'live',
    madeAt: madeAt.toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    revokedAt: revokedAt?.toISOString() ?? null,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
  };
}
