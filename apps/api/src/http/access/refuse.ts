import { ProblemError } from '../../platform/problem-error.ts';
import type { Actor } from './actor.ts';
import type { Caller, Who } from '@cinch/api-contract';
import { isAmong } from './rights.ts';

/** Throws a problem unless the table of rights lets the caller in. `system`: the one that the address names, if it names one. */
export function refuseUnlessAmong(who: Who, actor: Actor, system: string | undefined): void {
  const caller = callerOf(actor, system);
  if (isAmong(who, caller)) return;
  if (caller === 'nobody') throw new ProblemError('not-logged-in', 'Log in, or send a key as a bearer token.');
  throw new ProblemError('not-allowed', refusals[who]);
}

function callerOf(actor: Actor, system: string | undefined): Caller {
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
