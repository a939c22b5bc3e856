import { createHmac, hash, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { knownBrowserMs, rememberedLogIns } from '@cinch/api-contract';
import type { Request } from 'express';
import { addressOf, networkOf } from '../../platform/caller-address.ts';
import { Clock } from '../../platform/clock.ts';
import { ENVIRONMENT, type Environment } from '../../platform/environment.ts';
import type { Attempt } from './password-turns.ts';

const cookieName = 'cinch.browser';

/**
 * Tells the owner of an account from those who guess at it: a browser that logged in keeps a signed cookie (OWASP calls it a device
 * cookie), and an address from which a log-in at the account succeeded is remembered for a while. Neither lets anybody in; whoever has
 * one waits only behind himself.
 */
@Injectable()
export class KnownBrowser {
  private readonly key: Buffer;
  /** Of account and address, the oldest first. */
  private readonly succeeded = new Set<string>();

  constructor(
    private readonly clock: Clock,
    @Inject(ENVIRONMENT) { authSecret }: Environment,
  ) {
    this.key = Buffer.from(hkdfSync('sha256', authSecret, '', 'known browser', 32));
  }

  /** Every name has the same length, whatever was typed. */
  attemptOf(request: Request, email: string): Attempt {
    const account = nameOf(email.trim().toLowerCase());
    const isGone = () => request.socket.destroyed;
    const browser = this.browserOf(request, account);
    if (browser !== null) return { lane: nameOf('browser', browser, account), isKnown: true, account, isGone };
    const address = networkOf(addressOf(request));
    const pair = nameOf('pair', address, account);
    if (this.succeeded.has(pair)) return { lane: pair, isKnown: true, account, isGone };
    return { lane: nameOf('address', address), isKnown: false, account, isGone };
  }

  /** After a log-in; returns the value of `Set-Cookie` that keeps the browser known. */
  noteSuccess(request: Request, email: string): string {
    const account = nameOf(email.trim().toLowerCase());
    const pair = nameOf('pair', networkOf(addressOf(request)), account);
    this.succeeded.delete(pair);
    this.succeeded.add(pair);
    const [oldest] = this.succeeded;
    if (this.succeeded.size > rememberedLogIns) this.succeeded.delete(oldest!);
    const until = this.clock.neverBack() + knownBrowserMs;
    const claim = `${randomBytes(12).toString('base64url')}.${until}`;
    const value = `${claim}.${this.signed(claim, account)}`;
    return `${cookieName}=${value}; Max-Age=${knownBrowserMs / 1_000}; Path=/api/v1; HttpOnly; SameSite=Lax`;
  }

  /** The name of the browser; null where it is not one that logged in at this account. */
  private browserOf(request: Request, account: string): string | null {
    const [, value = ''] = /(?:^|; *)cinch\.browser=([\w.-]{1,200})(?:;|$)/.exec(request.headers.cookie ?? '') ?? [];
    const [name, until, signature, ...more] = value.split('.');
    if (name === undefined || until === undefined || signature === undefined || more.length > 0) return null;
    const [given, right] = [Buffer.from(signature), Buffer.from(this.signed(`${name}.${until}`, account))];
    if (given.length !== right.length || !timingSafeEqual(given, right)) return null;
    return Number(until) > this.clock.neverBack() ? name : null;
  }

  private signed(claim: string, account: string): string {
    return createHmac('sha256', this.key).update(`${claim} ${account}`).digest('base64url');
  }
}

function nameOf(...parts: readonly string[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url');
}
