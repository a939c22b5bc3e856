import { Injectable } from '@nestjs/common';
import { passwordTurns } from '@cinch/api-contract';
import { ProblemError } from '../../platform/problem-error.ts';

/** Whose attempt it is. */
export interface Attempt {
  /** Attempts of one lane share its pace: an address, or a browser that logged in before. */
  lane: string;
  /** Whether somebody logged in there before. */
  isKnown: boolean;
  /** Within a lane the accounts take turns. */
  account: string;
  /** Whoever has gone is not worth the work. */
  isGone: () => boolean;
}

interface Waiting extends Attempt {
  start: () => void;
  refuse: (error: ProblemError) => void;
}

interface Lane {
  isKnown: boolean;
  waiting: Waiting[];
  /** Attempts that it may make right now, and when that was reckoned: on the clock that nobody can set. */
  left: number;
  at: number;
  /** The number of its last turn: whoever had none goes first. */
  served: number;
  /** The account that had the last turn. */
  last: string | null;
}

const { atOnce, waiting: mostWaiting, waitingEach, burst, perSecond } = passwordTurns;

/**
 * Who may have a password looked at next. Looking is dear on purpose, so few are looked at at once; lanes take turns, each at its own
 * pace, and within a lane the accounts do. Whoever is too many is refused by lot and told when to come back: a flood holds up its own
 * lane, never an account. What is remembered of a lane goes once its pace has recovered, so that a flood of lanes fills no memory.
 */
@Injectable()
export class PasswordTurns {
  private readonly lanes = new Map<string, Lane>();
  private running = 0;
  private turns = 0;
  /** Those that logged in before and those that did not take every other turn: a flood of either leaves the others half. */
  private isTurnOfKnown = true;
  private timer: NodeJS.Timeout | null = null;

  /** The work's result, once it was its turn. `isGood`: such an attempt does not count against its lane. */
  async take<T>(attempt: Attempt, work: () => Promise<T>, isGood: (result: T) => boolean): Promise<T> {
    const lane = await this.turnOf(attempt);
    try {
      const result = await work();
      if (isGood(result)) lane.left = Math.min(burst, lane.left + 1);
      return result;
    } finally {
      this.running -= 1;
      this.next();
    }
  }

  /** Lanes that are remembered. */
  get size(): number {
    return this.lanes.size;
  }

  private turnOf(attempt: Attempt): Promise<Lane> {
    const lane = this.laneOf(attempt);
    return new Promise((resolve, reject) => {
      lane.waiting.push({ ...attempt, start: () => resolve(lane), refuse: reject });
      this.refuseOneTooMany(lane);
      this.next();
    });
  }

  private laneOf({ lane: name, isKnown }: Attempt): Lane {
    const known = this.lanes.get(name);
    if (known) return known;
    const lane: Lane = { isKnown, waiting: [], left: burst, at: performance.now(), served: 0, last: null };
    this.lanes.set(name, lane);
    return lane;
  }

  private refuseOneTooMany(lane: Lane): void {
    if (lane.waiting.length > waitingEach) return refuseOne(lane);
    const all = [...this.lanes.values()].filter(({ waiting }) => waiting.length > 0);
    if (all.reduce((sum, { waiting }) => sum + waiting.length, 0) <= mostWaiting) return;
    const unknown = all.filter(({ isKnown }) => !isKnown);
    const among = unknown.length > 0 ? unknown : all;
    const longest = Math.max(...among.map(({ waiting }) => waiting.length));
    refuseOne(oneOf(among.filter(({ waiting }) => waiting.length === longest)));
  }

  private next(): void {
    if (this.timer) clearTimeout(this.timer);
    this.timer = null;
    const now = performance.now();
    for (const [name, lane] of this.lanes) {
      recover(lane, now);
      lane.waiting = lane.waiting.filter(isThere);
      if (lane.waiting.length === 0 && lane.left >= burst) this.lanes.delete(name);
    }
    while (this.running < atOnce && this.startOne());
    this.lookAgain();
  }

  private startOne(): boolean {
    const ready = [...this.lanes.values()].filter(({ waiting, left }) => waiting.length > 0 && left >= 1);
    const ofTurn = ready.filter(({ isKnown }) => isKnown === this.isTurnOfKnown);
    const [lane] = (ofTurn.length > 0 ? ofTurn : ready).sort((one, other) => one.served - other.served);
    if (!lane) return false;
    this.isTurnOfKnown = !lane.isKnown;
    lane.served = this.turns += 1;
    lane.left -= 1;
    this.running += 1;
    takenFrom(lane).start();
    return true;
  }

  /** When the first lane may go on; also forgets those that have recovered. */
  private lookAgain(): void {
    if (this.lanes.size === 0 || this.running >= atOnce) return;
    const waits = [...this.lanes.values()].map(({ waiting, left }) => (waiting.length > 0 ? 1 : burst) - left);
    this.timer = setTimeout(() => this.next(), Math.ceil((Math.min(...waits) / perSecond) * 1_000)).unref();
  }
}

function recover(lane: Lane, now: number): void {
  lane.left = Math.min(burst, lane.left + ((now - lane.at) / 1_000) * perSecond);
  lane.at = now;
}

function isThere(waiting: Waiting): boolean {
  if (!waiting.isGone()) return true;
  waiting.refuse(tooMany());
  return false;
}

/** By lot among the attempts at the account whose turn it is: nobody can stand in front of it. */
function takenFrom(lane: Lane): Waiting {
  const accounts = [...new Set(lane.waiting.map(({ account }) => account))];
  lane.last = accounts[(accounts.indexOf(lane.last ?? '') + 1) % accounts.length]!;
  return removedFrom(lane, oneOf(lane.waiting.filter(({ account }) => account === lane.last)));
}

/** By lot among the attempts at the account that has the most. */
function refuseOne(lane: Lane): void {
  const byAccount = [...Map.groupBy(lane.waiting, ({ account }) => account).values()];
  const most = Math.max(...byAccount.map(({ length }) => length));
  removedFrom(lane, oneOf(byAccount.filter(({ length }) => length === most).flat())).refuse(tooMany());
}

function removedFrom(lane: Lane, one: Waiting): Waiting {
  lane.waiting = lane.waiting.filter((other) => other !== one);
  return one;
}

function oneOf<T>(all: readonly T[]): T {
  return all[Math.floor(Math.random() * all.length)]!;
}

function tooMany(): ProblemError {
  const detail =
    'Too many log-ins are tried from here: try again in a second. A browser that logged in before waits for nobody, and a link by an admin makes it one.';
  return new ProblemError('too-many-attempts', detail, undefined, { retryAfterS: 1 });
}
