import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { ProblemError } from '../../platform/problem-error.ts';
import { Accounts } from '../../platform/accounts/accounts.ts';
import { AdminToken } from '../../platform/accounts/admin-token.ts';
import { SystemKeys } from '../../stages/systems/system-keys.ts';
import type { ActingRequest, Actor } from './actor.ts';
import { isForeign } from './foreign-origin.ts';
import { whoMay, type Who } from './rights.ts';

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
    refuse(who, request.actor, String(request.params['system'] ?? ''));
    return true;
  }

  private async actorOf(request: ActingRequest): Promise<Actor> {
    const [, token] = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '') ?? [];
    if (token !== undefined) return this.bearerOf(token);
    const cookie = request.headers.cookie;
    const me = cookie === undefined ? null : await this.accounts.whoIs(cookie);
    if (unsafe.has(request.method) && isForeign(request.headers, me !== null)) {
      throw new ProblemError('foreign-origin', 'Make this call from the console itself, or with a bearer token.');
    }
    return me ? { kind: 'person', me } : { kind: 'nobody' };
  }

  private async bearerOf(token: string): Promise<Actor> {
    if (await this.adminToken.accepts(token)) return { kind: 'automation' };
    const code = await this.keys.systemOf(token);
    if (code !== null) return { kind: 'system', code };
    throw new ProblemError('not-logged-in', 'The bearer token is not known: it may have been revoked or mistyped.');
  }
}

function refuse(who: Who, actor: Actor, system: string): void {
  if (who === 'public') return;
  if (actor.kind === 'nobody') throw new ProblemError('not-logged-in', 'Log in, or send a key as a bearer token.');
  if (!allowed(who, actor, system)) throw new ProblemError('not-allowed', refusals[who]);
}

function allowed(who: Exclude<Who, 'public'>, actor: Actor, system: string): boolean {
  const isAdmin = actor.kind === 'automation' || (actor.kind === 'person' && actor.me.role === 'admin');
  switch (who) {
    case 'known':
      return true;
    case 'system':
      return actor.kind === 'system' && actor.code === system;
    case 'system-or-steward':
      return allowed('system', actor, system) || allowed('steward', actor, system);
    case 'steward':
      return isAdmin || actor.kind === 'person';
    case 'admin':
      return isAdmin;
  }
}

const refusals: Record<Exclude<Who, 'public'>, string> = {
  known: 'Send a key or log in.',
  system: 'Send the key of the very system that the address names.',
  'system-or-steward': 'Send the key of the system that the address names, or log in as a steward or an admin.',
  steward: 'Log in as a steward or an admin.',
  admin: 'Ask an admin, or send the admin token.',
};
