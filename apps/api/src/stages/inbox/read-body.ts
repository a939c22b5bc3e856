import type { LineReject } from '@cinch/api-contract';
import { ProblemError } from '../../platform/problem-error.ts';
import { readLine, type Arrival, type BodyForm } from './read-line.ts';

export interface ReadBody {
  arrivals: Arrival[];
  rejects: LineReject[];
}

const maxLines = 100_000;

const newline = 0x0a;
const bracket = 0x5b;

/**
 * Reads a body: a JSON array (or one CloudEvent) whole, everything else line by line, so that one bad line costs only itself.
 * `skip` names the lines that were rejected at acceptance. Throws a problem when the body as a whole cannot be read.
 */
export function readBody(form: BodyForm, body: Buffer, skip: ReadonlySet<number> = new Set()): ReadBody {
  const read: ReadBody = { arrivals: [], rejects: [] };
  const values = form === 'events' || isArray(body) ? wholeJson(body) : linesOf(body);
  for (const { line, value, reject } of values) {
    if (skip.has(line)) continue;
    if (line > maxLines) throw new ProblemError('payload-too-large', `Send at most ${maxLines} records in one body.`);
    const outcome = reject ? { ok: false as const, reject } : readLine(form, line, value);
    if (outcome.ok) read.arrivals.push(outcome.arrival);
    else read.rejects.push(outcome.reject);
  }
  return read;
}

/** The first byte tells a JSON array from lines: no record line begins with a bracket. */
export function isArray(body: Buffer): boolean {
  const first = body.findIndex((byte) => byte !== 0x20 && byte !== 0x09 && byte !== 0x0d && byte !== newline);
  return body[first] === bracket;
}

interface Line {
  line: number;
  value?: unknown;
  reject?: LineReject;
}

function wholeJson(body: Buffer): Line[] {
  let value: unknown;
  try {
    value = JSON.parse(decode(body));
  } catch (cause) {
    const detail = `The body is not JSON: ${wordsOf(cause)}. Send an array, or one record a line as application/x-ndjson.`;
    throw new ProblemError('invalid-request', detail, undefined, { cause });
  }
  return (Array.isArray(value) ? value : [value]).map((element, index) => ({ line: index + 1, value: element }));
}

function* linesOf(body: Buffer): Generator<Line> {
  let line = 0;
  for (let start = 0; start < body.length;) {
    const end = body.indexOf(newline, start);
    const bytes = body.subarray(start, end === -1 ? body.length : end);
    start = end === -1 ? body.length : end + 1;
    line += 1;
    try {
      const text = decode(bytes).trim();
      if (text !== '') yield { line, value: JSON.parse(text) };
    } catch (cause) {
      yield { line, reject: { line, code: 'not-json', path: '', detail: `The line is not JSON: ${wordsOf(cause)}.` } };
    }
  }
}

/** Strict: a replaced character would be stored as if the system had sent it. */
function decode(bytes: Buffer): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
}

function wordsOf(cause: unknown): string {
  // The parser quotes what it read; what a system sent may be personal and stays out of answers that are logged.
  return cause instanceof SyntaxError ? 'it breaks the syntax' : 'it is not UTF-8';
}
