import type { Problem, ProblemCode } from '@cinch/api-contract';

/** An expected refusal: the exception filter answers it as `application/problem+json`. The detail says what to do next. */
export class ProblemError extends Error {
  constructor(
    readonly code: ProblemCode,
    readonly detail: string,
    readonly errors?: Problem['errors'],
    options?: ErrorOptions,
  ) {
    super(`${code}: ${detail}`, options);
    this.name = 'ProblemError';
  }
}
