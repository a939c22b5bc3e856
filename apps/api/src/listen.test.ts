import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { floodPipelined, mostPipelined } from '@cinch/api-contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { noteKnown } from './connections.ts';
import { serverFor } from './listen.ts';

describe('requests of one connection that wait for their answers', () => {
  const begun: ServerResponse[] = [];
  const server = serverFor((request, response) => {
    if (request.headers.authorization) noteKnown(request.socket, request.headers.authorization);
    if (request.url === '/now') response.end();
    else begun.push(response);
  });
  beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
  beforeEach(() => void (begun.length = 0));
  afterAll(() => void server.close());

  const open = () => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    const told = { text: '' };
    socket.on('data', (piece) => (told.text += piece.toString()));
    return { socket, told, closed: once(socket, 'close') };
  };
  const statuses = (text: string) => [...text.matchAll(/HTTP\/1\.1 (\d+) /g)].map(([, status]) => status);
  const waiting = 'GET /waiting HTTP/1.1\r\nhost:h\r\n\r\n';

  it('are so many at most: the next one is refused, and the connection closed', async () => {
    const { socket, told, closed } = open();
    socket.write(waiting.repeat(floodPipelined));
    await expect.poll(() => begun.length, { interval: 5 }).toBe(mostPipelined.stranger);
    for (const response of begun.splice(0)) response.end();
    await closed;
    expect(statuses(told.text)).toEqual([...Array.from({ length: mostPipelined.stranger }, () => '200'), '429']);
    expect(begun).toEqual([]);
  });

  it('may be more where somebody is known, and as few of a flood are begun', async () => {
    const { socket, told, closed } = open();
    socket.write('GET /now HTTP/1.1\r\nhost: h\r\nauthorization: key\r\n\r\n');
    await expect.poll(() => statuses(told.text), { interval: 5 }).toEqual(['200']);
    socket.write(waiting.repeat(1_000));
    await expect.poll(() => begun.length, { interval: 5 }).toBe(mostPipelined.known);
    // By then it is cut off, or refused behind these.
    for (const response of begun.splice(0)) response.end();
    await closed;
    expect(begun).toEqual([]);
    expect(statuses(told.text).length).toBeLessThanOrEqual(mostPipelined.known + 2);
  });
});

describe('a request that can be read in two ways, or in none', () => {
  const server = serverFor((_, response) => void response.end());
  beforeAll(() => new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening)));
  afterAll(() => void server.close());

  it.each([
    ['without a path', 'GET http://[::1/api HTTP/1.1\r\nhost: h\r\n\r\n', '400'],
    ['with nothing behind the scheme', 'GET http:// HTTP/1.1\r\nhost: h\r\n\r\n', '400'],
    [
      'with a body that is packed on the way',
      'POST / HTTP/1.1\r\nhost: h\r\ntransfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n',
      '400',
    ],
    ['in chunks', 'POST / HTTP/1.1\r\nhost: h\r\ntransfer-encoding: Chunked\r\n\r\n0\r\n\r\n', '200'],
    ['with its whole address, as proxies send it', 'GET http://hub.example/x HTTP/1.1\r\nhost: h\r\n\r\n', '200'],
  ])('%s', async (_, bytes, status) => {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
    socket.write(bytes);
    const [answer] = await once(socket, 'data');
    socket.destroy();
    expect(String(answer)).toMatch(new RegExp(`^HTTP/1.1 ${status} `));
  });
});
