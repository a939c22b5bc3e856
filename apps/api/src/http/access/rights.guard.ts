import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ProblemError } from '../../platform/problem-error.ts';
import { Accounts } from '../../platform/accounts/accounts.ts';
import { AdminToken } from '../../platform/accounts/admin-token.ts';
import { SystemKeys } from '../../stages/systems/system-keys.ts';
import type { ActingRequest, Actor } from './actor.ts';
import { isForeign } from './foreign-origin.ts';
import { isAmong, whoMay, type Caller, type Who } from './rights.ts';

const unsafe = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Finds out who calls and holds that against the table of rights. */
@Injectable()
export class RightsGuard implements CanActivate {
  constructor(
    private readonly accounts: Accounts,
    private readonly adminToken: AdminToken,
    private readonly keys: SystemKeys,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<ActingRequest>();
    const who = whoMay(request.method, (request.route as { path: string }).path);
    if (who === null) throw new ProblemError('not-allowed', 'Nobody may call this: it stands in no table of rights.');
    request.actor = await this.actorOf(request);
    refuse(who, callerOf(request.actor, request.params['system']));
    return true;
  }

  private async actorOf(request: ActingRequest): Promise<Actor> {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token !== undefined) return this.bearerOf(token);
    const cookie = request.headers.cookie;
    const person = cookie === undefined ? null : await this.accounts.whoIs(cookie);
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

function refuse(who: Who, caller: Caller): void {
  if (isAmong(who, caller)) return;
  if (caller === 'nobody') throw new ProblemError('not-logged-in', 'Log in, or send a key as a bearer token.');
  throw new ProblemError('not-allowed', refusals[who]);
}

/** `system`: the one that the address names, if it names one. */
function callerOf(actor: Actor, system: unknown): Caller {
  switch (actor.kind) {
    case 'person':
      return actor.me.role;
    case 'system':
      return system === undefined || system === actor.code ? 'system' : 'other-system';
    case 'automation':
    case 'nobody':
      return actor.kind;
  }
}

const refusals: Record<Who, string> = {
  public: 'Anybody may call this.',
  known: 'Send a key or log in.',
  person: 'Log in with e-mail and password: this is about your own account.',
  system: 'Send the key of the very system that the address names.',
  'system-or-reader': 'Send the key of the system that the address names, or log in.',
  'system-or-admin': 'Ask an admin, or let the system do it with its own key.',
  reader: 'Log in: keys of systems do not read this.',
  steward: 'Log in as a steward or an admin.',
  overseer: 'Log in as an admin or an auditor, or send the admin token.',
  admin: 'Ask an admin, or send the admin token.',
};
