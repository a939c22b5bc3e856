import type { NextFunction, Request, Response } from 'express';
import { ProblemError } from '../platform/problem-error.ts';

const mostLevels = 64;

/** A body that is nested deeper than any document is would exhaust the stack of whatever walks through it. */
export function refuseDeep(request: Request, _: Response, next: NextFunction): void {
  if (!isDeeper(request.body, mostLevels)) return next();
  next(new ProblemError('invalid-request', `Nest the body at most ${mostLevels} levels deep.`));
}

/** Level by level, since the value may be deeper than the stack. */
function isDeeper(value: unknown, levels: number): boolean {
  let level = [value];
  for (let depth = 0; depth <= levels; depth += 1) {
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
    if (level.length === 0) return false;
  }
  return true;
}
