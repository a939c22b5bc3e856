import { jsonBounds } from '@cinch/api-contract';
import { ProblemError } from '../../platform/problem-error.ts';

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Looks through the bytes of a JSON body before it is parsed: a value that is too deep or too wide costs far more than its bytes once it
 * stands in memory. Whether it is JSON at all, the parser tells.
 */
export function mustBeBounded(bytes: Buffer): void {
  let [depth, values] = [0, 1];
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte === quote) at = endOfText(bytes, at);
    else if (byte === comma) values += 1;
    else if (byte === openBracket || byte === openBrace) {
      depth += 1;
      values += 1;
      if (depth > jsonBounds.levels) throw refused(`Nest the body at most ${jsonBounds.levels} levels deep.`);
    } else if (byte === closeBracket || byte === closeBrace) depth -= 1;
    if (values > jsonBounds.values) throw refused(`Send at most ${jsonBounds.values} values in one body.`);
  }
}

/** Where the text that begins at this quote ends; at the end of the bytes, when it does not. */
function endOfText(bytes: Buffer, begin: number): number {
  for (let end = bytes.indexOf(quote, begin + 1); end !== -1; end = bytes.indexOf(quote, end + 1)) {
    let before = end;
    while (bytes[before - 1] === backslash) before -= 1;
    if ((end - before) % 2 === 0) return end;
  }
  return bytes.length;
}

function refused(detail: string): ProblemError {
  return new ProblemError('invalid-request', detail);
}
