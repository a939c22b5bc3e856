import { Readable } from 'node:stream';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { unpacking } from '@cinch/api-contract';
import type { Request } from 'express';
import { expect, it } from 'vitest';
import type { Room } from '../door/room.ts';
import { bytesOf } from './body-source.ts';

const mib = 1024 * 1024;
const roomy = { pace: () => Promise.resolve() } as unknown as Room;

/** All of it is there already, as from a fast sender. */
function aRequest(packing: string, body: Buffer): Request {
  const pieces = Array.from({ length: Math.ceil(body.length / 65_536) }, (_, n) =>
    body.subarray(n * 65_536, (n + 1) * 65_536),
  );
  return Object.assign(Readable.from(pieces, { objectMode: false }), {
    headers: { 'content-encoding': packing },
  }) as unknown as Request;
}

it.each([
  ['gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
] as const)(
  'unpacks of a bomb in %s little more than what is free, however much of it has come',
  async (packing, pack) => {
    const bomb = pack(Buffer.concat([Buffer.from('{"id":"1"}\n'), Buffer.alloc(16 * mib, 0x20)]));
    let read = 0;
    const reading = async () => {
      for await (const bytes of bytesOf(aRequest(packing, bomb), 1024 * mib, roomy)) read += bytes.length;
    };
    await expect(reading()).rejects.toThrow('unpacks to more than');
    expect(read).toBeLessThan(2 * unpacking.freeBytes + 128 * 1024);
  },
);

it('unpacks a body of rows that are alike whole', async () => {
  const rows = Buffer.from(Array.from({ length: 100_000 }, (_, n) => `{"id":"${n}","data":{"a":1}}\n`).join(''));
  let read = 0;
  for await (const bytes of bytesOf(aRequest('gzip', gzipSync(rows)), 1024 * mib, roomy)) read += bytes.length;
  expect(read).toBe(rows.length);
});
