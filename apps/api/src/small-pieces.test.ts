import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { hash } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { serverFor } from './listen.ts';

/** What came of the last body: how many pieces its reader got, and a digest of them. */
let pieces = 0;
/** Bytes that came off all connections. */
let taken = 0;
const server = serverFor((request, response) => {
  const got: Buffer[] = [];
  pieces = 0;
  const late = Number(request.headers['x-late'] ?? 0);
  void wait(late).then(() => {
    request.on('data', (piece: Buffer) => {
      pieces += 1;
      got.push(piece);
    });
    request.on('end', () => response.end(hash('sha256', Buffer.concat(got))));
  });
});
server.on('connection', (socket) => socket.on('close', () => (taken += socket.bytesRead)));
beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
afterAll(() => void server.close());

/** Sends a body as it is chunked; resolves with what is answered. */
function send(chunks: Buffer, late: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    let text = '';
    // Whoever is cut off while it sends may be told by an error.
    socket.on('data', (piece) => (text += piece.toString())).on('error', () => undefined);
    socket.on('close', () => resolve(text));
    const head = `POST / HTTP/1.1\r\nhost: h\r\nconnection: close\r\nx-late: ${late}\r\ntransfer-encoding: chunked\r\n\r\n`;
    socket.write(Buffer.concat([Buffer.from(head), chunks, Buffer.from('0\r\n\r\n')]));
  });
}

function chunked(body: Buffer, sizes: () => number): Buffer {
  const chunks: Buffer[] = [];
  for (let at = 0; at < body.length;) {
    const chunk = body.subarray(at, at + sizes());
    chunks.push(Buffer.from(`${chunk.length.toString(16)}\r\n`), chunk, Buffer.from('\r\n'));
    at += chunk.length;
  }
  return Buffer.concat(chunks);
}

function inTurn(...sizes: number[]): () => number {
  let next = 0;
  return () => {
    next += 1;
    return sizes[next % sizes.length]!;
  };
}

const body = Buffer.from(Array.from({ length: 60_000 }, (_, at) => (at * 31) % 251));

it.each<[string, () => number, number]>([
  ['chunks of 16 bytes', () => 16, 0],
  ['chunks of 16 bytes that nobody reads for a while', () => 16, 100],
  ['a thousand chunks of one byte and a large one', inTurn(...Array.from({ length: 990 }, () => 1), 60_000), 0],
  ['small and large ones', inTurn(1, 5_000, 3, 4_096, 17), 0],
  ['sizes as they come', () => 1 + Math.floor(Math.random() * 6_000), 50],
])('a body in %s comes whole, in few pieces', async (_, sizes, late) => {
  expect(await send(chunked(body, sizes), late)).toContain(hash('sha256', body));
  expect(pieces).toBeLessThan(100);
});

const fine = Buffer.from('1\r\n0\r\n'.repeat(100_000));

it.each([
  ['its reader waits', 0],
  ['nobody reads', 1_000],
])('a body in chunks of one byte is given up early where %s, in words', async (_, late) => {
  const before = taken;
  expect(await send(fine, late)).toContain('send larger chunks');
  expect(taken - before).toBeLessThan(fine.length / 2);
});

it('twenty that come so take no more than their bytes', async () => {
  const before = process.memoryUsage().rss;
  await Promise.all(Array.from({ length: 20 }, () => send(fine, 1_000)));
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024);
});
