import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { connections as bounds } from '@cinch/api-contract';
import { networkOf } from './platform/caller-address.ts';

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
  /** From where calls came that said who makes them; the latest last. */
  private readonly met = new Set<string>();

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
      this.forgetStranger(socket, address);
    });
  }

  know(socket: Socket): void {
    const address = socket.remoteAddress ?? '';
    if (!this.forgetStranger(socket, address)) return;
    const network = networkOf(address);
    this.met.delete(network);
    this.met.add(network);
    if (this.met.size > bounds.metNetworks) this.met.delete(this.met.values().next().value!);
  }

  isStranger(socket: Socket): boolean {
    return this.strangers.has(socket);
  }

  comesFromMet(socket: Socket): boolean {
    return this.met.has(networkOf(socket.remoteAddress ?? ''));
  }

  private forgetStranger(socket: Socket, address: string): boolean {
    if (!this.strangers.delete(socket)) return false;
    const own = this.byAddress.get(address);
    own?.delete(socket);
    if (own?.size === 0) this.byAddress.delete(address);
    return true;
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

/** No call on this connection has said so yet. */
export function isStranger(socket: Socket): boolean {
  return homes.get(socket)?.isStranger(socket) ?? true;
}

/** Somebody was known lately who called from where this connection comes from. */
export function comesFromMet(socket: Socket): boolean {
  return homes.get(socket)?.comesFromMet(socket) ?? false;
}

/** It leaves the sets only once it is closed, so what is being destroyed is passed over. */
function destroyFirst(sockets: Set<Socket>): void {
  for (const socket of sockets) {
    if (socket.destroyed) continue;
    socket.destroy();
    return;
  }
}
