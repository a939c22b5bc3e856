import { hash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { KeysStore, type NewKey } from './keys.store.ts';

interface Known {
  code: string;
  /** On the clock that nobody can set, as is the next: set back, the other would keep a revoked key alive. */
  until: number;
  expiresAt: number;
  /** When its use was last written down. */
  notedAt: number;
}

/** A key that was revoked works for at most this long in another process that has just seen it. */
const cachedMs = 10_000;
const cachedKeys = 1_000;
/** Its last use is known this exactly: a write for each request would cost more than the request. */
const notedMs = 60_000;

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
    private readonly store: KeysStore,
  ) {}

  /** Makes a key and returns it whole: it is not kept anywhere. */
  async make(
    tx: Tx,
    { systemId, code }: { systemId: number; code: string },
    { name, expiresAt }: Pick<NewKey, 'name' | 'expiresAt'>,
    now: number,
  ): Promise<{ keyId: number; key: string; prefix: string }> {
    const key = `cinch_${code}_${randomBytes(32).toString('base64url')}`;
    const prefix = prefixOf(key);
    const keyId = await this.store.add(tx, { systemId, prefix, secretHash: hashOf(key), name, expiresAt }, now);
    return { keyId, key, prefix };
  }

  /** Keeps a key that was made elsewhere; a second time changes nothing. */
  async keep(tx: Tx, systemId: number, key: string): Promise<void> {
    await this.store.keep(tx, systemId, prefixOf(key), hashOf(key));
  }

  /** Whether this process has seen the key living, be it some time ago. It may have ended since. */
  wasHere(key: string): boolean {
    return this.known.has(nameOf(hashOf(key)));
  }

  /** The code of the system whose living key this is, where that is known without a look-up. */
  systemAtHand(key: string): string | null {
    const known = this.known.get(nameOf(hashOf(key)));
    return known && this.isFresh(known) ? known.code : null;
  }

  /** The code of the system whose living key this is. */
  async systemOf(key: string): Promise<string | null> {
    const secret = hashOf(key);
    const name = nameOf(secret);
    const known = this.known.get(name);
    if (known && this.isFresh(known)) return known.code;
    const [now, ran] = [this.clock.neverBack(), performance.now()];
    const living = await this.database.in('intake').glance((glance) => this.store.living(glance, secret, now));
    if (!living) {
      this.known.delete(name);
      return null;
    }
    let notedAt = known?.notedAt ?? -Infinity;
    if (ran - notedAt >= notedMs) {
      notedAt = ran;
      await this.database.in('intake').glance((glance) => this.store.noteUse(glance, secret, now));
    }
    if (this.known.size >= cachedKeys) this.known.clear();
    // A key that is not known may be made in the next moment: only hits are remembered.
    this.known.set(name, {
      code: living.code,
      until: ran + cachedMs,
      expiresAt: living.expiresAt ?? Infinity,
      notedAt,
    });
    return living.code;
  }

  private isFresh({ until, expiresAt }: Known): boolean {
    return until > performance.now() && expiresAt > this.clock.neverBack();
  }

  /** After a key was revoked: in this process it ends at once. */
  forget(): void {
    this.known.clear();
  }
}

function prefixOf(key: string): string {
  return key.slice(0, -37);
}

function nameOf(secret: Buffer): string {
  return secret.toString('base64');
}

function hashOf(key: string): Buffer {
  return hash('sha256', key, 'buffer');
}
