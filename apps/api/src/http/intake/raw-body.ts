import { bodyBytes } from '@cinch/api-contract';
import type { Request } from 'express';
import { ProblemError } from '../../platform/problem-error.ts';
import type { BodyForm } from '../../stages/inbox/read-line.ts';
import { isArray } from '../../stages/inbox/slices.ts';
import type { Room } from '../door/room.ts';
import { bytesOf, wholeOf } from './body-source.ts';

/** Reads the bytes of an intake body that is held whole. */
export async function rawBody(form: BodyForm, type: string, request: Request, room: Room): Promise<Buffer> {
  const body = await wholeOf(bytesOf(request, bodyBytes.push, room), room);
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
