import { Injectable, Logger } from '@nestjs/common';
import { troubleWords, type Trouble, type TroubleCode } from '@cinch/api-contract';
import { Clock } from './clock.ts';

/** A trouble that was met stands for so long after it was met last: whoever looks a moment later must see it. */
const standsAfterMs = 60_000;

interface Standing {
  since: string;
  /** On the clock that nobody can set; null: until it is cleared. */
  until: number | null;
}

/**
 * What this process knows to be wrong with the hub as a whole. `raise` and `clear` are for whoever watches a condition; `meet` is for
 * whoever runs into one, and it ends by itself when nobody does any more.
 */
@Injectable()
export class Troubles {
  private readonly log = new Logger('Troubles');
  private readonly standing = new Map<TroubleCode, Standing>();

  constructor(private readonly clock: Clock) {}

  /** Stands until it is cleared. */
  raise(code: TroubleCode): void {
    this.note(code, null);
  }

  /** Stands for a minute, unless it is met again. */
  meet(code: TroubleCode): void {
    if (this.known(code)?.until !== null) this.note(code, performance.now() + standsAfterMs);
  }

  clear(code: TroubleCode): void {
    this.standing.delete(code);
  }

  list(): Trouble[] {
    return [...this.standing.keys()].flatMap((code) => {
      const known = this.known(code);
      return known ? [troubleOf(code, known.since)] : [];
    });
  }

  private note(code: TroubleCode, until: number | null): void {
    if (!this.known(code)) this.log.warn(`${troubleWords[code].title}. ${troubleWords[code].advice}`);
    this.standing.set(code, { since: this.known(code)?.since ?? new Date(this.clock.now()).toISOString(), until });
  }

  private known(code: TroubleCode): Standing | undefined {
    const known = this.standing.get(code);
    if (known && known.until !== null && known.until <= performance.now()) {
      this.standing.delete(code);
      return undefined;
    }
    return known;
  }
}

export function troubleOf(code: TroubleCode, since: string | null, system: string | null = null): Trouble {
  const { title, advice } = troubleWords[code];
  return { code, since, system, words: `${title}. ${advice}` };
}
