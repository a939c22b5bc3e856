import type { Problem } from '@cinch/api-contract';

/** A call that the hub refused, or that got no usable answer (status 0). Title and detail are meant for the reader. */
export class ProblemError extends Error {
  readonly problem: Problem;

  constructor(problem: Problem, cause?: unknown) {
    super(`${problem.title}. ${problem.detail}`, { cause });
    this.name = 'ProblemError';
    this.problem = problem;
  }
}

/** A problem that the console itself found, in the same form as the hub's. */
export function ownProblem(code: string, title: string, detail: string, status = 0): Problem {
  return { type: 'about:blank', status, code, title, detail };
}

export function problemOf(error: unknown): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = error instanceof Error ? error.message : String(error);
  return ownProblem('console-fault', 'The console made a mistake', `${detail}. Reload the page and try once more.`);
}

export function isNotLoggedIn(error: unknown): boolean {
  return error instanceof ProblemError && error.problem.status === 401;
}
