import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { connections as bounds } from '@cinch/api-contract';
import { networkOf } from './platform/caller-address.ts';

/**
 * The open connections of a server. A connection is a stranger's until a call on it has said who makes it; of those the oldest of the
 * address that has most makes room for a newcomer. So a flood of connections that say nothing takes no place of whoever has a key, and does not keep out the next
 * stranger either, who may be an admin about to log in. Those of whoever is known have places of their own, of which one caller has a
 * part: a key that opens one after another keeps nobody out.
 */
class Connections {
  private readonly strangers = new Set<Socket>();
  /** In the order in which they came. */
  private readonly byNetwork = new Map<string, Set<Socket>>();
  /** In the order in which they were last called on. */
  private readonly byCaller = new Map<string, Set<Socket>>();
  private readonly callers = new WeakMap<Socket, string>();
  private known = 0;
  /** From where calls came that said who makes them; the latest last. */
  private readonly met = new Set<string>();

  add(socket: Socket): void {
    const network = networkOf(socket.remoteAddress ?? null);
    const own = this.byNetwork.get(network) ?? new Set();
    if (own.size >= bounds.strangersEach) destroyFirst(own);
    else if (this.strangers.size >= bounds.strangers) destroyFirst(largestOf(this.byNetwork));
    this.strangers.add(socket);
    this.byNetwork.set(network, own.add(socket));
    homes.set(socket, this);
    socket.once('close', () => {
      this.forgetStranger(socket, network);
      this.forgetKnown(socket);
    });
  }

  know(socket: Socket, caller: string): void {
    // What is closed by now would never be forgotten again.
    if (socket.closed) return;
    const network = networkOf(socket.remoteAddress ?? null);
    if (this.forgetStranger(socket, network)) this.meet(network);
    this.forgetKnown(socket);
    this.makeRoom(caller);
    this.callers.set(socket, caller);
    this.byCaller.set(caller, (this.byCaller.get(caller) ?? new Set()).add(socket));
    this.known += 1;
  }

  isStranger(socket: Socket): boolean {
    return this.strangers.has(socket);
  }

  comesFromMet(socket: Socket): boolean {
    return this.met.has(networkOf(socket.remoteAddress ?? null));
  }

  private meet(network: string): void {
    this.met.delete(network);
    this.met.add(network);
    if (this.met.size > bounds.metNetworks) this.met.delete(this.met.values().next().value!);
  }

  /** Whoever has its part, or has most where all are taken, gives one: that which it has left alone longest, or the latest of those that wait. */
  private makeRoom(caller: string): void {
    const own = this.byCaller.get(caller);
    const from = own && own.size >= bounds.knownEach ? own : this.known >= bounds.known ? largestOf(this.byCaller) : [];
    const open = Array.from(from).filter((socket) => !socket.destroyed);
    (open.find(isIdle) ?? open.at(-1))?.destroy();
  }

  private forgetStranger(socket: Socket, network: string): boolean {
    if (!this.strangers.delete(socket)) return false;
    forgetAmong(this.byNetwork, network, socket);
    return true;
  }

  private forgetKnown(socket: Socket): void {
    const caller = this.callers.get(socket);
    if (caller === undefined) return;
    this.callers.delete(socket);
    forgetAmong(this.byCaller, caller, socket);
    this.known -= 1;
  }
}

const homes = new WeakMap<Socket, Connections>();
/** Of a connection the requests that wait for their answers. */
const underWay = new WeakMap<Socket, number>();

export function boundConnections(server: Server): void {
  const connections = new Connections();
  server.on('connection', (socket: Socket) => connections.add(socket));
}

/** A call on this connection has said who makes it. */
export function noteKnown(socket: Socket, caller: string): void {
  homes.get(socket)?.know(socket, caller);
}

/** No call on this connection has said so yet. */
export function isStranger(socket: Socket): boolean {
  return homes.get(socket)?.isStranger(socket) ?? true;
}

/** Somebody was known lately who called from where this connection comes from. */
export function comesFromMet(socket: Socket): boolean {
  return homes.get(socket)?.comesFromMet(socket) ?? false;
}

/** One more request of it waits for its answer; how many did before. */
export function noteBegun(socket: Socket): number {
  const before = underWay.get(socket) ?? 0;
  underWay.set(socket, before + 1);
  return before;
}

/** One of them waits no more. */
export function noteAnswered(socket: Socket): void {
  underWay.set(socket, underWay.get(socket)! - 1);
}

function isIdle(socket: Socket): boolean {
  return (underWay.get(socket) ?? 0) === 0;
}

function forgetAmong(groups: Map<string, Set<Socket>>, name: string, socket: Socket): void {
  const group = groups.get(name);
  group?.delete(socket);
  if (group?.size === 0) groups.delete(name);
}

function largestOf(groups: Map<string, Set<Socket>>): Set<Socket> {
  let most = new Set<Socket>();
  for (const group of groups.values()) if (group.size > most.size) most = group;
  return most;
}

/** It leaves the sets only once it is closed, so what is being destroyed is passed over. */
function destroyFirst(sockets: Set<Socket>): void {
  for (const socket of sockets) {
    if (socket.destroyed) continue;
    socket.destroy();
    return;
  }
}
