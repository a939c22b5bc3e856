import { pipeline } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { bodyBytes, deadlines, mostLeadingBlanks, unpacking } from '@cinch/api-contract';
import type { Request } from 'express';
import { ProblemError } from '../../platform/problem-error.ts';
import { letSend, pacedBytes } from '../door/paced-bytes.ts';
import type { Room } from '../door/room.ts';

/** What is unpacked in one go: each costs a journey to another thread. */
const unpackedBytes = 64 * 1024;

const unpackers = {
  identity: null,
  gzip: createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
} as const;

/**
 * The bytes of a body as they come, unpacked. Whoever reads them slowly slows the sender down. Ends in a problem when the body breaks
 * off, cannot be unpacked, or is larger than so many bytes: what it unpacks to counts.
 */
export async function* bytesOf(request: Request, mostBytes: number, room: Room): AsyncGenerator<Buffer> {
  const packing = (request.headers['content-encoding'] ?? 'identity').toLowerCase();
  if (!Object.hasOwn(unpackers, packing))
    throw new ProblemError(
      'unsupported-media-type',
      `Send the body as it is, or packed by ${Object.keys(unpackers).join(', ')}.`,
    );
  if (Number(request.headers['content-length'] ?? 0) > mostBytes) throw tooLarge(mostBytes);
  let [read, blanks] = [0, 0];
  letSend(request);
  try {
    const came = pacedBytes(request, { ms: deadlines.bodyPatienceMs }, (bytes) => room.pace(bytes));
    const unpacker = unpackers[packing as keyof typeof unpackers]?.({ chunkSize: unpackedBytes }) ?? null;
    // Its errors reach whoever reads what is unpacked; here nobody is left to be told.
    const plain = unpacker ? (pipeline(came, unpacker, () => undefined) as AsyncIterable<Buffer>) : came;
    for await (const bytes of plain) {
      read += bytes.length;
      if (read > mostBytes) throw tooLarge(mostBytes);
      // What it was made of, not what has come: that runs ahead, and a bomb would be let go on by so much.
      if (unpacker && read > unpacking.freeBytes + unpacker.bytesWritten * unpacking.ratio) throw bomb();
      if (blanks === read - bytes.length) blanks += leadingBlanks(bytes);
      if (blanks > mostLeadingBlanks) throw saysNothing();
      yield bytes;
    }
  } catch (error) {
    throw error instanceof ProblemError ? error : inWords(error, packing);
  }
}

/**
 * A part of a body that was refused goes nowhere before the refusal is told: a sender that writes all before it reads gets to know why,
 * unless it has much more to write.
 */
export async function readOff(request: Request): Promise<void> {
  // Of much more to write a part need not be read.
  const isMuch = Number(request.headers['content-length'] ?? 0) > bodyBytes.push;
  if (request.complete || request.destroyed || isMuch) return;
  let bytes = 0;
  const enough = new AbortController();
  // Somebody may still be waiting for the next piece: once it has come, the rest flows to this.
  request.on('data', (piece: Buffer) => {
    bytes += piece.length;
    if (bytes > bodyBytes.push) enough.abort();
  });
  request.resume();
  const signal = AbortSignal.any([enough.signal, AbortSignal.timeout(deadlines.readOffMs)]);
  await finished(request, { signal }).catch(() => undefined);
}

/** What could be held of a body: all of it, or its beginning with the rest still to come. */
export type Held = { kind: 'whole'; body: Buffer } | { kind: 'begun'; bytes: AsyncIterable<Buffer> };

/** Reads a body until it is over or more has come than may be held. */
export async function heldOf(bytes: AsyncGenerator<Buffer>, mostBytes: number, room: Room): Promise<Held> {
  const pieces: Buffer[] = [];
  let held = 0;
  while (held <= mostBytes) {
    const next = await bytes.next();
    if (next.done) return { kind: 'whole', body: Buffer.concat(pieces) };
    room.take('heldBytes', next.value.length);
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
export async function wholeOf(bytes: AsyncIterable<Buffer>, room: Room): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of bytes) {
    room.take('heldBytes', piece.length);
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function leadingBlanks(bytes: Buffer): number {
  let at = 0;
  while (at < bytes.length && bytes[at]! <= 0x20) at += 1;
  return at;
}

function saysNothing(): ProblemError {
  const detail = `The body begins with more than ${mostLeadingBlanks / 1024} KiB of blanks and empty lines: begin it with a record.`;
  return new ProblemError('invalid-request', detail);
}

function tooLarge(mostBytes: number): ProblemError {
  const detail = `The body is larger than ${mostBytes / 1024 / 1024} MiB, unpacked: send it in smaller parts.`;
  return new ProblemError('payload-too-large', detail);
}

function bomb(): ProblemError {
  const detail = `The body unpacks to more than ${unpacking.ratio} times what came: send it in smaller parts, or as it is.`;
  return new ProblemError('payload-too-large', detail);
}

function inWords(cause: unknown, packing: string): ProblemError {
  const isUnpacking = String((cause as { code?: unknown }).code ?? '').startsWith('Z_');
  const detail = isUnpacking
    ? `The body cannot be unpacked as ${packing}: it is damaged or breaks off. Pack it again and send it whole.`
    : 'The body broke off: nothing of it was taken. Send it again, whole.';
  return new ProblemError('invalid-request', detail, undefined, { cause });
}
