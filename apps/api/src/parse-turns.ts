import { threadTurnMs } from '@cinch/api-contract';

/** A connection of which bytes wait. */
export interface Waiting {
  /** Whose it is: of these, whoever had the last turn stands last. */
  lane: string;
  /** Somebody who was known called from there before: these have all turns but a few. */
  goesFirst: () => boolean;
  /** Parses until then, or until nothing waits; whether it has to stand in line once more. */
  parse: (until: number) => boolean;
}

/** Milliseconds of the thread: so many in one go, and so many more each second. */
interface ThreadPace {
  burstMs: number;
  msPerSecond: number;
}

/** Whoever is out of time waits so long for more: shorter, and the timers would take it. */
const restMs = 8;
/** Rounds in a row that go by for the sake of those who arrive: about as many as have to wait at once. */
const mostPassed = 512;
/** One turn of so many is for those who do not go first. */
const turnsForOthers = 4;

/**
 * In which order, and how fast, the bytes of connections are parsed. Each has its turn at once while there is time to spend and nobody
 * waits. Otherwise lanes take turns, and those in a lane; in between, whatever else the process has to do is done.
 */
export class ParseTurns {
  private readonly lines = { first: new Lanes(), others: new Lanes() };
  private turn = 0;
  private leftMs: number;
  private at = performance.now();
  private isPlanned = false;
  /** Whether a connection came since the last round, and for how many rounds these went before. */
  private hasArrived = false;
  private passed = 0;

  constructor(
    private readonly pace: ThreadPace,
    /** So long one is parsed in one go. */
    private readonly turnMs: number,
  ) {
    this.leftMs = pace.burstMs;
  }

  take(one: Waiting): void {
    if (this.isEmpty() && this.hasTime()) this.serve(one);
    else this.wait(one);
  }

  /**
   * A connection has come. Of those that wait to be accepted Node takes one in each round of its loop: as long as there are more, rounds
   * must be short, lest whoever comes next wait for all those of a flood.
   */
  noteArrival(): void {
    this.hasArrived = true;
  }

  private serve(one: Waiting): void {
    const began = process.threadCpuUsage();
    const waits = one.parse(performance.now() + this.turnMs);
    // Of the thread: where other programs keep it from going on, nobody is to wait for that as well.
    const { user, system } = process.threadCpuUsage(began);
    this.leftMs -= (user + system) / 1_000;
    if (waits) this.wait(one);
  }

  private wait(one: Waiting): void {
    (one.goesFirst() ? this.lines.first : this.lines.others).add(one);
    this.plan();
  }

  private plan(): void {
    if (this.isPlanned || this.isEmpty()) return;
    this.isPlanned = true;
    const next = () => this.round();
    if (this.hasTime()) setImmediate(next);
    else setTimeout(next, restMs);
  }

  private round(): void {
    this.isPlanned = false;
    if (!this.letsArrive()) this.serveSome();
    this.plan();
  }

  private letsArrive(): boolean {
    this.passed = this.hasArrived && this.passed < mostPassed ? this.passed + 1 : 0;
    this.hasArrived = false;
    return this.passed > 0;
  }

  private serveSome(): void {
    const until = performance.now() + threadTurnMs;
    while (!this.isEmpty() && this.hasTime() && performance.now() < until) this.serve(this.next());
  }

  private next(): Waiting {
    const { first, others } = this.lines;
    this.turn = (this.turn + 1) % turnsForOthers;
    const line = this.turn === 0 ? others : first;
    return (line.size > 0 ? line : line === first ? others : first).next();
  }

  private isEmpty(): boolean {
    return this.lines.first.size === 0 && this.lines.others.size === 0;
  }

  private hasTime(): boolean {
    const now = performance.now();
    this.leftMs = Math.min(this.pace.burstMs, this.leftMs + ((now - this.at) * this.pace.msPerSecond) / 1_000);
    this.at = now;
    return this.leftMs > 0;
  }
}

class Lanes {
  private readonly lanes = new Map<string, Waiting[]>();

  get size(): number {
    return this.lanes.size;
  }

  add(one: Waiting): void {
    const lane = this.lanes.get(one.lane);
    if (lane) lane.push(one);
    else this.lanes.set(one.lane, [one]);
  }

  /** The first of the lane whose last turn is longest ago. */
  next(): Waiting {
    const [name, lane] = this.lanes.entries().next().value!;
    const first = lane.shift()!;
    this.lanes.delete(name);
    if (lane.length > 0) this.lanes.set(name, lane);
    return first;
  }
}
