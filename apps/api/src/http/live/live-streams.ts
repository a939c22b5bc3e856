import { Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Response } from 'express';
import { SessionsStore } from '../../platform/accounts/sessions.store.ts';
import { Clock } from '../../platform/clock.ts';
import { Database } from '../../platform/transaction.ts';
import { Shares } from '../door/shares.ts';
import { LiveQueries } from './live.queries.ts';
import { LiveWatch } from './live-watch.ts';

const heartbeatEveryMs = 15_000;
/** What a browser waits by itself after a break; the console opens a stream anew at its own pace. */
const retryMs = 2_000;
/** Whoever leaves so much unread, in bytes, is better off with a new stream. */
const mostUnread = 64 * 1024;
const looksPerSessionCheck = 2;

/**
 * Everybody who listens, and the one look a second at what has changed: made only while somebody listens, however many they are. What
 * happens is read from the database, since it may be another process that does it.
 */
@Injectable()
export class LiveStreams implements OnModuleDestroy {
  private readonly log = new Logger('LiveStreams');
  /** By the session that listens; null is automation. */
  private readonly streams = new Map<Response, string | null>();
  private watch: LiveWatch | null = null;
  private heart: NodeJS.Timeout | null = null;
  private looks = 0;

  constructor(
    private readonly database: Database,
    private readonly queries: LiveQueries,
    private readonly sessions: SessionsStore,
    private readonly shares: Shares,
    private readonly clock: Clock,
  ) {}

  /** Resolves when the stream is open: whatever changes from then on is told. */
  async open(sessionId: string | null, response: Response): Promise<void> {
    response.once('close', this.shares.take('streams', sessionId ?? 'automation'));
    this.streams.set(response, sessionId);
    response.once('close', () => this.forget(response));
    try {
      await this.watched();
    } catch (error) {
      this.forget(response);
      throw error;
    }
    if (response.destroyed) return;
    response.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      // Neither a proxy nor a compression on the way may hold back what is written.
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    });
    tell(response, `retry: ${retryMs}\nevent: ready\ndata: {}\n\n`);
  }

  onModuleDestroy(): void {
    this.endAll();
  }

  private watched(): Promise<void> {
    // The comment keeps proxies from closing what is silent; the event tells the console that the wire still holds.
    this.heart ??= setInterval(() => this.tellAll(': heartbeat\nevent: heartbeat\ndata: {}\n\n'), heartbeatEveryMs);
    this.watch ??= new LiveWatch({
      look: (last) => this.database.glance((tx) => this.queries.marks(tx, last)),
      changed: (changes) => this.tellAll(`event: changed\ndata: ${JSON.stringify(changes)}\n\n`),
      looked: () => this.endWhoMayNoMore(),
      failed: (error) => {
        // Whether their sessions still stand cannot be told either: they come back when the database does.
        const { name, code = '' } = error as { name: string; code?: string };
        this.log.warn(`What has changed cannot be told: ${name} ${code}`);
        this.endAll();
      },
    });
    return this.watch.begun;
  }

  /** Their session was ended or ran out, or they were disabled. */
  private async endWhoMayNoMore(): Promise<void> {
    this.looks += 1;
    const sessionIds = [...new Set([...this.streams.values()].filter((id) => id !== null))];
    if (this.looks % looksPerSessionCheck !== 0 || sessionIds.length === 0) return;
    const alive = await this.database.glance((tx) => this.sessions.alive(tx, sessionIds, this.clock.neverBack()));
    for (const [response, sessionId] of this.streams) {
      if (sessionId !== null && sessionIds.includes(sessionId) && !alive.has(sessionId)) response.end();
    }
  }

  private tellAll(text: string): void {
    for (const response of this.streams.keys()) tell(response, text);
  }

  private forget(response: Response): void {
    this.streams.delete(response);
    if (this.streams.size === 0) this.rest();
  }

  private endAll(): void {
    for (const response of this.streams.keys()) response.end();
    this.streams.clear();
    this.rest();
  }

  private rest(): void {
    this.watch?.stop();
    if (this.heart) clearInterval(this.heart);
    [this.watch, this.heart] = [null, null];
  }
}

function tell(response: Response, text: string): void {
  // One that is not open yet reads everything anew when it is.
  if (!response.headersSent || response.writableEnded) return;
  if (response.writableLength > mostUnread) response.destroy();
  else response.write(text);
}
