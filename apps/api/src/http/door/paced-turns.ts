import type { Socket } from 'node:net';
import { Injectable } from '@nestjs/common';
import { refusalPaces, strangerPaces, type Pace } from '@cinch/api-contract';
import { Clock } from '../../platform/clock.ts';

interface Waiting {
  /** The connection for which it is done. */
  socket: Socket;
  goOn: () => void;
}

interface Paces {
  each: Pace;
  all: Pace;
}

interface Lane {
  waiting: Waiting[];
  budget: Budget;
}

/** Lanes that are remembered; whoever else comes shares one. */
const mostLanes = 10_000;
const everybodyElse = 'everybody else';

/**
 * What is done at its turn: so much of a lane in one go and then each second, and so much of all. Whoever is beyond waits behind those of
 * its own lane; nobody is refused.
 */
class PacedTurns {
  private readonly lanes = new Map<string, Lane>();
  /** Those in which somebody waits; whoever had the last turn stands last. */
  private readonly inLine = new Set<Lane>();
  private readonly all: Budget;
  private readonly waitingOn = new WeakSet<Socket>();
  private timer: NodeJS.Timeout | null = null;

  constructor(
    private readonly clock: Clock,
    private readonly paces: Paces,
  ) {
    this.all = new Budget(paces.all, clock.ran());
  }

  /** Goes on at once or at its turn. False: of this connection one waits already. */
  take(name: string, socket: Socket, goOn: () => void): boolean {
    const now = this.clock.ran();
    const lane = this.laneOf(name, now);
    if (lane.waiting.length === 0 && this.hasTurn(lane, now)) {
      goOn();
      return true;
    }
    // So there are never more than there are connections.
    if (this.waitingOn.has(socket)) return false;
    this.waitingOn.add(socket);
    lane.waiting.push({ socket, goOn });
    this.inLine.add(lane);
    this.plan();
    return true;
  }

  private laneOf(name: string, now: number): Lane {
    const known = this.lanes.get(name);
    if (known) return known;
    if (this.lanes.size >= mostLanes) this.forget(now);
    const free = this.lanes.size >= mostLanes ? everybodyElse : name;
    const lane = this.lanes.get(free) ?? { waiting: [], budget: new Budget(this.paces.each, now) };
    this.lanes.set(free, lane);
    return lane;
  }

  /** Of a lane that has its whole pace again nothing need be known. */
  private forget(now: number): void {
    for (const [name, { waiting, budget }] of this.lanes)
      if (waiting.length === 0 && budget.isWhole(now)) this.lanes.delete(name);
  }

  private hasTurn({ budget }: Lane, now: number): boolean {
    if (!budget.has(now) || !this.all.has(now)) return false;
    budget.spend();
    this.all.spend();
    return true;
  }

  private plan(): void {
    // A busy process is late, and those who wait with it.
    this.timer ??= setTimeout(() => this.next(), 1_000 / this.paces.each.perSecond).unref();
  }

  private next(): void {
    this.timer = null;
    const now = this.clock.ran();
    // As they stand now: whoever is served goes to their end.
    for (const lane of Array.from(this.inLine)) {
      lane.waiting = lane.waiting.filter(({ socket }) => !socket.destroyed);
      const first = lane.waiting[0] && this.hasTurn(lane, now) ? lane.waiting.shift() : undefined;
      if (first || lane.waiting.length === 0) this.inLine.delete(lane);
      if (lane.waiting.length > 0) this.inLine.add(lane);
      if (first) this.begin(first);
    }
    if (this.inLine.size > 0) this.plan();
  }

  private begin({ socket, goOn }: Waiting): void {
    this.waitingOn.delete(socket);
    goOn();
  }
}

/** What one may do in one go, and again as time passes. */
class Budget {
  private left: number;

  constructor(
    private readonly pace: Pace,
    private at: number,
  ) {
    this.left = pace.burst;
  }

  has(now: number): boolean {
    this.left = Math.min(this.pace.burst, this.left + ((now - this.at) * this.pace.perSecond) / 1_000);
    this.at = now;
    return this.left >= 1;
  }

  isWhole(now: number): boolean {
    return this.has(now) && this.left >= this.pace.burst;
  }

  spend(): void {
    this.left -= 1;
  }
}

/**
 * When a call is begun whose caller this process has not met. Whoever guesses keys, floods the log-in or sends what nobody asked for gets a
 * part of the thread and no more, however fast it comes: those who are known find the hub at rest.
 */
@Injectable()
export class StrangerTurns extends PacedTurns {
  constructor(clock: Clock) {
    super(clock, strangerPaces);
  }
}

/** When a refusal is told: whoever sends again what was refused as soon as it is, would be refused without end. */
@Injectable()
export class RefusalTurns extends PacedTurns {
  constructor(clock: Clock) {
    super(clock, refusalPaces);
  }
}
