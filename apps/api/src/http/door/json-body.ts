import { isUtf8 } from 'node:buffer';
import { bodyBytes, deadlines, jsonLevels, jsonValues, readAtOnceBytes } from '@cinch/api-contract';
import type { Request } from 'express';
import { inTurns } from '../../platform/in-turns.ts';
import { looksAt, type JsonBounds } from '../../platform/json-bounds.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { letSend, pacedBytes } from './paced-bytes.ts';
import type { Room } from './room.ts';
import type { BodyKind } from './route-table.ts';

const json = /^application\/([\w.+-]+\+)?json$/i;
const utf8 = /^charset="?(utf-8|us-ascii)"?$/i;

/** Those who came together need not be given up together: so much of the time that they have is given them besides, by lot. */
const spread = 0.2;

/** Reads a JSON body. Undefined where there is none. */
export async function readJson(request: Request, kind: BodyKind, room: Room): Promise<unknown> {
  const most = bodyBytes[kind];
  const length = request.headers['content-length'];
  if (request.headers['transfer-encoding'] === undefined && Number(length ?? 0) === 0) return undefined;
  mustBeJson(request);
  if (Number(length ?? 0) > most) throw tooLarge(most);
  letSend(request);
  const pieces: Buffer[] = [];
  let read = 0;
  const ms = (kind === 'public' ? deadlines.publicBodyMs : deadlines.bodyMs) * (1 + spread * Math.random());
  try {
    for await (const piece of pacedBytes(request, { ms, wholeMs: ms }, (bytes) => room.pace(bytes))) {
      read += piece.length;
      if (read > most) throw tooLarge(most);
      room.take('heldBytes', piece.length);
      pieces.push(piece);
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw new ProblemError('invalid-request', 'The body broke off: send it again, whole.', undefined, { cause: error });
  }
  return read === 0 ? undefined : parsed(Buffer.concat(pieces), jsonValues[kind]);
}

function mustBeJson({ headers }: Request): void {
  const [type, ...parameters] = (headers['content-type'] ?? '').split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter));
  if (!json.test(type!) || (charset !== undefined && !utf8.test(charset)))
    throw new ProblemError('unsupported-media-type', 'Send the body as application/json, in UTF-8.');
  if ((headers['content-encoding'] ?? 'identity').toLowerCase() !== 'identity')
    throw new ProblemError('unsupported-media-type', 'Send the body as it is: only pushes are taken packed.');
}

async function parsed(bytes: Buffer, values: number): Promise<unknown> {
  const read = readingOf(bytes, { levels: jsonLevels, values });
  let last: unknown;
  if (bytes.length <= readAtOnceBytes) for (const piece of read) last = piece;
  else for await (const piece of inTurns(read, { standsBack: true })) last = piece;
  return last;
}

/** In pieces that are short, but for the last, which is what was read. */
function* readingOf(bytes: Buffer, bounds: JsonBounds): Generator<unknown> {
  if (!isUtf8(bytes))
    throw new ProblemError('invalid-request', 'The body is not UTF-8: encode it so and send it again.');
  for (const beyond of looksAt(bytes, bounds)) {
    if (beyond) throw new ProblemError('invalid-request', refusals[beyond](bounds));
    yield undefined;
  }
  try {
    yield JSON.parse(bytes.toString('utf8'));
  } catch (cause) {
    // The parser's own words quote the body, which may be personal; where it stopped they tell as well.
    const [, place] = / position (\d+)/.exec((cause as Error).message) ?? [];
    const where = place === undefined ? 'at its end' : `at character ${Number(place) + 1}`;
    throw new ProblemError('invalid-request', `The body is not JSON: it breaks the syntax ${where}.`, undefined, {
      cause,
    });
  }
}

const refusals: Record<keyof JsonBounds, (bounds: JsonBounds) => string> = {
  levels: ({ levels }) => `Nest the body at most ${levels} levels deep.`,
  values: ({ values }) => `Send at most ${values} values in one body.`,
};

function tooLarge(most: number): ProblemError {
  const detail = `The body is larger than ${most / 1024} KiB, which is the most that is taken here: send less.`;
  return new ProblemError('payload-too-large', detail);
}
