import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { ZodError } from 'zod';
import type { refusedField } from './protocol.ts';
import type { z } from 'zod';

type RefusedField = z.infer<typeof refusedField>;

/** An answer that is no success, with words for the person who reads it (RFC 9457). */
export class ProblemError extends Error {
  readonly status: number;
  readonly code: string;
  readonly errors: RefusedField[];

  constructor(status: number, code: string, detail: string, errors: RefusedField[] = []) {
    super(detail);
    this.status = status;
    this.code = code;
    this.errors = errors;
  }
}

const titles: Record<number, string> = {
  400: 'The request does not have the expected form',
  401: 'Send a valid key',
  403: 'This may not be done from here',
  404: 'There is no such thing',
  409: 'The row has changed meanwhile',
  413: 'The body is larger than the limit',
  415: 'This content type is not taken here',
  422: 'Some values are not taken',
};

function answerProblem(response: Response, problem: ProblemError): void {
  response
    .status(problem.status)
    .type('application/problem+json')
    .json({
      type: 'about:blank',
      title: titles[problem.status] ?? 'The system made a mistake',
      status: problem.status,
      code: problem.code,
      detail: problem.message,
      ...(problem.errors.length > 0 && { errors: problem.errors }),
    });
}

export const notFound: RequestHandler = (request: Request) => {
  throw new ProblemError(404, 'not-found', `There is nothing at ${request.method} ${request.path}.`);
};

/** The last handler of an app: every error leaves as a problem, and what nobody expected is logged, never shown. */
export const problemHandler: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (response.headersSent) return next(error);
  answerProblem(response, asProblem(error));
};

function asProblem(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof ZodError) {
    const errors = error.issues.map((issue) => ({
      path: `/${issue.path.map(String).join('/')}`,
      code: issue.code,
      detail: issue.message,
    }));
    const first = errors[0];
    return new ProblemError(
      400,
      'invalid-request',
      `${first?.path ?? '/'}: ${first?.detail ?? 'not readable'}.`,
      errors,
    );
  }
  // What the body reader of Express throws carries a status and a type.
  const { status, type } = error as { status?: unknown; type?: unknown };
  if (status === 413) return new ProblemError(413, 'payload-too-large', 'Send fewer items in one call.');
  if (status === 415) return new ProblemError(415, 'unsupported-media-type', 'Send application/json in UTF-8.');
  if (type === 'entity.parse.failed') return new ProblemError(400, 'invalid-request', 'The body is not valid JSON.');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new ProblemError(status, 'invalid-request', 'The request cannot be read.');
  }
  console.error(error);
  return new ProblemError(500, 'internal', 'The system made a mistake; its log says more. Try again later.');
}
