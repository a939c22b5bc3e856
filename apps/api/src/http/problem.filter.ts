import { Catch, HttpException, Logger, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { problems, troubleWords, type ProblemCode } from '@cinch/api-contract';
import type { Response } from 'express';
import { databaseTroubleIn, type DatabaseTrouble } from '../platform/database-trouble.ts';
import { problemBody, ProblemError } from '../platform/problem-error.ts';
import { closeAfterRefusal } from '../unread.ts';
import { Troubles } from '../platform/troubles.ts';
import { callerOf, type ActingRequest } from './access/actor.ts';
import { RefusalTurns } from './door/paced-turns.ts';

/** Everything that goes wrong in a call leaves as `application/problem+json`. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('http');

  constructor(
    private readonly troubles: Troubles,
    private readonly turns: RefusalTurns,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const response = http.getResponse<Response>();
    const trouble = databaseTroubleIn(error);
    if (trouble) this.troubles.meet(trouble.code);
    const problem = trouble ? ownTrouble(trouble) : asProblemError(error);
    if (problem.code === 'internal') this.logger.error(tracesOf(error));
    // A stream that has begun cannot turn into a problem: breaking it off tells the reader that it is not whole.
    if (response.headersSent) response.destroy();
    else this.refuse(http.getRequest<ActingRequest>(), response, problem);
  }

  private refuse(request: ActingRequest, response: Response, problem: ProblemError): void {
    const tell = () => {
      closeAfterRefusal(request, response);
      sendProblem(response, problem);
    };
    if (!ownFaults.has(problem.code)) return tell();
    const { actor, room } = request.admitted ?? { actor: { kind: 'nobody' } as const, room: null };
    // What it had others may have while it waits to be told.
    room?.giveBack();
    request.body = undefined;
    if (!this.turns.take(callerOf(actor, request), request.socket, tell)) tell();
  }
}

/** Refused for what was sent, as it would be again and again. What is not there or not in the right state is asked for in earnest. */
const ownFaults: ReadonlySet<ProblemCode> = new Set(
  (Object.keys(problems) as ProblemCode[]).filter((code) => [400, 401, 413, 415, 429].includes(problems[code].status)),
);

function sendProblem(response: Response, error: ProblemError): void {
  const body = problemBody(error.code, error.detail);
  if (error.errors) body.errors = error.errors;
  if (error.count !== undefined) body.count = error.count;
  if (error.reach) body.reach = error.reach;
  if (error.retryAfterS !== undefined) response.setHeader('retry-after', error.retryAfterS);
  response.status(body.status).type('application/problem+json').send(JSON.stringify(body));
}

/** The hub's own trouble: nothing was done, and the same call may succeed later. */
function ownTrouble({ code, retryAfterS }: DatabaseTrouble): ProblemError {
  const detail = `${troubleWords[code].advice} Nothing of this call was done: make it again after ${retryAfterS} seconds.`;
  return new ProblemError(code, detail, undefined, { retryAfterS });
}

/** What Postgres answers to a text with a NUL in it: that is the caller's mistake, wherever it stands. */
const nulCharacter = '22021';

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function asProblemError(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (codeOf(error) === nulCharacter) {
    return new ProblemError('invalid-request', 'Remove the NUL character (U+0000): it cannot be stored or searched.');
  }
  const status = error instanceof HttpException ? error.getStatus() : statusOf(error);
  return new ProblemError(
    codes[status] ?? 'internal',
    details[status] ?? 'Try again; when it stays, look into the log of the hub.',
  );
}

/** Where it happened, without its message: that of a database or parser quotes values, which may be personal. */
function tracesOf(error: unknown): string {
  if (!(error instanceof Error)) return 'something that is no error was thrown';
  const { code, constraint } = error as { code?: string; constraint?: string };
  const frames = (error.stack ?? '').split('\n').filter((line) => /^ +at /.test(line));
  return [[error.name, code, constraint].filter(Boolean).join(' '), ...frames].join('\n');
}

/** What stands before the door reads addresses, and throws plain errors that carry a status. */
function statusOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'status' in error ? Number(error.status) : 500;
}

const codes: Partial<Record<number, ProblemCode>> = {
  400: 'invalid-request',
  404: 'not-found',
};

const details: Partial<Record<number, string>> = {
  400: 'The address cannot be read: it holds a % that encodes nothing in UTF-8; encode it as %25.',
  404: 'Nothing answers under this address.',
};
