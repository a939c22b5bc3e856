import { Injectable } from '@nestjs/common';
import { unattendedHeader } from '@cinch/api-contract';
import type { Request } from 'express';
import { Accounts } from '../../platform/accounts/accounts.ts';
import { AdminToken } from '../../platform/accounts/admin-token.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { SystemKeys } from '../../stages/systems/system-keys.ts';
import { callerOf, type Actor } from '../access/actor.ts';
import { isForeign } from '../access/foreign-origin.ts';
import { Shares } from './shares.ts';

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Finds out who calls, by the headers alone. */
@Injectable()
export class WhoCalls {
  /** Tokens that are being looked up: many first calls of one key are one look-up. */
  private readonly underWay = new Map<string, Promise<string | null>>();

  constructor(
    private readonly accounts: Accounts,
    private readonly adminToken: AdminToken,
    private readonly keys: SystemKeys,
    private readonly shares: Shares,
  ) {}

  async of(request: Request): Promise<Actor> {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token !== undefined) return this.bearerOf(token, request);
    const cookie = request.headers.cookie;
    const person = cookie === undefined ? null : await this.accounts.whoIs(cookie, { isUse: isUse(request) });
    if (unsafe.has(request.method) && isForeign(request.headers, person !== null)) {
      throw new ProblemError('foreign-origin', 'Make this call from the console itself, or with a bearer token.');
    }
    return person ? { kind: 'person', ...person } : { kind: 'nobody' };
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

/** The console says when nobody has touched it for a while; its stream is open all the time. */
function isUse({ headers, path }: Request): boolean {
  return headers[unattendedHeader] === undefined && path !== '/api/v1/live';
}
