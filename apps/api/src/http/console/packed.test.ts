import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packed } from './packed.ts';

const script = `console.log(${JSON.stringify('words '.repeat(500))});`;

describe('assets that the build has packed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'cinch-packed-'));
  let server: Server;
  beforeAll(async () => {
    writeFileSync(join(folder, 'app.js'), script);
    writeFileSync(join(folder, 'app.js.br'), brotliCompressSync(script));
    writeFileSync(join(folder, 'app.js.gz'), gzipSync(script));
    writeFileSync(join(folder, 'small.css'), 'a{}');
    server = express()
      .use('/assets', packed(folder), express.static(folder, { index: false }))
      .listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.close();
    rmSync(folder, { recursive: true });
  });

  async function get(path: string, accepted?: string) {
    const headers = accepted === undefined ? {} : { 'accept-encoding': accepted };
    const { port } = server.address() as AddressInfo;
    const answer = await new Promise<IncomingMessage>((resolve, reject) =>
      request({ host: '127.0.0.1', port, path, headers }, resolve).on('error', reject).end(),
    );
    const { 'content-encoding': encoding, 'content-type': type, vary } = answer.headers;
    return { status: answer.statusCode, encoding, type, vary, body: await buffer(answer) };
  }

  it('go out as the smallest that a browser takes, under their own name and type', async () => {
    const brotli = await get('/assets/app.js', 'gzip, deflate, br, zstd');
    expect(brotli).toMatchObject({ status: 200, encoding: 'br', type: 'text/javascript; charset=utf-8' });
    expect(brotliDecompressSync(brotli.body).toString()).toBe(script);
    const gzip = await get('/assets/app.js?v=1', 'gzip');
    expect(gzip).toMatchObject({ status: 200, encoding: 'gzip', type: 'text/javascript; charset=utf-8' });
    expect(gunzipSync(gzip.body).toString()).toBe(script);
  });

  it('go out as they are to whoever takes nothing else, and caches are told', async () => {
    for (const accepted of [undefined, 'identity', 'br;q=0, gzip;q=0', 'zstd']) {
      const plain = await get('/assets/app.js', accepted);
      expect(plain).toMatchObject({ status: 200, encoding: undefined });
      expect(plain.vary?.toLowerCase()).toBe('accept-encoding');
      expect(plain.body.toString()).toBe(script);
    }
  });

  it('are nothing to files that are not packed, or not there', async () => {
    expect(await get('/assets/small.css', 'br')).toMatchObject({ status: 200, encoding: undefined, vary: undefined });
    expect(await get('/assets/none.js', 'br')).toMatchObject({ status: 404, encoding: undefined });
    expect((await get('/assets/..%2Fapp.js', 'br')).status).not.toBe(200);
  });
});
