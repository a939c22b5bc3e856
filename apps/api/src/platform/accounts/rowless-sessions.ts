import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { sessionEnds } from '@cinch/api-contract';
import { z } from 'zod';
import { Clock } from '../clock.ts';
import { ENVIRONMENT, type Environment } from '../environment.ts';

const cookieName = 'cinch.rowless';

const claim = z.object({ userId: z.string(), sessionId: z.string(), until: z.number() });
type Claim = z.infer<typeof claim>;

/** A claim and its signature, which only the password that is set now can prove. */
interface Claimed extends Claim {
  isProvedBy(passwordHash: string): boolean;
}

/**
 * Sessions for the time in which the database takes no row of them: whoever looks after the hub must be able to log in and see what is
 * wrong. The cookie holds all of it, signed. It ends by itself soon, with another password, and with the account.
 */
@Injectable()
export class RowlessSessions {
  private readonly key: Buffer;

  constructor(
    private readonly clock: Clock,
    @Inject(ENVIRONMENT) { authSecret }: Environment,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', authSecret, '', 'rowless session', 32));
  }

  /** The value of `Set-Cookie`. */
  make(userId: string, passwordHash: string): { sessionId: string; cookie: string } {
    const sessionId = `rowless-${randomBytes(12).toString('base64url')}`;
    const until = this.clock.neverBack() + sessionEnds.rowlessMs;
    const text = Buffer.from(JSON.stringify({ userId, sessionId, until })).toString('base64url');
    const value = `${text}.${this.signed(text, passwordHash)}`;
    return { sessionId, cookie: cookieOf(value, sessionEnds.rowlessMs / 1_000) };
  }

  /** What the cookie claims, unless it has ended. */
  read(cookies: string): Claimed | null {
    const [, text, signature] = /(?:^|; *)cinch\.rowless=([\w-]{1,400})\.([\w-]{43})(?:;|$)/.exec(cookies) ?? [];
    if (text === undefined || signature === undefined) return null;
    const read = claimIn(text);
    if (!read || read.until <= this.clock.neverBack()) return null;
    const isProvedBy = (passwordHash: string) =>
      timingSafeEqual(Buffer.from(signature), Buffer.from(this.signed(text, passwordHash)));
    return { ...read, isProvedBy };
  }

  /** The value of `Set-Cookie` that takes it away. */
  get cleared(): string {
    return cookieOf('', 0);
  }

  private signed(text: string, passwordHash: string): string {
    return createHmac('sha256', this.key).update(`${text} ${passwordHash}`).digest('base64url');
  }
}

function claimIn(text: string): Claim | null {
  try {
    return claim.parse(JSON.parse(Buffer.from(text, 'base64url').toString()));
  } catch {
    return null;
  }
}

function cookieOf(value: string, seconds: number): string {
  return `${cookieName}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax`;
}
