import { isUtf8 } from 'node:buffer';
import { readAtOnceBytes, recordBounds, type LineReject } from '@cinch/api-contract';
import { inTurns } from '../../platform/in-turns.ts';
import { beyondBounds, looksAt } from '../../platform/json-bounds.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { mustBeFew, notJson, tooManyLines, wordsOf } from './body-refusals.ts';
import { elementsOf, isArray, linesOf, type Slice } from './slices.ts';
import { keyIn } from './read-key.ts';
import { arrivalOf, readLine, type Arrival, type BodyForm } from './read-line.ts';

/** A part of a body that is worked on at once, as bytes that can be read by themselves. `n` counts its accepted lines. */
export interface Chunk {
  firstLine: number;
  n: number;
  body: Buffer;
}

export interface AcceptedBody {
  chunks: Chunk[];
  rejects: LineReject[];
  /** Keys that could be read in rejected lines. */
  rejectedKeys: string[];
}

const maxLines = 100_000;
/** Bytes of a rejected line in which its key is looked for: what is wrong with it must not be paid for twice. */
const keyWithin = 64 * 1024;
/** No customer record is as long; a longer one is a file that went astray. */
export const maxLineBytes = 1024 * 1024;
/** Small enough that a chunk is worked on in a tenth of a second, so that an event need not wait long behind a load; many are worked on at once. */
export const maxChunkLines = 100;
export const maxChunkBytes = 4 * 1024 * 1024;
/** What is read before the thread may be given to others: a few milliseconds of it. */
const [pieceLines, pieceBytes] = [50, 64 * 1024];

/**
 * Reads a body at acceptance: a JSON array (or one CloudEvent) whole, everything else line by line, so that one bad line costs only
 * itself. Throws a problem when the body as a whole cannot be read.
 */
export async function acceptBody(form: BodyForm, body: Buffer): Promise<AcceptedBody> {
  const isWhole = form === 'events' || isArray(body);
  const isAtOnce = body.length <= readAtOnceBytes;
  if (!isWhole) return joined(acceptLines(body, 0, maxLines), isAtOnce);
  if (!isUtf8(body)) throw notJson(new TypeError('not UTF-8'));
  await mustBeShallow(body, isAtOnce);
  try {
    const parts = accept(form, body, elementsOf(body), { isText: true, isWhole: true, mostLines: maxLines });
    return await joined(parts, isAtOnce);
  } catch (error) {
    throw error instanceof SyntaxError ? notJson(error) : error;
  }
}

/** Reads record lines, of which so many came before in the same body. */
export function acceptLines(body: Buffer, before: number, mostLines: number): Generator<AcceptedBody> {
  return accept('records', body, linesOf(body, before + 1), { isText: isUtf8(body), isWhole: false, mostLines });
}

/** The parts of a body as one; what is not read at once lets others have the thread in between. */
export async function joined(parts: Iterable<AcceptedBody>, isAtOnce = false): Promise<AcceptedBody> {
  const all = nothing();
  for await (const { chunks, rejects, rejectedKeys } of isAtOnce ? parts : inTurns(parts, { standsBack: true })) {
    all.chunks.push(...chunks);
    all.rejects.push(...rejects);
    all.rejectedKeys.push(...rejectedKeys);
    mustBeFew(all.rejects.length);
  }
  return all;
}

const nothing = (): AcceptedBody => ({ chunks: [], rejects: [], rejectedKeys: [] });

/** Gives a part after every few lines, also where none of them was accepted. */
function* accept(
  form: BodyForm,
  body: Buffer,
  slices: Iterable<Slice>,
  { isText, isWhole, mostLines }: { isText: boolean; isWhole: boolean; mostLines: number },
): Generator<AcceptedBody> {
  let part = nothing();
  let [lines, bytes] = [0, 0];
  const isArrayed = isWhole && isArray(body);
  let open: { first: Slice; last: Slice; n: number } | null = null;
  for (const slice of slices) {
    if (slice.line > mostLines) throw tooManyLines(mostLines);
    if (lines >= pieceLines || bytes >= pieceBytes) {
      yield part;
      [part, lines, bytes] = [nothing(), 0, 0];
    }
    lines += 1;
    bytes += slice.end - slice.start;
    const reject = slice.start === slice.end ? 'empty' : rejectOf(form, body, slice, isText);
    // Lines stand by themselves; of an array all that is no JSON makes the whole none.
    if (isWhole && (reject === 'empty' || (reject && reject.code === 'not-json'))) throw new SyntaxError('an element');
    if (reject === 'empty') continue;
    if (reject) {
      part.rejects.push(reject);
      const key = keyOf(body, slice);
      if (key !== null) part.rejectedKeys.push(key);
      continue;
    }
    // A chunk begins with a line that was accepted: by its first byte it is told whether it holds lines or an array.
    open ??= { first: slice, last: slice, n: 0 };
    open.last = slice;
    open.n += 1;
    if (open.n < maxChunkLines && slice.end - open.first.start < maxChunkBytes) continue;
    part.chunks.push(chunkOf(body, open, isArrayed));
    open = null;
  }
  if (open) part.chunks.push(chunkOf(body, open, isArrayed));
  yield part;
}

/** The arrivals of a stored chunk; `skip` names the lines that were rejected at acceptance. */
export function readChunk(form: BodyForm, chunk: Chunk, skip: ReadonlySet<number>): Arrival[] {
  return readLines(form, chunk, (line) => !skip.has(line));
}

/** The arrivals on these lines of a stored chunk, which were accepted. */
export function readLines(form: BodyForm, chunk: Chunk, isWanted: (line: number) => boolean): Arrival[] {
  const arrivals: Arrival[] = [];
  for (const { line, text } of textsOf(form, chunk)) {
    if (isWanted(line)) arrivals.push(arrivalOf(form, line, JSON.parse(text)));
  }
  return arrivals;
}

/** The lines of a stored chunk as they were sent, but for the empty ones. */
export function* textsOf(form: BodyForm, { firstLine, body }: Chunk): Generator<{ line: number; text: string }> {
  const slices = form === 'events' || isArray(body) ? elementsOf(body) : linesOf(body);
  for (const { line: within, start, end } of slices) {
    const text = body.toString('utf8', start, end).trim();
    if (text !== '') yield { line: firstLine + within - 1, text };
  }
}

/** One element of it that is too deep is rejected alone, unless walking through the whole would cost what the bound is there to spare. */
async function mustBeShallow(body: Buffer, isAtOnce: boolean): Promise<void> {
  const looks = looksAt(body, { levels: recordBounds.levels + 1, values: Infinity });
  for await (const beyond of isAtOnce ? looks : inTurns(looks, { standsBack: true })) {
    if (beyond === null) continue;
    throw new ProblemError('invalid-request', `Nest each record at most ${recordBounds.levels} levels deep.`);
  }
}

const refusals: Record<keyof typeof recordBounds, Pick<LineReject, 'code' | 'path' | 'detail'>> = {
  levels: { code: 'too-deep', path: '', detail: `Nest at most ${recordBounds.levels} levels.` },
  values: { code: 'too-many', path: '', detail: `Send at most ${recordBounds.values} values in one record.` },
};

function rejectOf(
  form: BodyForm,
  body: Buffer,
  { line, start, end }: Slice,
  isText: boolean,
): LineReject | 'empty' | null {
  if (end - start > maxLineBytes) {
    return lineTooLong(line);
  }
  try {
    // Strict: a replaced character would be stored as if the system had sent it.
    if (!isText && !isUtf8(body.subarray(start, end))) throw new TypeError('not UTF-8');
    const beyond = beyondBounds(body, recordBounds, start, end);
    if (beyond) return { line, ...refusals[beyond] };
    const text = body.toString('utf8', start, end).trim();
    if (text === '') return 'empty';
    return readLine(form, line, text);
  } catch (cause) {
    return { line, code: 'not-json', path: '', detail: `The line is not JSON: ${wordsOf(cause)}.` };
  }
}

function keyOf(body: Buffer, { start, end }: Slice): string | null {
  const isWhole = end - start <= keyWithin;
  return keyIn(body.toString('utf8', start, isWhole ? end : start + keyWithin), { isWhole });
}

/** The bytes as they were received; a piece of an array becomes an array of its own. */
function chunkOf(
  body: Buffer,
  { first, last, n }: { first: Slice; last: Slice; n: number },
  isArrayed: boolean,
): Chunk {
  const bytes = body.subarray(first.start, last.end);
  return {
    firstLine: first.line,
    n,
    body: isArrayed ? Buffer.concat([Buffer.from('['), bytes, Buffer.from(']')]) : bytes,
  };
}

export function lineTooLong(line: number): LineReject {
  const detail = `The line is longer than ${maxLineBytes / 1024} KiB: send the record without what is no part of it.`;
  return { line, code: 'line-too-long', path: '', detail };
}
