import type { AcceptedBody } from './read-body.ts';

/** A body that is read as its bytes come. What it gives can be stored, and need not be held any longer. */
export interface BodyReader {
  feed(bytes: Buffer): Iterable<AcceptedBody>;
  /** The body is over: what is left of it. */
  end(): Iterable<AcceptedBody>;
  /** Columns that the mapping does not read; null where a body has no columns. */
  unmappedColumns(): readonly string[] | null;
}

/** So many lines may one body have that is read as it comes: more is a stream that went astray. */
export const mostStreamedLines = 10_000_000;
