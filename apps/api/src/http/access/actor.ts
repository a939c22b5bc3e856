import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import type { Person } from '../../platform/accounts/accounts.ts';
import { ProblemError } from '../../platform/problem-error.ts';

/** Who calls: a system with its key, a person with a session, automation with the admin token, or nobody known. */
export type Actor =
  { kind: 'nobody' } | { kind: 'system'; code: string } | ({ kind: 'person' } & Person) | { kind: 'automation' };

export interface ActingRequest extends Request {
  actor?: Actor;
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

export const CurrentActor = createParamDecorator(
  (_: unknown, context: ExecutionContext): Actor =>
    context.switchToHttp().getRequest<ActingRequest>().actor ?? { kind: 'nobody' },
);

/** The name of whoever calls. */
export const By = createParamDecorator((_: unknown, context: ExecutionContext): string =>
  nameOf(context.switchToHttp().getRequest<ActingRequest>().actor ?? { kind: 'nobody' }),
);

/** For routes about the own account: the table of rights lets only people there. */
export function personOf(actor: Actor): Person {
  if (actor.kind === 'person') return actor;
  throw new ProblemError('not-logged-in', 'Log in with e-mail and password.');
}
