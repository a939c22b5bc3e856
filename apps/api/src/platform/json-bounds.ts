const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openBracket, closeBracket, openBrace, closeBrace] = [0x5b, 0x5d, 0x7b, 0x7d];

export interface JsonBounds {
  levels: number;
  values: number;
}

/**
 * Looks through the bytes of JSON before they are parsed, and says what of it is beyond its bounds: a value that is too deep or too wide
 * costs far more than its bytes once it stands in memory. Whether it is JSON at all, the parser tells.
 */
export function beyondBounds(
  bytes: Buffer,
  { levels, values }: JsonBounds,
  start = 0,
  end = bytes.length,
): keyof JsonBounds | null {
  let [depth, seen] = [0, 1];
  for (let at = start; at < end; at += 1) {
    const byte = bytes[at]!;
    if (byte === quote) at = endOfText(bytes, at, end);
    else if (byte === comma) seen += 1;
    else if (byte === openBracket || byte === openBrace) {
      depth += 1;
      seen += 1;
      if (depth > levels) return 'levels';
    } else if (byte === closeBracket || byte === closeBrace) depth -= 1;
    if (seen > values) return 'values';
  }
  return null;
}

/** Where the text that begins at this quote ends; at the end of the bytes, when it does not. */
function endOfText(bytes: Buffer, begin: number, end: number): number {
  let isEscaped = false;
  for (let at = begin + 1; at < end; at += 1) {
    const byte = bytes[at]!;
    if (isEscaped) isEscaped = false;
    else if (byte === backslash) isEscaped = true;
    else if (byte === quote) return at;
  }
  return end;
}
