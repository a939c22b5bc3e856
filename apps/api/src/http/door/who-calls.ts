import { hash } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Injectable } from '@nestjs/common';
import { unattendedHeader } from '@cinch/api-contract';
import type { Request } from 'express';
import { Accounts, type Person } from '../../platform/accounts/accounts.ts';
import { AdminToken } from '../../platform/accounts/admin-token.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { SystemKeys } from '../../stages/systems/system-keys.ts';
import { callerOf, type Actor } from '../access/actor.ts';
import { isForeign } from '../access/foreign-origin.ts';
import { Shares } from './shares.ts';

/** Browsers that are remembered: far more than people have to do with a hub. */
const mostCookies = 10_000;
const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Finds out who calls, by the headers alone. */
@Injectable()
export class WhoCalls {
  /** Cookies of living sessions that have been here; the oldest first. */
  private readonly cookies = new Set<string>();
  /** Tokens that are being looked up: many first calls of one key are one look-up. */
  private readonly underWay = new Map<string, Promise<string | null>>();

  constructor(
    private readonly accounts: Accounts,
    private readonly adminToken: AdminToken,
    private readonly keys: SystemKeys,
    private readonly shares: Shares,
  ) {}

  /** Whether this process has met the caller, be it some time ago: told by the headers, without a look-up. */
  hasMet({ headers }: IncomingMessage): boolean {
    const token = tokenIn(headers);
    if (token !== undefined) return this.adminToken.isAtHand(token) || this.keys.wasHere(token);
    return headers.cookie !== undefined && this.cookies.has(nameOf(headers.cookie));
  }

  async of(request: Request): Promise<Actor> {
    const token = tokenIn(request.headers);
    if (token !== undefined) return this.bearerOf(token, request);
    const cookie = request.headers.cookie;
    const person = cookie === undefined ? null : await this.personOf(cookie, request);
    if (unsafe.has(request.method) && isForeign(request.headers, person !== null)) {
      throw new ProblemError('foreign-origin', 'Make this call from the console itself, or with a bearer token.');
    }
    return person ? { kind: 'person', ...person } : { kind: 'nobody' };
  }

  private async personOf(cookie: string, request: Request): Promise<Person | null> {
    const person = await this.accounts.whoIs(cookie, { isUse: isUse(request) });
    const name = nameOf(cookie);
    this.cookies.delete(name);
    if (!person) return null;
    const [oldest] = this.cookies;
    if (this.cookies.size >= mostCookies) this.cookies.delete(oldest!);
    this.cookies.add(name);
    return person;
  }

  private async bearerOf(token: string, request: Request): Promise<Actor> {
    if (await this.adminToken.accepts(token)) return { kind: 'automation' };
    const code = await this.systemOf(token, request);
    if (code !== null) return { kind: 'system', code };
    throw new ProblemError(
      'not-logged-in',
      'The bearer token is not known: it may have expired, been revoked or mistyped.',
    );
  }

  /** A key that has been here needs no turn; whoever guesses shares its look-ups with the other strangers of the address. */
  private systemOf(token: string, request: Request): Promise<string | null> {
    if (this.keys.wasHere(token)) return this.keys.systemOf(token);
    const asked = this.underWay.get(token);
    if (asked) return asked;
    const giveBack = this.shares.take('lookUps', callerOf({ kind: 'nobody' }, request));
    const found = this.keys.systemOf(token).finally(() => {
      giveBack();
      this.underWay.delete(token);
    });
    this.underWay.set(token, found);
    return found;
  }
}

function tokenIn({ authorization = '' }: IncomingHttpHeaders): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1];
}

function nameOf(cookie: string): string {
  return hash('sha256', cookie, 'base64');
}

/** The console says when nobody has touched it for a while; its stream is open all the time. */
function isUse({ headers, path }: Request): boolean {
  return headers[unattendedHeader] === undefined && path !== '/api/v1/live';
}
