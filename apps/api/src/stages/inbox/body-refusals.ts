import { mostRejects } from '@cinch/api-contract';
import { ProblemError } from '../../platform/problem-error.ts';

/** Of a body that is bad from end to end not all of it need be told. */
export function mustBeFew(rejects: number): void {
  if (rejects <= mostRejects) return;
  const detail = `More than ${mostRejects} lines cannot be taken, so none of this body was: look at its form, mend it and send it again.`;
  throw new ProblemError('invalid-request', detail);
}

export function tooManyLines(mostLines: number): ProblemError {
  return new ProblemError('payload-too-large', `Send at most ${mostLines} records in one body.`);
}

/** What cannot be read at all. */
export function notJson(cause: Error): ProblemError {
  const detail = `The body is not JSON: ${wordsOf(cause)}. Send an array, or one record a line as application/x-ndjson.`;
  return new ProblemError('invalid-request', detail, undefined, { cause });
}

/** What the parser found, without what it read. */
export function wordsOf(cause: unknown): string {
  // The parser quotes what it read; what a system sent may be personal and stays out of answers that are logged.
  return cause instanceof SyntaxError ? 'it breaks the syntax' : 'it is not UTF-8';
}
