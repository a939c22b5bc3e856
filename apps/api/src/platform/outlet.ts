import type { Writable } from 'node:stream';
import type { PoolClient } from 'pg';

/** More than this is not held back: the server may as well begin with it. */
const mostHeldBytes = 32 * 1024;

/**
 * Lets statements out together that are given in one turn of the event loop: writing to a socket costs as much as some of them, and
 * each piece wakes the server.
 */
export class Outlet {
  private readonly stream: Writable;
  private isHeld = false;

  constructor(client: PoolClient) {
    this.stream = (client as unknown as { connection: { stream: Writable } }).connection.stream;
  }

  /** What is written from now on goes out when nothing is left to do but to wait. */
  hold(): void {
    if (this.isHeld) {
      if (this.stream.writableLength > mostHeldBytes) this.letOut();
      return;
    }
    this.isHeld = true;
    this.stream.cork();
    process.nextTick(() => this.letOut());
  }

  private letOut(): void {
    if (!this.isHeld) return;
    this.isHeld = false;
    this.stream.uncork();
  }
}
