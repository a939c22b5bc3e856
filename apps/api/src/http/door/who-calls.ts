import { Injectable } from '@nestjs/common';
import { unattendedHeader } from '@cinch/api-contract';
import type { Request } from 'express';
import { Accounts } from '../../platform/accounts/accounts.ts';
import { AdminToken } from '../../platform/accounts/admin-token.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { SystemKeys } from '../../stages/systems/system-keys.ts';
import type { Actor } from '../access/actor.ts';
import { isForeign } from '../access/foreign-origin.ts';

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Finds out who calls, by the headers alone. */
@Injectable()
export class WhoCalls {
  constructor(
    private readonly accounts: Accounts,
    private readonly adminToken: AdminToken,
    private readonly keys: SystemKeys,
  ) {}

  async of(request: Request): Promise<Actor> {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token !== undefined) return this.bearerOf(token);
    const cookie = request.headers.cookie;
    const person = cookie === undefined ? null : await this.accounts.whoIs(cookie, { isUse: isUse(request) });
    if (unsafe.has(request.method) && isForeign(request.headers, person !== null)) {
      throw new ProblemError('foreign-origin', 'Make this call from the console itself, or with a bearer token.');
    }
    return person ? { kind: 'person', ...person } : { kind: 'nobody' };
  }

  private async bearerOf(token: string): Promise<Actor> {
    if (await this.adminToken.accepts(token)) return { kind: 'automation' };
    const code = await this.keys.systemOf(token);
    if (code !== null) return { kind: 'system', code };
    throw new ProblemError(
      'not-logged-in',
      'The bearer token is not known: it may have expired, been revoked or mistyped.',
    );
  }
}

/** The console says when nobody has touched it for a while; its stream is open all the time. */
function isUse({ headers, path }: Request): boolean {
  return headers[unattendedHeader] === undefined && path !== '/api/v1/live';
}
