import { Injectable } from '@nestjs/common';
import { duty } from '@cinch/api-contract';
import { Database, type Glance } from './transaction.ts';

/** What the process on duty has said last. */
export interface Beat {
  process: string;
  epoch: number;
  beats: number;
  at: Date;
}

/**
 * Whether somebody is at work, seen from outside: a process that is frozen cannot tell it of itself. Each process looks whether the count
 * of beats goes on and measures the silence by its own clock that nobody can set; silence is only what it has looked at all the time.
 */
@Injectable()
export class Heartbeat {
  private last: Beat | null = null;
  private movedAt = performance.now();
  private lookedAt = performance.now();
  /** When this process has said last that it works, and was heard. */
  private saidAt = -Infinity;

  constructor(private readonly database: Database) {}

  /** So long the one on duty has said nothing, and who that is. */
  get silence(): { ms: number; last: Beat | null } {
    return { ms: this.lookedAt - this.movedAt, last: this.last };
  }

  /** Fails where the database cannot be asked: nobody could have said anything meanwhile. */
  async look(): Promise<void> {
    // It is at work itself, and need not ask.
    if (performance.now() - this.saidAt < duty.beatMs + duty.lookMs) return;
    const late = performance.now() - this.lookedAt > duty.mostBetweenLooksMs;
    const beat = await this.database
      .in('vital')
      .glance(lastBeat)
      .catch((error: unknown) => {
        this.movedAt = performance.now();
        throw error;
      });
    this.lookedAt = performance.now();
    if (late || beat?.beats !== this.last?.beats) this.movedAt = this.lookedAt;
    this.last = beat;
  }

  /** This process is the one at work, and the database has heard it. */
  noteOwn(beat: Beat): void {
    this.last = beat;
    this.saidAt = this.lookedAt = this.movedAt = performance.now();
  }
}

async function lastBeat(tx: Glance): Promise<Beat | null> {
  const [beat] = await tx.query<Beat>('select process, epoch, beats, beat_at as at from heartbeat');
  return beat ?? null;
}
