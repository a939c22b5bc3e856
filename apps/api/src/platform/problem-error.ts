import { problems, type Problem, type ProblemCode, type Reach } from '@cinch/api-contract';

/** An expected refusal: the exception filter answers it as `application/problem+json`. The detail says what to do next. */
export class ProblemError extends Error {
  /** After so many seconds it may be tried again. */
  readonly retryAfterS: number | undefined;
  /** The number that is to be sent, and what it is the number of. */
  readonly count: number | undefined;
  readonly reach: Reach | undefined;

  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly errors?: Problem['errors'],
    options?: ErrorOptions & { retryAfterS?: number; reach?: Reach; count?: number },
  ) {
    super(`${code}: ${detail}`, options);
    this.name = 'ProblemError';
    this.retryAfterS = options?.retryAfterS;
    this.reach = options?.reach;
    this.count = options?.count ?? options?.reach?.count;
  }

  /** The same refusal, telling of its reach what the caller may see. */
  withReach(reach: Reach): ProblemError {
    const { code, detail, errors, retryAfterS, count } = this;
    const more = {
      cause: this,
      reach,
      ...(retryAfterS !== undefined && { retryAfterS }),
      ...(count !== undefined && { count }),
    };
    return new ProblemError(code, detail, errors, more);
  }
}

/** The body of an answer in `application/problem+json`. */
export function problemBody(code: ProblemCode, detail: string): Problem {
  const { status, title } = problems[code];
  return { type: `urn:cinch:problem:${code}`, title, status, code, detail };
}
