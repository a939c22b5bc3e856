import { outwardLimits } from '@cinch/api-contract';
import { EgressFailure } from './egress-failure.ts';

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [bracket, bracketEnd, brace, braceEnd] = [0x5b, 0x5d, 0x7b, 0x7d];

/**
 * A body as JSON, after a look at how deep it is and how many values it holds: a few megabytes of brackets take a hundred times as much
 * when they are read, and stack to walk through. Text that is not UTF-8 is refused rather than mended.
 *
 * @throws {EgressFailure}
 */
export function readJson(body: Buffer): unknown {
  mustBeBounded(body);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new EgressFailure('not-readable');
  }
}

function mustBeBounded(body: Buffer): void {
  let depth = 0;
  let values = 0;
  for (let at = 0; at < body.length; at += 1) {
    const byte = body[at]!;
    if (byte === quote) at = endOfText(body, at);
    else if (byte === comma) values += 1;
    else if (byte === bracket || byte === brace) {
      depth += 1;
      values += 1;
      if (depth > outwardLimits.jsonLevels) throw new EgressFailure('not-readable');
    } else if (byte === bracketEnd || byte === braceEnd) depth -= 1;
  }
  if (values > outwardLimits.jsonValues) throw new EgressFailure('too-large');
}

/** Where the quote stands that ends it: one behind an even number of backslashes. */
function endOfText(body: Buffer, start: number): number {
  for (let at = body.indexOf(quote, start + 1); at >= 0; at = body.indexOf(quote, at + 1)) {
    let before = at - 1;
    while (body[before] === backslash) before -= 1;
    if ((at - before) % 2 === 1) return at;
  }
  return body.length;
}
