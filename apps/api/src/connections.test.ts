import { EventEmitter, once } from 'node:events';
import type { Server } from 'node:http';
import { connect, type AddressInfo, type Socket } from 'node:net';
import { connections, shares } from '@cinch/api-contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { boundConnections, noteKnown } from './connections.ts';
import { serverFor } from './listen.ts';

describe('connections of those who are known', () => {
  let server: Server;
  let opened: Socket[];
  let waiting: (() => void)[];
  beforeEach(async () => {
    [opened, waiting] = [[], []];
    server = serverFor((request, response) => {
      const caller = request.headers.authorization;
      if (caller) noteKnown(request.socket, caller);
      if (request.url === '/waiting') waiting.push(() => response.end());
      else response.end();
    });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  });
  afterEach(() => {
    for (const socket of opened) socket.destroy();
    server.close();
  });

  /** Opens a connection and calls on it. Resolves with it once it is answered, or is closed without an answer. */
  async function call(caller: string, path = '/now') {
    const socket = connect((server.address() as AddressInfo).port, '127.0.0.1').on('error', () => undefined);
    opened.push(socket);
    socket.write(`GET ${path} HTTP/1.1\r\nhost: h\r\n${caller && `authorization: ${caller}\r\n`}\r\n`);
    const closed = once(socket, 'close').then(() => '');
    const answered = once(socket, 'data').then(([piece]) => String(piece).slice(9, 12));
    return { socket, status: path === '/waiting' ? '' : await Promise.race([answered, closed]) };
  }
  const callTimes = async (caller: string, times: number) => {
    for (let n = 0; n < times; n += 50)
      await Promise.all(Array.from({ length: Math.min(50, times - n) }, () => call(caller)));
  };
  const openOnes = () => opened.filter((socket) => !socket.destroyed).length;

  it('one key that opens one after another gives up its own on which nothing is under way, and a stranger gets in', async () => {
    const { socket } = await call('greedy', '/waiting');
    await expect.poll(() => waiting.length).toBe(1);
    await callTimes('greedy', connections.knownEach + 20);
    await expect.poll(openOnes).toBe(connections.knownEach);
    const answered = once(socket, 'data');
    waiting[0]!();
    expect(String((await answered)[0])).toMatch(/^HTTP\/1.1 200/);
    expect((await call('')).status).toBe('200');
    expect((await call('modest')).status).toBe('200');
  });

  it('many keys together take no place of a stranger, and whoever has most gives up one for who comes next', async () => {
    const keys = Math.ceil(connections.known / connections.knownEach);
    for (let n = 0; n < keys; n += 1) await callTimes(`greedy ${n}`, connections.knownEach);
    expect((await call('')).status).toBe('200');
    expect((await call('modest')).status).toBe('200');
    await expect.poll(openOnes).toBe(connections.known + 1);
  });

  it('are more than calls may be under way, of one caller and of all', () => {
    expect(connections.knownEach).toBeGreaterThan(shares.calls.each);
    expect(connections.known).toBeGreaterThan(shares.calls.all);
  });
});

describe('connections of strangers', () => {
  const server = () => {
    const made = new EventEmitter();
    boundConnections(made as Server);
    return (remoteAddress: string) => {
      const socket = Object.assign(new EventEmitter(), {
        remoteAddress,
        destroyed: false,
        destroy: () => {
          socket.destroyed = true;
          socket.emit('close');
        },
      });
      made.emit('connection', socket);
      return socket;
    };
  };
  const { strangers, strangersEach } = connections;

  it('floods from some addresses make room for each other, and the one of an office behind another stays', () => {
    const open = server();
    const office = open('10.0.0.1');
    for (let n = 0; n < 5 * strangers; n += 1) open(`10.0.1.${n % 3}`);
    expect(office.destroyed).toBe(false);
  });

  it('a flood from all addresses of one IPv6 network has the part of one address', () => {
    const open = server();
    const flood = Array.from({ length: strangersEach + 10 }, (_, n) => open(`2001:db8:1:2::${n.toString(16)}`));
    expect(flood.filter(({ destroyed }) => !destroyed).length).toBe(strangersEach);
  });
});
