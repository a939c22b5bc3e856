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
  bounds: JsonBounds,
  start = 0,
  end = bytes.length,
): keyof JsonBounds | null {
  return new BoundsScan(bounds).over(bytes, start, end);
}

/** Bytes that are looked through in a fraction of a millisecond. */
const pieceBytes = 64 * 1024;

/** The same look, in pieces: each says what is beyond its bounds up to there. */
export function* looksAt(bytes: Buffer, bounds: JsonBounds): Generator<keyof JsonBounds | null> {
  const scan = new BoundsScan(bounds);
  for (let at = 0; at < bytes.length; at += pieceBytes)
    yield scan.over(bytes, at, Math.min(at + pieceBytes, bytes.length));
}

/** The same look at JSON that is gone through in parts. */
class BoundsScan {
  private depth = 0;
  private seen = 1;
  private isInText = false;
  private isEscaped = false;

  constructor(private readonly bounds: JsonBounds) {}

  /** What is beyond its bounds with the part from `start` up to `end`, which follows the part before. */
  over(bytes: Buffer, start: number, end: number): keyof JsonBounds | null {
    const { levels, values } = this.bounds;
    for (let at = this.isInText ? this.endOfText(bytes, start, end) : start; at < end; at += 1) {
      const byte = bytes[at]!;
      if (byte === quote) at = this.endOfText(bytes, at + 1, end) - 1;
      else if (byte === comma) this.seen += 1;
      else if (byte === openBracket || byte === openBrace) {
        this.depth += 1;
        this.seen += 1;
        if (this.depth > levels) return 'levels';
      } else if (byte === closeBracket || byte === closeBrace) this.depth -= 1;
      if (this.seen > values) return 'values';
    }
    return null;
  }

  /** Behind the quote that ends the text which goes on at `begin`; at the end of the part, when it goes on beyond it. */
  private endOfText(bytes: Buffer, begin: number, end: number): number {
    this.isInText = true;
    for (let at = begin; at < end; at += 1) {
      const byte = bytes[at]!;
      if (this.isEscaped) this.isEscaped = false;
      else if (byte === backslash) this.isEscaped = true;
      else if (byte === quote) {
        this.isInText = false;
        return at + 1;
      }
    }
    return end;
  }
}
