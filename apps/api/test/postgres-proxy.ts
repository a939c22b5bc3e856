import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';

/**
 * Stands before Postgres, and can fall silent as a network does that loses packets: nothing is refused and nothing is closed, only
 * nothing arrives any more, neither way.
 */
export class PostgresProxy {
  private readonly pairs = new Set<readonly [Socket, Socket]>();
  private readonly silent = new Set<Socket>();
  private isSilentForNew = false;

  private constructor(
    private readonly server: Server,
    /** The database behind, reached through here. */
    readonly url: string,
  ) {}

  static async before(databaseUrl: string): Promise<PostgresProxy> {
    const behind = new URL(databaseUrl);
    const server = createServer({ noDelay: true });
    await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
    const url = new URL(databaseUrl);
    url.host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
    const proxy = new PostgresProxy(server, url.href);
    server.on('connection', (caller: Socket) => proxy.join(caller, Number(behind.port), behind.hostname));
    return proxy;
  }

  /** The connections that are there say nothing any more; new ones work, unless `alsoNew`. */
  fallSilent({ alsoNew = false } = {}): void {
    for (const pair of this.pairs) for (const socket of pair) this.silent.add(socket);
    this.isSilentForNew = alsoNew;
  }

  /** New connections work; those that fell silent stay so, as after a change of the way. */
  speak(): void {
    this.isSilentForNew = false;
  }

  async close(): Promise<void> {
    for (const pair of this.pairs) for (const socket of pair) socket.destroy();
    await new Promise((closed) => this.server.close(closed));
  }

  private join(caller: Socket, port: number, host: string): void {
    const server = connect({ port, host, noDelay: true });
    const pair = [caller, server] as const;
    this.pairs.add(pair);
    if (this.isSilentForNew) for (const socket of pair) this.silent.add(socket);
    const forward = (from: Socket, to: Socket) => {
      from.on('data', (bytes) => void (this.silent.has(from) || to.write(bytes)));
      from.on('error', () => undefined);
      from.on('close', () => {
        if (this.silent.has(from)) return;
        this.pairs.delete(pair);
        to.destroy();
      });
    };
    forward(caller, server);
    forward(server, caller);
  }
}
