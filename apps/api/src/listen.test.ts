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
    if (request.headers.authorization) noteKnown(request.socket);
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
  /** Of 33 bytes: the 17th comes in one piece with the 16th, however these are cut. */
  const waiting = 'GET /waiting HTTP/1.1\r\nhost:h\r\n\r\n';

  it('are so many at most: the next one is refused, and the connection closed', async () => {
    const { socket, told, closed } = open();
    socket.write(waiting.repeat(floodPipelined));
    await expect.poll(() => begun.length, { interval: 5 }).toBe(mostPipelined);
    for (const response of begun.splice(0)) response.end();
    await closed;
    expect(statuses(told.text)).toEqual([...Array.from({ length: mostPipelined }, () => '200'), '429']);
    expect(begun).toEqual([]);
  });

  it('are a flood where many more come in one go: it is cut off, be it of somebody who is known', async () => {
    const { socket, told, closed } = open();
    const known = `GET /now HTTP/1.1\r\nhost: h\r\nauthorization: key\r\nx: ${'x'.repeat(4_000)}\r\n\r\n`;
    // What cost nothing so far is handed over in ever larger pieces.
    for (let n = 1; n < 6; n += 1) {
      socket.write(known);
      await expect.poll(() => statuses(told.text).length, { interval: 2 }).toBe(n);
    }
    socket.write(waiting.repeat(1_000));
    await closed;
    expect(begun.length).toBeLessThanOrEqual(mostPipelined);
    expect(statuses(told.text).length).toBe(5);
  });
});
