import { PassThrough, type Readable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import type { Request } from 'express';
import { ProblemError } from '../../platform/problem-error.ts';

/** A sender that is silent for so long has gone, whatever its connection says. */
const mostSilenceMs = 60_000;
const longestReadOffMs = 30_000;

const unpackers = {
  identity: () => new PassThrough(),
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/**
 * The bytes of a body as they come, unpacked. Whoever reads them slowly slows the sender down. Ends in a problem when the body breaks
 * off, cannot be unpacked, or is larger than so many bytes: what it unpacks to counts.
 */
export async function* bytesOf(request: Request, mostBytes: number): AsyncGenerator<Buffer> {
  const packing = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (!Object.hasOwn(unpackers, packing))
    throw new ProblemError(
      'unsupported-media-type',
      `Send the body as it is, or packed by ${Object.keys(unpackers).join(', ')}.`,
    );
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge(mostBytes);
  let read = 0;
  request.setTimeout(mostSilenceMs);
  try {
    for await (const bytes of unpacked(request, packing)) {
      read += bytes.length;
      if (read > mostBytes) throw tooLarge(mostBytes);
      yield bytes;
    }
  } catch (error) {
    throw error instanceof ProblemError ? error : inWords(error, packing);
  } finally {
    request.setTimeout(0);
  }
}

/** The rest of a body that was refused goes nowhere, within reason: a sender that is cut off while it writes does not get to read why. */
export async function readOff(request: Request): Promise<void> {
  if (request.complete || request.destroyed) return;
  request.unpipe();
  request.resume();
  await finished(request, { signal: AbortSignal.timeout(longestReadOffMs) }).catch(() => undefined);
}

/** What could be held of a body: all of it, or its beginning with the rest still to come. */
export type Held = { kind: 'whole'; body: Buffer } | { kind: 'begun'; bytes: AsyncIterable<Buffer> };

/** Reads a body until it is over or more has come than may be held. */
export async function heldOf(bytes: AsyncGenerator<Buffer>, mostBytes: number): Promise<Held> {
  const pieces: Buffer[] = [];
  let held = 0;
  while (held <= mostBytes) {
    const next = await bytes.next();
    if (next.done) return { kind: 'whole', body: Buffer.concat(pieces) };
    pieces.push(next.value);
    held += next.value.length;
  }
  return { kind: 'begun', bytes: goneThrough(pieces, bytes) };
}

async function* goneThrough(pieces: Buffer[], rest: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  for (let piece = pieces.shift(); piece; piece = pieces.shift()) yield piece;
  yield* rest;
}

/** A body that is small enough to be held. */
export async function wholeOf(bytes: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

function unpacked(request: Request, packing: string): AsyncIterable<Buffer> {
  const unpacker: Readable & NodeJS.WritableStream = unpackers[packing as keyof typeof unpackers]();
  request.once('error', (error) => unpacker.destroy(error));
  request.once('aborted', () => unpacker.destroy(new Error('aborted')));
  return request.pipe(unpacker);
}

function tooLarge(mostBytes: number): ProblemError {
  const detail = `The body is larger than ${mostBytes / 1024 / 1024} MiB, unpacked: send it in smaller parts.`;
  return new ProblemError('payload-too-large', detail);
}

function inWords(cause: unknown, packing: string): ProblemError {
  const isUnpacking = String((cause as { code?: unknown }).code ?? '').startsWith('Z_');
  const detail = isUnpacking
    ? `The body cannot be unpacked as ${packing}: it is damaged or breaks off. Pack it again and send it whole.`
    : 'The body broke off: nothing of it was taken. Send it again, whole.';
  return new ProblemError('invalid-request', detail, undefined, { cause });
}
