import { z } from 'zod';
import { reach } from './reach.ts';
import { troubleWords } from './troubles.ts';

/** Every problem that the API answers, by its stable code: status and title. The detail says what to do next. */
export const problems = {
  'invalid-request': { status: 400, title: 'The request does not have the expected form' },
  'invalid-line': { status: 400, title: 'A line of the batch cannot be read' },
  'not-logged-in': { status: 401, title: 'Log in or send a key' },
  'not-allowed': { status: 403, title: 'This account or key may not do this' },
  'foreign-origin': { status: 403, title: 'The call came from another site' },
  'not-found': { status: 404, title: 'There is no such thing' },
  'conflict-changed': { status: 409, title: 'The conflict has changed since it was shown' },
  contradicts: { status: 409, title: 'Another decision says otherwise' },
  'holds-nobody-twice': { status: 409, title: 'The system is said to hold nobody twice' },
  'not-possible': { status: 409, title: 'This cannot be done as things stand' },
  'version-changed': { status: 409, title: 'Somebody else has published meanwhile' },
  'reach-unseen': { status: 409, title: 'This changes much: look at it first' },
  'stale-plan': { status: 409, title: 'The plan is older than what it rests on' },
  braked: { status: 409, title: 'The brake holds this plan: it does more than usual' },
  'outbound-off': { status: 409, title: 'This system is not armed: nothing is sent to it' },
  'outbound-paused': { status: 409, title: 'The hub sends nothing for now' },
  'system-held': { status: 409, title: 'A person is asked whether this system was set back' },
  'plan-needed': { status: 409, title: 'Arming needs one plan that somebody has looked at' },
  'load-open': { status: 409, title: 'A load of this system is under way' },
  'load-closed': { status: 409, title: 'The load is over' },
  'run-open': { status: 409, title: 'A refresh of this system is under way' },
  'wrong-phase': { status: 409, title: 'The run is not in a phase that allows this' },
  'last-admin': { status: 409, title: 'Somebody must be able to administer the hub' },
  'link-spent': { status: 410, title: 'This link no longer works' },
  'wrong-password': { status: 422, title: 'The password is not the one that was set' },
  'weak-password': { status: 422, title: 'This password is not taken' },
  'too-many-keys': { status: 409, title: 'The system has two live keys already' },
  'already-exists': { status: 409, title: 'There is one of this name already' },
  'idempotency-reused': { status: 409, title: 'This idempotency key came with another body before' },
  'payload-too-large': { status: 413, title: 'The body is larger than the limit' },
  'too-slow': { status: 408, title: 'The request came too slowly' },
  'headers-too-large': { status: 431, title: 'The headers are larger than the limit' },
  'inbox-full': { status: 429, title: 'Too much waits in the inbox' },
  'too-many-calls': { status: 429, title: 'This caller has as much under way as it may' },
  'too-often': { status: 429, title: 'This is asked too often' },
  'exports-busy': { status: 429, title: 'Too many lists are read to their end at once' },
  'uploads-busy': { status: 429, title: 'Too many large bodies come at once' },
  'too-many-attempts': { status: 429, title: 'Too many log-ins are tried' },
  'too-many-streams': { status: 429, title: 'This session has as many streams open as it may' },
  'inbound-paused': { status: 429, title: 'An admin has paused what this system pushes' },
  'unsupported-media-type': { status: 415, title: 'This content type is not taken here' },
  'mapping-invalid': { status: 422, title: 'The mapping document has mistakes' },
  'canonical-model-invalid': { status: 422, title: 'The canonical model has mistakes' },
  'rules-invalid': { status: 422, title: 'The rule document has mistakes' },
  'match-model-invalid': { status: 422, title: 'The match model has mistakes' },
  'configuration-invalid': { status: 422, title: 'The configuration has mistakes' },
  'change-set-invalid': { status: 422, title: 'Documents of the set have mistakes' },
  'scope-invalid': { status: 422, title: 'The scope has mistakes' },
  'mapping-missing': { status: 409, title: 'The system has no published mapping yet' },
  'token-unreadable': { status: 409, title: 'The token of this system cannot be read any more' },
  'address-refused': { status: 422, title: 'The hub may not call this address' },
  'listing-refused': { status: 502, title: 'The system lists its rows otherwise than the protocol says' },
  'adapter-unreachable': { status: 502, title: 'The system does not answer' },
  'not-ready': { status: 503, title: 'The hub does not take requests now' },
  'disk-full': { status: 503, title: troubleWords['disk-full'].title },
  'database-away': { status: 503, title: troubleWords['database-away'].title },
  'database-read-only': { status: 503, title: troubleWords['database-read-only'].title },
  'database-busy': { status: 503, title: troubleWords['database-busy'].title },
  internal: { status: 500, title: 'The hub made a mistake' },
} as const;

export type ProblemCode = keyof typeof problems;

export const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string(),
    /** Every single mistake, each with its place. */
    errors: z.array(z.object({ path: z.string(), code: z.string(), detail: z.string() })).optional(),
    /** Of `reach-unseen`: the number to send, and what it is the number of. */
    count: z.int().optional(),
    reach: reach.optional(),
  })
  .meta({ id: 'Problem' });
export type Problem = z.infer<typeof problem>;
