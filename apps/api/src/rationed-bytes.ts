import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import { parsing, strangerThread, threadTurnMs } from '@cinch/api-contract';
import { comesFromMet, isStranger } from './connections.ts';
import { ParseTurns, type Waiting } from './parse-turns.ts';
import { networkOf } from './platform/caller-address.ts';

/**
 * Lets the server parse what comes off its connections a little at a time and in turns. Node itself parses all that came at once, 64 KiB
 * in one go: of the smallest requests, or of chunks of one byte, that takes the thread 20 to 50 ms for each connection, and some megabytes.
 */
export function rationBytes(server: Server): void {
  const strangers = new ParseTurns(strangerThread, strangerThread.turnMs);
  const known = new ParseTurns({ burstMs: threadTurnMs, msPerSecond: 1_000 }, threadTurnMs);
  server.on('connection', (socket: Socket) => {
    strangers.noteArrival();
    // Node reads past the socket until somebody else listens to its bytes, and does not go back to that.
    socket.on('data', ignore).off('data', ignore);
    rationed.set(socket, new RationedBytes(socket, (one) => (isStranger(socket) ? strangers : known).take(one)));
  });
}

/** What has come of a connection and was not parsed is forgotten: an answer has said that it cannot be read. */
export function forgetUnparsed(socket: Socket): void {
  rationed.get(socket)?.forget();
}

/** Nothing more of what comes on a connection is parsed: it is closed once what was begun is answered. */
export function stopParsing(socket: Socket): void {
  rationed.get(socket)?.stop();
}

const ignore = () => undefined;
const rationed = new WeakMap<Socket, RationedBytes>();

/** What came off a connection and waits for its turn to be parsed; nothing more is read until it is. */
class RationedBytes implements Waiting {
  readonly lane: string;
  private readonly push: Socket['push'];
  private held: Buffer | null = null;
  private hasEnded = false;
  private isInLine = false;
  private isStopped = false;
  /** Whether more is wanted, by whoever got the last piece. */
  private wantsMore = true;
  /** Bytes of the next piece. */
  private size: number = parsing.firstBytes;

  constructor(
    private readonly socket: Socket,
    private readonly takeTurn: (one: Waiting) => void,
  ) {
    this.lane = networkOf(socket.remoteAddress ?? null);
    this.push = socket.push.bind(socket);
    const read = socket._read.bind(socket);
    socket.push = (piece: Buffer | null) => this.hold(piece);
    socket._read = (size) => {
      if (this.held === null) read(size);
    };
    socket.on('resume', () => this.standInLine());
  }

  goesFirst(): boolean {
    return comesFromMet(this.socket);
  }

  parse(until: number): boolean {
    this.isInLine = false;
    do this.parsePiece();
    while (this.canGoOn() && performance.now() < until);
    if (this.held === null && this.hasEnded) this.end();
    this.isInLine = this.canGoOn();
    return this.isInLine;
  }

  forget(): void {
    this.held = null;
  }

  stop(): void {
    this.isStopped = true;
  }

  private hold(piece: Buffer | null): boolean {
    if (piece === null) {
      this.hasEnded = true;
      return this.held === null && this.end();
    }
    this.held = this.held === null ? piece : Buffer.concat([this.held, piece]);
    this.standInLine();
    return this.held === null && this.wantsMore;
  }

  private standInLine(): void {
    if (this.isInLine || !this.canGoOn()) return;
    this.isInLine = true;
    this.takeTurn(this);
  }

  /** Whoever is told to wait by what was parsed of it comes back when it goes on. */
  private canGoOn(): boolean {
    return this.held !== null && !this.isStopped && !this.socket.destroyed && !this.socket.isPaused();
  }

  private parsePiece(): void {
    if (!this.canGoOn()) return;
    const held = this.held!;
    const piece = held.subarray(0, this.size);
    this.held = piece.length < held.length ? held.subarray(piece.length) : null;
    const began = performance.now();
    this.wantsMore = this.push(piece);
    const isCheap = performance.now() - began < parsing.cheapMs;
    const most = isStranger(this.socket) ? parsing.strangerBytes : parsing.knownBytes;
    this.size = isCheap ? Math.min(most, 2 * this.size) : parsing.firstBytes;
  }

  private end(): boolean {
    this.hasEnded = false;
    return this.push(null);
  }
}
