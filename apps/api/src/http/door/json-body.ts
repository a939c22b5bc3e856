import { isUtf8 } from 'node:buffer';
import { bodyBytes, deadlines, jsonBounds } from '@cinch/api-contract';
import type { Request } from 'express';
import { beyondBounds } from '../../platform/json-bounds.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { letSend, pacedBytes } from './paced-bytes.ts';

const json = /^application\/([\w.+-]+\+)?json$/i;
const utf8 = /^charset="?(utf-8|us-ascii)"?$/i;

/** Reads a JSON body of at most so many bytes; `hold` is told of all that is kept. Undefined where there is none. */
export async function readJson(request: Request, most: number, hold: (bytes: number) => void): Promise<unknown> {
  const length = request.headers['content-length'];
  if (request.headers['transfer-encoding'] === undefined && Number(length ?? 0) === 0) return undefined;
  if (most === 0) return undefined;
  mustBeJson(request);
  if (Number(length ?? 0) > most) throw tooLarge(most);
  letSend(request);
  const pieces: Buffer[] = [];
  let read = 0;
  const ms = most === bodyBytes.public ? deadlines.publicBodyMs : deadlines.bodyMs;
  try {
    for await (const piece of pacedBytes(request, { ms, wholeMs: ms })) {
      read += piece.length;
      if (read > most) throw tooLarge(most);
      hold(piece.length);
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('invalid-request', 'The body broke off: send it again, whole.', undefined, { cause: error });
  }
  return read === 0 ? undefined : parsed(Buffer.concat(pieces));
}

function mustBeJson({ headers }: Request): void {
  const [type, ...parameters] = (headers['content-type'] ?? '').split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter));
  if (!json.test(type!) || (charset !== undefined && !utf8.test(charset)))
    throw new ProblemError('unsupported-media-type', 'Send the body as application/json, in UTF-8.');
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity')
    throw new ProblemError('unsupported-media-type', 'Send the body as it is: only pushes are taken packed.');
}

const refusals: Record<keyof typeof jsonBounds, string> = {
  levels: `Nest the body at most ${jsonBounds.levels} levels deep.`,
  values: `Send at most ${jsonBounds.values} values in one body.`,
};

function parsed(bytes: Buffer): unknown {
  if (!isUtf8(bytes))
    throw new ProblemError('invalid-request', 'The body is not UTF-8: encode it so and send it again.');
  const beyond = beyondBounds(bytes, jsonBounds);
  if (beyond) throw new ProblemError('invalid-request', refusals[beyond]);
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    // The parser's own words quote the body, which may be personal; where it stopped they tell as well.
    const [, place] = / position (\d+)/.exec((cause as Error).message) ?? [];
    const where = place === undefined ? 'at its end' : `at character ${Number(place) + 1}`;
    throw new ProblemError('invalid-request', `The body is not JSON: it breaks the syntax ${where}.`, undefined, {
      cause,
    });
  }
}

function tooLarge(most: number): ProblemError {
  const detail = `The body is larger than ${most / 1024} KiB, which is the most that is taken here: send less.`;
  return new ProblemError('payload-too-large', detail);
}
