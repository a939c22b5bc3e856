import { setTimeout as wait } from 'node:timers/promises';
import { databaseWaits } from '@cinch/api-contract';
import pg from 'pg';

/** So long the other side is given to say goodbye. */
const goodbyeMs = 500;

/** What the driver knows of its own questions; its declared type leaves it out. */
interface Underneath {
  _activeQuery: unknown;
  _sentQueryQueue: readonly unknown[];
  _queryQueue: readonly unknown[];
  processID: number | null;
  connection: { stream: { bytesRead: number; destroy(): void } };
}

/**
 * A connection to Postgres whose end is no surprise. Whoever waits for an answer hears of it by the error of that; an 'error' event that
 * nobody listens to, because nobody was asking just then, would end the process.
 */
export class HubClient extends pg.Client {
  /** Nothing can be asked of it any more. */
  hasEnded = false;

  constructor(config: pg.ClientConfig) {
    // Of a pool it would be as long as a free connection is waited for.
    super({ ...config, connectionTimeoutMillis: databaseWaits.connectMs });
    const note = () => void (this.hasEnded = true);
    this.on('error', note);
    this.on('end', note);
  }

  private get underneath(): Underneath {
    return this as unknown as Underneath;
  }

  /** Whether something was asked that has no answer yet. */
  get isWaiting(): boolean {
    const { _activeQuery: active, _sentQueryQueue: sent, _queryQueue: queued } = this.underneath;
    return active !== null || sent.length > 0 || queued.length > 0;
  }

  /** Another number whenever the server has said something. */
  get bytesHeard(): number {
    return this.underneath.connection.stream.bytesRead;
  }

  /** Of the server's process at the other end. */
  get serverPid(): number | null {
    return this.underneath.processID;
  }

  /** Ends it as it should be ended; one that does not hear us any more is broken off. */
  async sayGoodbye(): Promise<void> {
    const goodbye = new AbortController();
    const ended = this.end().catch(() => undefined);
    const late = wait(goodbyeMs, undefined, { signal: goodbye.signal }).catch(() => undefined);
    await Promise.race([ended, late]);
    goodbye.abort();
    this.breakOff();
  }

  /** Breaks the connection off: whoever waits for an answer has an error at once. */
  breakOff(): void {
    this.underneath.connection.stream.destroy();
  }
}
