import { connect, type Socket } from 'node:net';

/** Servers close what nobody used for five seconds: a socket is not trusted for as long. */
const idleMs = 3_000;
const mostTries = 3;
const headEnd = Buffer.from('\r\n\r\n');

interface Channel {
  socket: Socket;
  freeSince: number;
  answer: (text: string) => void;
  fail: (error: Error) => void;
}

/**
 * A caller that costs next to nothing: ready-made bytes over sockets that stay open, one call at a time on each. It shares the cores
 * with the hub that it measures, and what it took would be missing there.
 */
export class Sockets {
  private readonly host: string;
  private readonly port: number;
  private readonly free: Channel[] = [];
  private readonly all = new Set<Channel>();
  /** Calls that were sent again since the server closed their socket before it answered. */
  resent = 0;

  constructor(url: string) {
    const { hostname, port } = new URL(url);
    this.host = hostname;
    this.port = Number(port);
  }

  /** The bytes of a call, head and body. */
  request(path: string, token: string, type: string, body: string): Buffer {
    const head = `POST ${path} HTTP/1.1\r\nhost: ${this.host}\r\nauthorization: Bearer ${token}\r\ncontent-type: ${type}\r\n`;
    return Buffer.from(`${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`);
  }

  /** The body of the answer. Anything but a 2xx is an error. */
  async call(request: Buffer): Promise<string> {
    for (let tries = 1; tries < mostTries; tries += 1) {
      const answer = await this.callOn(this.takeFree() ?? this.open(), request).catch(
        (error: NodeJS.ErrnoException) => {
          // It may be closed just when it is used: then any client asks once more.
          if (error.code === 'ECONNRESET' || error.code === 'EPIPE') return null;
          throw error;
        },
      );
      if (answer !== null) return answer;
      this.resent += 1;
    }
    return this.callOn(this.open(), request);
  }

  private callOn(channel: Channel, request: Buffer): Promise<string> {
    return new Promise((answer, fail) => {
      channel.answer = answer;
      channel.fail = fail;
      channel.socket.write(request);
    });
  }

  close(): void {
    for (const { socket } of this.all) socket.destroy();
  }

  private takeFree(): Channel | null {
    const channel = this.free.pop();
    if (!channel || performance.now() - channel.freeSince < idleMs) return channel ?? null;
    // The last one used is too old: so are all others.
    for (const old of [channel, ...this.free.splice(0)]) this.drop(old);
    return null;
  }

  private drop(channel: Channel): void {
    this.all.delete(channel);
    channel.socket.destroy();
  }

  private open(): Channel {
    const socket = connect({ host: this.host, port: this.port, noDelay: true });
    const channel: Channel = { socket, freeSince: 0, answer: () => undefined, fail: () => undefined };
    this.all.add(channel);
    let got: Buffer = Buffer.alloc(0);
    socket.on('data', (bytes) => {
      got = got.length === 0 ? bytes : Buffer.concat([got, bytes]);
      const bodyFrom = got.indexOf(headEnd) + headEnd.length;
      if (bodyFrom < headEnd.length) return;
      const head = got.toString('latin1', 0, bodyFrom);
      const length = Number(/\r\ncontent-length: (\d+)/i.exec(head)?.[1] ?? 0);
      if (got.length < bodyFrom + length) return;
      const body = got.toString('utf8', bodyFrom, bodyFrom + length);
      got = Buffer.alloc(0);
      channel.freeSince = performance.now();
      this.free.push(channel);
      if (head.startsWith('HTTP/1.1 2')) channel.answer(body);
      else channel.fail(new Error(`${head.split('\r\n')[0]} ${body.slice(0, 400)}`));
    });
    socket.on('error', (error) => channel.fail(error));
    socket.on('close', () => {
      this.all.delete(channel);
      const at = this.free.indexOf(channel);
      if (at !== -1) this.free.splice(at, 1);
      else
        channel.fail(
          Object.assign(new Error('The hub closed the connection before it answered.'), { code: 'ECONNRESET' }),
        );
    });
    return channel;
  }
}
