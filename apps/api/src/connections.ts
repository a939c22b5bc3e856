import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { connections as bounds } from '@cinch/api-contract';

/**
 * The open connections of a server. A connection is a stranger's until a call on it has said who makes it; of those the oldest makes
 * room for a newcomer. So a flood of connections that say nothing takes no place of whoever has a key, and does not keep out the next
 * stranger either, who may be an admin about to log in.
 */
class Connections {
  private readonly open = new Set<Socket>();
  /** In the order in which they came. */
  private readonly strangers = new Set<Socket>();
  private readonly byAddress = new Map<string, Set<Socket>>();

  add(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    const own = this.byAddress.get(address) ?? new Set();
    if (own.size >= bounds.strangersEach) destroyFirst(own);
    if (this.strangers.size >= bounds.strangers || this.open.size >= bounds.all) destroyFirst(this.strangers);
    if (this.open.size >= bounds.all) return void socket.destroy();
    this.open.add(socket);
    this.strangers.add(socket);
    this.byAddress.set(address, own.add(socket));
    homes.set(socket, this);
    socket.once('close', () => {
      this.open.delete(socket);
      this.know(socket, address);
    });
  }

  know(socket: Socket, address = socket.remoteAddress ?? ''): void {
    if (!this.strangers.delete(socket)) return;
    const own = this.byAddress.get(address);
    own?.delete(socket);
    if (own?.size === 0) this.byAddress.delete(address);
  }
}

const homes = new WeakMap<Socket, Connections>();

export function boundConnections(server: Server): void {
  const connections = new Connections();
  server.on('connection', (socket: Socket) => connections.add(socket));
}

/** A call on this connection has said who makes it. */
export function noteKnown(socket: Socket): void {
  homes.get(socket)?.know(socket);
}

/** It leaves the sets only once it is closed, so what is being destroyed is passed over. */
function destroyFirst(sockets: Set<Socket>): void {
  for (const socket of sockets) {
    if (socket.destroyed) continue;
    socket.destroy();
    return;
  }
}
