import type { Request } from 'express';
import { ProblemError } from '../../platform/problem-error.ts';
import type { BodyForm } from '../../stages/inbox/read-line.ts';

const taken: Record<BodyForm, readonly string[]> = {
  records: ['application/x-ndjson', 'application/json', 'text/csv'],
  events: ['application/cloudevents+json', 'application/cloudevents-batch+json', 'application/json'],
};

/** In what form the body comes. Throws a problem for one that is not taken here. */
export function mediaTypeOf(form: BodyForm, request: Request): string {
  const [name, ...parameters] = (request.headers['content-type'] ?? '').split(';');
  const type = name!.trim().toLowerCase();
  if (!taken[form].includes(type))
    throw new ProblemError('unsupported-media-type', `Send ${taken[form].join(' or ')}.`);
  const said = parameters.map((parameter) => parameter.trim().toLowerCase());
  mustBeUtf8(said);
  if (type === 'text/csv' && said.includes('header=absent'))
    throw new ProblemError('unsupported-media-type', 'Send the CSV file with a header that names native paths.');
  return type;
}

/** Bytes that were meant in another way would be stored as something that the system never said. */
function mustBeUtf8(parameters: readonly string[]): void {
  const charset = parameters.find((parameter) => parameter.startsWith('charset='));
  if (charset && !/^charset="?(utf-8|us-ascii)"?$/.test(charset))
    throw new ProblemError('unsupported-media-type', 'Send it in UTF-8, and say no other charset.');
}
