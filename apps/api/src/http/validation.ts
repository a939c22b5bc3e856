import { StandardSchemaValidationPipe } from '@nestjs/common';
import { mostToldMistakes } from '@cinch/api-contract';
import { z } from 'zod';
import { ProblemError } from '../platform/problem-error.ts';

/** Checks bodies, queries and parameters against the schemas that their decorators name. */
export const validation = new StandardSchemaValidationPipe({
  exceptionFactory: (issues) => {
    const errors = issues.slice(0, mostToldMistakes).map((issue) => ({
      path: (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part)).join('.'),
      code: 'wrong-form',
      detail: issue.message,
    }));
    const [first] = errors;
    const detail = first ? `${first.path || 'The request'}: ${first.detail}.` : 'Send the form that the API describes.';
    return new ProblemError('invalid-request', detail, errors);
  },
});

/** An identity in an address: Postgres would refuse anything longer. */
export const identity = z.coerce
  .number({ error: 'the id in the address is no number; open the thing from its list' })
  .int()
  .positive()
  .max(Number.MAX_SAFE_INTEGER);
