import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { outwardLimits } from '@cinch/api-contract';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseEgressAllow } from '../../platform/egress/egress-allow.ts';
import { EgressPolicy } from '../../platform/egress/egress-policy.ts';
import type { ProblemError } from '../../platform/problem-error.ts';
import { TokenSeal } from '../../platform/token-seal.ts';
import { AdapterCall } from './adapter-call.ts';
import { AdapterClient } from './adapter-client.ts';

const seal = new TokenSeal(['x'.repeat(40)]);

type Answering = (request: IncomingMessage, response: ServerResponse) => void;

const secretText = 'root:x:0:0 internal-host-17 Ada Lovelace +44 20 7946 0018';
const mib = 1024 * 1024;
const row = { key: 'A', version: 1, changedAt: '2026-01-01T00:00:00.000Z', delivery: null, data: { id: 'A' } };

async function listening(answer: Answering): Promise<{ server: Server; url: string; asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, asked, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

function sendJson(response: ServerResponse, body: unknown): void {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(body));
}

/** Zeros without end, as fast as they are taken. */
function streamForEver(response: ServerResponse): void {
  const zeros = Buffer.alloc(mib, '0');
  response.writeHead(200, { 'content-type': 'application/json' });
  const more = () => {
    while (!response.destroyed && response.write(zeros));
  };
  response.on('drain', more);
  more();
}

describe('what a target answers is not believed', () => {
  let target: Awaited<ReturnType<typeof listening>>;
  let elsewhere: Awaited<ReturnType<typeof listening>>;
  let base = '/mdm';
  let customers: Answering;
  let capabilities: object = { list: true, upsert: true, conditionalWrites: true };
  beforeAll(async () => {
    elsewhere = await listening((_, response) => sendJson(response, { rows: [], nextCursor: null }));
    target = await listening((request, response) => {
      if (request.url === '/.well-known/mdm-adapter')
        sendJson(response, { protocol: 1, system: 's', base, capabilities });
      else customers(request, response);
    });
  });
  afterEach(() => {
    base = '/mdm';
    target.asked.length = 0;
    vi.restoreAllMocks();
  });
  afterAll(async () => {
    for (const { server } of [target, elsewhere]) {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  });

  /** Chance shortens the pauses between tries to a twentieth. */
  const withoutPauses = () => vi.spyOn(Math, 'random').mockReturnValue(-1.4);
  const client = () => new AdapterClient(new AdapterCall(new EgressPolicy(parseEgressAllow('loopback')), seal));
  const address = () => ({ code: 'shop', adapterUrl: target.url, adapterToken: seal.seal('the-token') });
  const listed = () => client().list(address(), null, new AbortController().signal);
  const item = { deliveryId: 'd', key: null, ifMatch: null, fields: { given: 'Ada', phone: '+44 20 7946 0018' } };
  const upserted = () => client().upsert(address(), [item], new AbortController().signal);
  /** The words of the failure, which hold nothing that was answered. */
  const failure = async (call: Promise<unknown>) => {
    const error = await call.then(
      () => null,
      (thrown: ProblemError) => thrown,
    );
    expect(error).toMatchObject({ code: 'adapter-unreachable' });
    expect(error!.detail).not.toMatch(/root|internal|Ada|7946|127\.0\.0\.1|127\.0\.0\.1:\d/);
    return error!.detail;
  };

  it.each([301, 302, 303, 307, 308])(
    'follows no %i: names, phones and the token go to no other host',
    async (status) => {
      customers = (_, response) => void response.writeHead(status, { location: `${elsewhere.url}/take` }).end();
      expect(await failure(upserted())).toContain(`it answered ${status}, and the hub follows no redirects`);
      expect(await failure(listed())).toContain('redirects');
      expect(elsewhere.asked).toEqual([]);
    },
  );

  it.each(['absolute', '//', 'https', 'user'])(
    'sends the token to no other origin that the description names: %s',
    async (kind) => {
      const { host } = new URL(elsewhere.url);
      const bases: Record<string, string> = {
        absolute: `${elsewhere.url}/mdm`,
        '//': `//${host}/mdm`,
        https: `https://${new URL(target.url).host}/mdm`,
        user: target.url.replace('//', '//me:secret@'),
      };
      base = bases[kind]!;
      expect(await failure(listed())).toContain('not of the form');
      expect(elsewhere.asked).toEqual([]);
    },
  );

  it('takes a base that is absolute and its own', async () => {
    base = `${target.url}/mdm/`;
    customers = (_, response) => sendJson(response, { rows: [row], nextCursor: null });
    expect((await listed()).rows).toEqual([row]);
    expect(target.asked.at(-1)).toMatchObject({
      url: '/mdm/customers?limit=1000',
      headers: { authorization: 'Bearer the-token' },
    });
  });

  it('takes no more of an answer without end than a page may hold', async () => {
    let most = 0;
    customers = (_, response) => {
      streamForEver(response);
      response.on('close', () => (most = Math.max(most, response.socket?.bytesWritten ?? 0)));
    };
    const before = process.memoryUsage().rss;
    expect(await failure(listed())).toContain('larger than is taken');
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * mib);
    // Asked again for a tenth, and a tenth of that, down to one row.
    expect(target.asked.map(({ url }) => url?.split('limit=')[1]).slice(1)).toEqual(['1000', '100', '10', '1']);
  });

  it('counts what comes over the connection and not only the body: chunks of a byte, each with a kilobyte of its own', async () => {
    const limits = outwardLimits as { pageBytes: number };
    const { pageBytes } = limits;
    limits.pageBytes = mib / 4;
    let sent = 0;
    customers = (_, response) => {
      const chunk = `1;${'x'.repeat(1_000)}\r\n0\r\n`.repeat(1_000);
      response.writeHead(200, { 'transfer-encoding': 'chunked' }).flushHeaders();
      const socket = response.socket!;
      const more = () => {
        while (!socket.destroyed && socket.write(chunk)) sent += chunk.length;
      };
      socket.on('drain', more).on('error', () => undefined);
      more();
    };
    expect(await failure(listed())).toContain('larger than is taken');
    limits.pageBytes = pageBytes;
    // Four calls, each for a tenth of the rows, and what stands in the buffers on both sides.
    expect(sent).toBeLessThan(64 * mib);
  });

  it('waits for no answer behind one that only says that it is to come, again and again', async () => {
    customers = (_, response) => {
      const early = setInterval(() => response.writeProcessing(), 1);
      response.on('close', () => clearInterval(early));
    };
    expect(await failure(listed())).toContain('not of the form');
  });

  it('asks for fewer rows where a page of them is too large', async () => {
    customers = (request, response) =>
      request.url?.endsWith('limit=10')
        ? sendJson(response, { rows: [row], nextCursor: null })
        : streamForEver(response);
    expect((await listed()).rows).toEqual([row]);
  });

  const unreadable: Record<string, Answering> = {
    'text that is no JSON': (_, response) => void response.end(secretText),
    'another form': (_, response) => sendJson(response, { rows: secretText, nextCursor: secretText }),
    'no UTF-8': (_, response) =>
      void response.end(
        Buffer.concat([Buffer.from('{"rows":[],"nextCursor":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]),
      ),
    'a hundred thousand brackets': (_, response) => void response.end('['.repeat(100_000)),
    'more rows than a page has': (_, response) =>
      sendJson(response, { rows: Array.from({ length: 10_001 }, () => 0), nextCursor: null }),
    'a cursor of 3 KiB': (_, response) => sendJson(response, { rows: [row], nextCursor: 'x'.repeat(3_000) }),
    'a packed body': (_, response) =>
      void response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(64 * mib))),
    'more members than may be': (_, response) => void response.end(`[${'0,'.repeat(2_000_001)}0]`),
  };
  it.each(Object.keys(unreadable))('says in neutral words that it cannot read %s', async (what) => {
    customers = unreadable[what]!;
    expect(await failure(listed())).toMatch(/not of the form|larger than is taken/);
  });

  it.each([[400], [401], [404], [500], [503]])('says of %i no more than its number', async (status) => {
    withoutPauses();
    customers = (_, response) => void response.writeHead(status, secretText.replaceAll('+', '')).end(secretText);
    expect(await failure(listed())).toContain(`it answered ${status}.`);
  });

  it.each<[string, object]>([
    ['none', { receipts: [] }],
    ['two for one', { receipts: [1, 2].map(() => ({ deliveryId: 'd', outcome: 'stored', row, refused: [] })) }],
    ['one of another delivery', { receipts: [{ deliveryId: secretText, outcome: 'stored', row, refused: [] }] }],
    [
      'one that refuses a million fields',
      { receipts: [{ deliveryId: 'd', outcome: 'stored', row, refused: Array(1_001).fill(0) }] },
    ],
    ...['k\0', 'k\ud83d'].map((key): [string, object] => [
      `one of a row under a key that cannot be kept, ${JSON.stringify(key)}`,
      { receipts: [{ deliveryId: 'd', outcome: 'stored', row: { ...row, key }, refused: [] }] },
    ]),
    ...[{ path: 'a\0' }, { code: 'c\ud83d' }, { path: 'p'.repeat(501) }, { code: 'c'.repeat(201) }].map(
      (odd): [string, object] => [
        `one that refuses in words that cannot be kept, ${JSON.stringify(odd).slice(0, 20)}`,
        {
          receipts: [
            { deliveryId: 'd', outcome: 'refused', row, refused: [{ path: 'p', code: 'c', detail: '', ...odd }] },
          ],
        },
      ],
    ),
  ])('takes no receipts that do not answer what was sent: %s', async (_, body) => {
    customers = (request, response) => {
      request.resume();
      sendJson(response, body);
    };
    expect(await failure(upserted())).toContain('not of the form');
  });

  it('takes no answer that is shorter than it says', async () => {
    withoutPauses();
    customers = (_, response) => {
      response.writeHead(200, { 'content-length': '5000' });
      response.write('{"rows":[]');
      setImmediate(() => response.destroy());
    };
    expect(await failure(listed())).toContain('ended the connection');
  });

  it('cuts a call whose answer drips', async () => {
    withoutPauses();
    const limits = outwardLimits as { wholeMs: number };
    const { wholeMs } = limits;
    limits.wholeMs = 300;
    customers = (_, response) => {
      const drip = setInterval(() => response.write(' '), 20);
      response.on('close', () => clearInterval(drip));
    };
    expect(await failure(listed())).toContain('did not answer in time');
    limits.wholeMs = wholeMs;
  });

  it('comes back when it is told to', async () => {
    let asked = 0;
    customers = (_, response) => {
      asked += 1;
      if (asked === 1) response.writeHead(429, { 'retry-after': '1' }).end();
      else sendJson(response, { rows: [], nextCursor: null });
    };
    const began = performance.now();
    await listed();
    expect(performance.now() - began).toBeGreaterThan(990);
  });

  it('is sent a write once only, if it says that it keeps no delivery ids', async () => {
    withoutPauses();
    customers = (_, response) => response.writeHead(503).end();
    const writes = () => target.asked.filter(({ method }) => method === 'POST').length;
    await failure(upserted());
    expect(writes()).toBe(4);
    const told = capabilities;
    capabilities = { ...told, keepsDeliveryIds: false };
    await failure(upserted());
    capabilities = told;
    expect(writes()).toBe(5);
  });
});
