import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A call written byte by byte, for senders that no client library would be. */
export class RawCall {
  text = '';
  isClosed = false;
  private readonly socket: Socket;
  private readonly over: Promise<void>;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.over = new Promise((resolve) => socket.once('close', () => resolve()));
    socket.on('data', (data) => (this.text += data.toString()));
    socket.on('error', () => undefined);
    socket.on('close', () => (this.isClosed = true));
  }

  static async open(url: string): Promise<RawCall> {
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    await once(socket, 'connect');
    return new RawCall(socket);
  }

  /** The head of a call whose body is still to come. */
  static async begin(url: string, line: string, headers: Record<string, string> = {}): Promise<RawCall> {
    const call = await RawCall.open(url);
    const given = Object.entries({ host: 'h', ...headers }).map(([name, value]) => `${name}: ${value}\r\n`);
    call.write(`${line} HTTP/1.1\r\n${given.join('')}\r\n`);
    return call;
  }

  write(bytes: string | Buffer): void {
    this.socket.write(bytes);
  }

  /** Nothing more is read of what the hub sends. */
  stall(): void {
    this.socket.pause();
  }

  /** Resolves when the hub has begun to answer. */
  async answer(): Promise<{ status: number; text: string }> {
    while (!this.text.includes('\r\n\r\n')) {
      if (this.isClosed) throw new Error('The hub closed the connection without an answer.');
      await Promise.race([new Promise((resolve) => this.socket.once('data', resolve)), this.over]);
    }
    return { status: Number(this.text.split(' ')[1]), text: this.text };
  }

  /** Resolves when the hub has closed the connection. */
  closed(): Promise<void> {
    return this.over;
  }

  close(): void {
    this.socket.destroy();
  }
}
