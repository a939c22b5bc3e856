import { Injectable } from '@nestjs/common';
import { bytePace, paces, shares, type Pace, type ProblemCode } from '@cinch/api-contract';
import { Clock } from '../../platform/clock.ts';
import { ProblemError } from '../../platform/problem-error.ts';

export type ShareName = keyof typeof shares;
type PaceName = keyof typeof paces;

interface Refusal {
  code: ProblemCode;
  detail: string;
  retryAfterS: number;
}

const refusals: Record<ShareName, Refusal> = {
  calls: {
    code: 'too-many-calls',
    detail: `At most ${shares.calls.each} calls of one caller are worked on at once`,
    retryAfterS: 1,
  },
  strangers: {
    code: 'too-many-calls',
    detail: `At most ${shares.strangers.each} calls from one address are worked on at once for whoever is not logged in`,
    retryAfterS: 1,
  },
  lookUps: {
    code: 'too-many-calls',
    detail: `At most ${shares.lookUps.each} tokens from one address are looked up at once, ${shares.lookUps.all} of all`,
    retryAfterS: 1,
  },
  heldBytes: {
    code: 'too-many-calls',
    detail: `At most ${inMib(shares.heldBytes.each)} MiB of bodies of one caller are held at once, ${inMib(shares.heldBytes.all)} MiB of all`,
    retryAfterS: 2,
  },
  uploads: {
    code: 'uploads-busy',
    detail: `At most ${shares.uploads.each} large bodies of one system are stored at once, ${shares.uploads.all} of all systems`,
    retryAfterS: 10,
  },
  exports: {
    code: 'exports-busy',
    detail: `At most ${shares.exports.each} lists are read to their end at once by one caller, ${shares.exports.all} by all`,
    retryAfterS: 10,
  },
  streams: {
    code: 'too-many-streams',
    detail: `At most ${shares.streams.each} streams of one session are open at once, ${shares.streams.all} of all (close one, or read now and then instead)`,
    retryAfterS: 10,
  },
};

const asked: Record<PaceName, string> = { match: 'who somebody is' };

/** How many callers' paces are remembered; whoever has been idle is forgotten first. */
const mostRemembered = 10_000;

/** Shares out what the hub has among its callers, so that none of them can take it all. What is given is given back when its work is over. */
@Injectable()
export class Shares {
  private readonly taken = new Map<string, number>();
  private readonly spent = new Map<string, { left: number; at: number }>();

  constructor(private readonly clock: Clock) {}

  /**
   * Throws a problem that says when to come again, unless the caller may have so much more: nobody gets more than is left for others, so
   * that two who take all they can do not take all there is. Returns what gives it back, once.
   */
  take(name: ShareName, caller: string, amount = 1): () => void {
    const { each, all } = shares[name];
    const own = `${name} ${caller}`;
    if (this.of(own) + amount > Math.min(each, all - this.of(name))) throw this.refusal(name);
    this.add(own, amount);
    this.add(name, amount);
    let isGiven = false;
    return () => {
      if (isGiven) return;
      isGiven = true;
      this.add(own, -amount);
      this.add(name, -amount);
    };
  }

  /** Counts one call of a kind that is counted by time. Throws a problem that says when to come again. */
  spend(name: PaceName, caller: string): void {
    const pace = paces[name];
    // Whoever is refused owes nothing for it.
    if (this.afterwards(`${name} ${caller}`, pace, 1, 0) >= 0) return;
    const { perSecond, burst } = pace;
    const detail = `It may be asked ${perSecond} times a second ${asked[name]}, ${burst} times in one go: ask again in a second.`;
    throw new ProblemError('too-often', detail, undefined, { retryAfterS: 1 });
  }

  /** Counts bytes of a large body as taken; milliseconds to wait before the next of this caller, none while it keeps to its pace. */
  delayOf(caller: string, bytes: number): number {
    const left = this.afterwards(`bytes ${caller}`, bytePace, bytes);
    return left < 0 ? (-left * 1_000) / bytePace.perSecond : 0;
  }

  /** What is left of a caller's pace once so much is spent: less than nothing where it had not so much. Of that no more than to the least is remembered. */
  private afterwards(own: string, { burst, perSecond }: Pace, amount: number, least = -Infinity): number {
    const now = this.clock.ran();
    const { left, at } = this.spent.get(own) ?? { left: burst, at: now };
    const after = Math.min(burst, left + ((now - at) * perSecond) / 1_000) - amount;
    this.spent.delete(own);
    if (this.spent.size >= mostRemembered) this.spent.delete(this.spent.keys().next().value!);
    this.spent.set(own, { left: Math.max(least, after), at: now });
    return after;
  }

  private refusal(name: ShareName): ProblemError {
    const { code, detail, retryAfterS } = refusals[name];
    return new ProblemError(code, `${detail}: send this again in ${retryAfterS} seconds.`, undefined, { retryAfterS });
  }

  private of(name: string): number {
    return this.taken.get(name) ?? 0;
  }

  private add(name: string, amount: number): void {
    const now = this.of(name) + amount;
    if (now === 0) this.taken.delete(name);
    else this.taken.set(name, now);
  }
}

function inMib(bytes: number): number {
  return bytes / 1024 / 1024;
}
