import { Agent, request, type RequestOptions } from 'node:http';
import { connect, type Socket } from 'node:net';

/** The attackers have an address of their own where the machine gives them one: they are strangers to whoever else calls. */
const localAddress = process.platform === 'linux' ? '127.0.0.2' : '127.0.0.1';

/** Whom the attackers attack. Whatever is answered is read and forgotten. */
export class Target {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 64 });
  private readonly port: number;
  /** Answers by status; 0 is a connection that broke. */
  readonly answers: Record<number, number> = {};

  constructor(port: number) {
    this.port = port;
  }

  send(method: string, path: string, headers: Record<string, string>, body: Buffer | string = ''): Promise<void> {
    const options: RequestOptions = {
      port: this.port,
      host: '127.0.0.1',
      localAddress,
      agent: this.agent,
      method,
      path,
      headers: { ...headers, 'content-length': Buffer.byteLength(body) },
    };
    return new Promise((resolve) => {
      const sent = request(options, (response) => {
        this.count(response.statusCode!);
        response.on('error', () => undefined).on('close', resolve);
        response.resume();
      });
      sent.on('error', () => {
        this.count(0);
        resolve();
      });
      sent.end(body);
    });
  }

  /** A connection on which is written by hand. */
  open(): Socket {
    const socket = connect({ port: this.port, host: '127.0.0.1', localAddress });
    socket.on('error', () => undefined);
    socket.resume();
    return socket;
  }

  close(): void {
    this.agent.destroy();
  }

  private count(status: number): void {
    this.answers[status] = (this.answers[status] ?? 0) + 1;
  }
}
