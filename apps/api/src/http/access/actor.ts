import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Person } from '../../platform/accounts/accounts.ts';
import { addressOf } from '../../platform/caller-address.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import type { Room } from '../door/room.ts';

/** Who calls: a system with its key, a person with a session, automation with the admin token, or nobody known. */
export type Actor =
  { kind: 'nobody' } | { kind: 'system'; code: string } | ({ kind: 'person' } & Person) | { kind: 'automation' };

/** What the door knows of a call that it has let in. */
interface Admitted {
  /** The route, as the router names it. */
  path: string;
  actor: Actor;
  room: Room;
}

export interface ActingRequest extends Request {
  admitted?: Admitted;
}

function actorOf(context: ExecutionContext): Actor {
  return context.switchToHttp().getRequest<ActingRequest>().admitted?.actor ?? { kind: 'nobody' };
}

/** The name under which whoever calls shares with others: two keys of a system are one caller, and so are all strangers of an address. */
export function callerOf(actor: Actor, request: Request): string {
  switch (actor.kind) {
    case 'person':
      return `person ${actor.userId}`;
    case 'system':
      return `system ${actor.code}`;
    case 'automation':
      return 'automation';
    case 'nobody':
      return `address ${addressOf(request) ?? ''}`;
  }
}

/** The name under which the act stands in history and audit. */
function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'person':
      return actor.me.email;
    case 'system':
      return `system ${actor.code}`;
    case 'automation':
      return 'admin token';
    case 'nobody':
      return 'nobody';
  }
}

export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => actorOf(context));

/** What the call may have of what callers share. */
export const OwnRoom = createParamDecorator(
  (_: unknown, context: ExecutionContext): Room => context.switchToHttp().getRequest<ActingRequest>().admitted!.room,
);

/** The name of whoever calls. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): string => nameOf(actorOf(context)));

/** For routes about the own account: the table of rights lets only people there. */
export function personOf(actor: Actor): Person {
  if (actor.kind === 'person') return actor;
  throw new ProblemError('not-logged-in', 'Log in with e-mail and password.');
}
