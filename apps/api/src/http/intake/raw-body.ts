import { raw, type Request, type Response } from 'express';
import { ProblemError } from '../../platform/problem-error.ts';
import type { BodyForm } from '../../stages/inbox/read-line.ts';
import { isArray } from '../../stages/inbox/slices.ts';

const read = raw({ limit: '32mb', type: () => true });

/** Reads the bytes of an intake body; called by the handler, so that nobody without a key can make the hub buffer anything. */
export async function rawBody(form: BodyForm, type: string, request: Request, response: Response): Promise<Buffer> {
  await new Promise<void>((resolve, reject) => {
    read(request, response, (error?: unknown) => (error ? reject(error) : resolve()));
  });
  const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
  mustBeBody(form, type, body);
  return body;
}

export function mustBeBody(form: BodyForm, type: string, body: Buffer): void {
  if (body.length === 0) throw new ProblemError('invalid-request', 'The body is empty: send at least one record.');
  if (form === 'records') mustAgree(type, body);
}

/** The stored bytes are read again without their content type, so the two must say the same. */
function mustAgree(type: string, body: Buffer): void {
  const array = isArray(body);
  if (type === 'application/json' && !array) {
    throw new ProblemError(
      'invalid-request',
      'application/json must be an array of records; send lines as application/x-ndjson.',
    );
  }
  if (type === 'application/x-ndjson' && array) {
    throw new ProblemError('invalid-request', 'A record line is an object: send an array as application/json.');
  }
}
