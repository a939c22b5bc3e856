/** Where one record stands in a body: `start` inclusive, `end` exclusive, in bytes. `line` counts from 1. */
export interface Slice {
  line: number;
  start: number;
  end: number;
}

const newline = 0x0a;
const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const [openBracket, closeBracket] = [0x5b, 0x5d];
const [openBrace, closeBrace] = [0x7b, 0x7d];
const isBlank = (byte: number | undefined) => byte === 0x20 || byte === 0x09 || byte === 0x0d || byte === newline;

/** The first byte tells a JSON array from lines: no record line begins with a bracket. */
export function isArray(body: Buffer): boolean {
  return body[firstByte(body)] === openBracket;
}

/** Every line, also the empty ones, counted from `first`. */
export function* linesOf(body: Buffer, first = 1): Generator<Slice> {
  for (let line = first, start = 0; start < body.length; line += 1) {
    const found = body.indexOf(newline, start);
    const end = found === -1 ? body.length : found;
    yield { line, start, end };
    start = end + 1;
  }
}

/**
 * The elements of a JSON array, or the one value that is no array. Throws a SyntaxError where what stands around the elements is no array;
 * whether each of them is JSON, whoever reads it finds out.
 */
export function* elementsOf(body: Buffer): Generator<Slice> {
  const first = firstByte(body);
  if (body[first] !== openBracket) {
    yield { line: 1, start: first, end: body.length };
    return;
  }
  let [line, depth, start] = [1, 0, first + 1];
  for (let at = first; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === quote) at = endOfText(body, at);
    else if (byte === openBracket || byte === openBrace) depth += 1;
    else if (byte === closeBracket || byte === closeBrace) depth -= 1;
    const isEnd = depth === 0;
    if (isEnd && (byte !== closeBracket || !isEmpty(body, at + 1, body.length))) throw new SyntaxError('no array');
    if (!isEnd && !(depth === 1 && byte === comma)) continue;
    if (!isEnd || line > 1 || !isEmpty(body, start, at)) yield { line, start, end: at };
    if (isEnd) return;
    [line, start] = [line + 1, at + 1];
  }
  throw new SyntaxError('an array without an end');
}

function firstByte(body: Buffer): number {
  let at = 0;
  while (isBlank(body[at])) at += 1;
  return at;
}

function isEmpty(body: Buffer, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (!isBlank(body[at])) return false;
  return true;
}

/** Of the text that begins at this quote. Byte by byte: a search costs more than most texts are long. */
function endOfText(body: Buffer, begin: number): number {
  for (let at = begin + 1; at < body.length; at += 1) {
    const byte = body[at];
    if (byte === backslash) at += 1;
    else if (byte === quote) return at;
  }
  return body.length;
}
