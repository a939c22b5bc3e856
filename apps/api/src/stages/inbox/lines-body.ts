import { ProblemError } from '../../platform/problem-error.ts';
import { mostStreamedLines, type BodyReader } from './body-reader.ts';
import { acceptLines, maxLineBytes, type AcceptedBody } from './read-body.ts';
import { isArray } from './slices.ts';

/** Enough for several chunks, so that few of them are cut short. */
const blockBytes = 1024 * 1024;
const newline = 0x0a;

/** Record lines that are read in blocks of whole lines. */
export class LinesBody implements BodyReader {
  private held: Buffer[] = [];
  private heldBytes = 0;
  private hasLineEnd = false;
  private linesBefore = 0;
  private hasBegun = false;
  /** Within a line that is too long, of which enough is held to tell. */
  private isSkipping = false;

  *feed(bytes: Buffer): Generator<AcceptedBody> {
    const kept = this.withoutRest(bytes);
    if (kept.length === 0) return;
    this.held.push(kept);
    this.heldBytes += kept.length;
    this.hasLineEnd ||= kept.includes(newline);
    if (this.heldBytes < blockBytes) return;
    if (this.hasLineEnd) yield* this.block();
    if (this.heldBytes > maxLineBytes) this.skipRest();
  }

  *end(): Generator<AcceptedBody> {
    if (this.heldBytes > 0) yield* this.accept(Buffer.concat(this.held));
  }

  unmappedColumns(): null {
    return null;
  }

  /** The whole lines of what is held; the line that has not ended yet stays. */
  private block(): Iterable<AcceptedBody> {
    const all = Buffer.concat(this.held);
    const end = all.lastIndexOf(newline) + 1;
    this.hold(all.subarray(end));
    return this.accept(all.subarray(0, end));
  }

  /** Of a line that is too long only as much is held as shows that it is. */
  private skipRest(): void {
    this.hold(Buffer.concat(this.held).subarray(0, maxLineBytes + 1));
    this.isSkipping = true;
  }

  private withoutRest(bytes: Buffer): Buffer {
    if (!this.isSkipping) return bytes;
    const end = bytes.indexOf(newline);
    if (end === -1) return bytes.subarray(0, 0);
    this.isSkipping = false;
    return bytes.subarray(end);
  }

  private hold(bytes: Buffer): void {
    // A copy: a part would keep the whole block in memory.
    this.held = bytes.length > 0 ? [Buffer.from(bytes)] : [];
    this.heldBytes = bytes.length;
    this.hasLineEnd = false;
  }

  private *accept(block: Buffer): Generator<AcceptedBody> {
    if (!this.hasBegun && isArray(block))
      throw new ProblemError('invalid-request', 'A record line is an object: send an array as application/json.');
    // Blank lines may come before the first one that tells.
    this.hasBegun ||= block.some((byte) => byte > 0x20);
    yield* acceptLines(block, this.linesBefore, mostStreamedLines);
    this.linesBefore += countLines(block);
  }
}

function countLines(block: Buffer): number {
  let count = 0;
  for (let at = block.indexOf(newline); at !== -1; at = block.indexOf(newline, at + 1)) count += 1;
  return count;
}
