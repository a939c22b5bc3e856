import { hash, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { ENVIRONMENT, type Environment } from '../environment.ts';
import { Database } from '../transaction.ts';

/** The bearer token of automation: the one given by the environment, else the one made at first start. */
@Injectable()
export class AdminToken {
  private hashes: Buffer[] | null = null;

  constructor(
    private readonly database: Database,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  async accepts(token: string): Promise<boolean> {
    return isAmong(await this.known(), token);
  }

  /** Whether it is the token, where that is known without a look-up. */
  isAtHand(token: string): boolean {
    return this.hashes !== null && isAmong(this.hashes, token);
  }

  private async known(): Promise<Buffer[]> {
    if (this.hashes) return this.hashes;
    if (this.environment.adminToken !== null) return (this.hashes = [hashOf(this.environment.adminToken)]);
    const rows = await this.database
      .in('vital')
      .read((tx) => tx.query<{ hash: Buffer }>('select token_hash as hash from admin_token'));
    // Before the first start has made one there is nothing worth remembering.
    if (rows.length > 0) this.hashes = rows.map((row) => row.hash);
    return rows.map((row) => row.hash);
  }
}

function isAmong(hashes: readonly Buffer[], token: string): boolean {
  const given = hashOf(token);
  return hashes.some((known) => timingSafeEqual(known, given));
}

export function makeToken(): string {
  return `cinch_admin_${randomBytes(32).toString('base64url')}`;
}

export function hashOf(token: string): Buffer {
  return hash('sha256', token, 'buffer');
}
