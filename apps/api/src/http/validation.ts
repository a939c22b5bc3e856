import { Injectable, StandardSchemaValidationPipe, type ArgumentMetadata } from '@nestjs/common';
import { mostToldMistakes } from '@cinch/api-contract';
import { z } from 'zod';
import { ProblemError } from '../platform/problem-error.ts';
import { strictly } from './strictly.ts';

interface Mistake {
  path: string;
  code: 'wrong-form' | 'unknown-field';
  detail: string;
}

type Issue = Pick<z.core.$ZodIssue, 'message' | 'path'> & Partial<z.core.$ZodIssue>;

/** Checks bodies, queries and parameters against the schemas that their decorators name; what these do not name is refused. */
@Injectable()
class StrictValidation extends StandardSchemaValidationPipe {
  override transform<T>(value: T, metadata: ArgumentMetadata): Promise<T> {
    const { schema } = metadata;
    if (!(schema instanceof z.ZodType)) return super.transform(value, metadata);
    return super.transform(value, { ...metadata, schema: strictly(schema) });
  }
}

export const validation = new StrictValidation({
  exceptionFactory: (issues) => {
    const errors = issues.flatMap((issue) => mistakesOf(issue as Issue, [])).slice(0, mostToldMistakes);
    const [first] = errors;
    const detail = first ? `${first.path || 'The request'}: ${first.detail}.` : 'Send the form that the API describes.';
    return new ProblemError('invalid-request', detail, errors);
  },
});

export function unknownField(path: string): Mistake {
  return { path, code: 'unknown-field', detail: 'there is no such field here; leave it out, or see what it is called' };
}

function mistakesOf(issue: Issue, within: readonly PropertyKey[]): Mistake[] {
  const path = [...within, ...issue.path];
  if (issue.code === 'unrecognized_keys') {
    // A schema may have words of its own for it.
    const own = issue.message.startsWith('Unrecognized key') ? {} : { detail: issue.message };
    return (issue.keys ?? []).map((key) => ({ ...unknownField(inWords([...path, key])), ...own }));
  }
  if (issue.code === 'invalid_union') {
    // Where one of the forms fits but for fields that it does not know, these are what is wrong.
    const nearest = issue.errors?.find((own) => own.every(({ code }) => code === 'unrecognized_keys'));
    if (nearest && nearest.length > 0) return nearest.flatMap((own) => mistakesOf(own, path));
  }
  return [{ path: inWords(path), code: 'wrong-form', detail: issue.message }];
}

function inWords(path: readonly PropertyKey[]): string {
  return path.map(String).join('.');
}

/** An identity in an address: Postgres would refuse anything longer. */
export const identity = z.coerce
  .number({ error: 'the id in the address is no number; open the thing from its list' })
  .int()
  .positive()
  .max(Number.MAX_SAFE_INTEGER);
