import { connect, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { noteKnown } from './connections.ts';
import { serverFor } from './listen.ts';

const server = serverFor((request, response) => {
  if (request.headers.authorization) noteKnown(request.socket, request.headers.authorization);
  request.resume();
  request.on('end', () => response.end(request.url));
});
/** Requests that Node made of what came, by connection. */
const begun = new Map<Socket, number>();
server.on('connection', (socket) => begun.set(socket, 0));
server.prependListener('request', ({ socket }) => begun.set(socket, (begun.get(socket) ?? 0) + 1));
beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
afterAll(() => void server.close());

/** Attackers have an address of their own where the machine gives them one. */
const elsewhere = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';

function open(localAddress: string) {
  const socket = connect({ port: (server.address() as AddressInfo).port, host: '127.0.0.1', localAddress });
  return socket.on('error', () => undefined);
}

/** All that is answered until the other side closes. */
async function answerTo(...pieces: string[]): Promise<string> {
  const socket = open('127.0.0.1');
  let text = '';
  socket.on('data', (piece) => (text += piece.toString()));
  const closed = new Promise((resolve) => socket.once('close', resolve));
  for (const piece of pieces) socket.write(piece);
  await closed;
  return text;
}

/** So many connections that send the same, each opened anew as soon as it is cut, until the work is done. */
async function flooded<T>(bytes: string, count: number, work: () => Promise<T>): Promise<T> {
  let isOn = true;
  const { promise: done, resolve: end } = Promise.withResolvers<void>();
  const sent = Buffer.from(bytes);
  const attackers = Array.from({ length: count }, async () => {
    while (isOn) {
      const socket = open(elsewhere);
      socket.resume().write(sent);
      const closed = new Promise((resolve) => socket.once('close', resolve));
      await Promise.race([closed, done]);
      socket.destroy();
    }
  });
  try {
    return await work();
  } finally {
    isOn = false;
    end();
    await Promise.all(attackers);
  }
}

/** The most that one round of the event loop took of the thread, whatever else the machine does. */
function watchRounds(): { stop(): number } {
  let [most, isOn, last] = [0, true, process.threadCpuUsage()];
  const look = () => {
    const { user, system } = process.threadCpuUsage(last);
    most = Math.max(most, (user + system) / 1_000);
    last = process.threadCpuUsage();
    if (isOn) setImmediate(look);
  };
  setImmediate(look);
  return {
    stop() {
      isOn = false;
      return most;
    },
  };
}

const mib = 1024 * 1024;
const kib64 = (text: string) => text.repeat(Math.ceil(65_536 / text.length));
const chunked = 'POST /x HTTP/1.1\r\nhost: h\r\ntransfer-encoding: chunked\r\n\r\n';
const manyHeaders = `GET /x HTTP/1.1\r\nhost: h\r\n${'a:\r\n'.repeat(1_900)}\r\n`;

it.each([
  ['of the smallest requests', kib64('GET / HTTP/1.1\r\n\r\n')],
  ['of small requests that name the hub', kib64('GET / HTTP/1.1\r\nhost:h\r\n\r\n')],
  ['of chunks of one byte', chunked + kib64('1\r\n0\r\n')],
  ['of requests with bodies of one byte', kib64('POST / HTTP/1.1\r\nhost:h\r\ncontent-length:1\r\n\r\nx')],
  ['of headers without values', kib64(manyHeaders)],
])('a flood %s on connections opened anew at once holds the thread for no time worth the name', async (_, bytes) => {
  const before = process.memoryUsage().rss;
  begun.clear();
  const longestRoundMs = await flooded(bytes, 40, async () => {
    const rounds = watchRounds();
    await expect.poll(() => begun.size, { interval: 5 }).toBeGreaterThan(60);
    for (let n = 0; n < 3; n += 1)
      expect(await answerTo('GET /livez HTTP/1.1\r\nhost: h\r\nconnection: close\r\n\r\n')).toContain('/livez');
    return rounds.stop();
  });
  expect(Math.max(...begun.values())).toBeLessThan(40);
  expect(longestRoundMs).toBeLessThan(100);
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * mib);
});

it('what comes in few bytes or in many at once is answered in its order', async () => {
  const many = Array.from({ length: 3 }, (_, n) => `GET /${n}?${'x'.repeat(n * 900)} HTTP/1.1\r\nhost: h\r\n\r\n`);
  const last = 'POST /last HTTP/1.1\r\nhost: h\r\nconnection: close\r\ncontent-length: 9000\r\n\r\n';
  const answers = await answerTo([...many, last, 'y'.repeat(9_000)].join(''));
  expect(answers.match(/(?<=\r\n\r\n)\/\w+/g)).toEqual([...many.map((_, n) => `/${n}`), '/last']);
});

it('whoever closes its half after a request is answered', async () => {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  let text = '';
  socket.on('data', (piece) => (text += piece.toString()));
  socket.end(`GET /half?${'x'.repeat(3_000)} HTTP/1.1\r\nhost: h\r\n\r\n`);
  await new Promise((resolve) => socket.once('close', resolve));
  expect(text).toContain('/half');
});

it('what cannot be read is told so in words, whatever comes behind it', async () => {
  expect(await answerTo(`NONSENSE\r\n\r\n${'x'.repeat(60_000)}`)).toContain('The request is no HTTP');
});

it('a connection on which somebody is known waits for no stranger', async () => {
  const bytes = kib64('GET / HTTP/1.1\r\nhost:h\r\n\r\n');
  const socket = open('127.0.0.1');
  const ask = async () => {
    const began = performance.now();
    const answered = new Promise((resolve) => socket.once('data', resolve));
    socket.write('GET /own HTTP/1.1\r\nhost: h\r\nauthorization: key\r\n\r\n');
    await answered;
    return performance.now() - began;
  };
  await ask();
  const times = await flooded(bytes, 100, async () => {
    const all: number[] = [];
    for (let n = 0; n < 30; n += 1) all.push(await ask());
    return all;
  });
  socket.destroy();
  expect(times.toSorted((a, b) => a - b)[15]).toBeLessThan(20);
});
