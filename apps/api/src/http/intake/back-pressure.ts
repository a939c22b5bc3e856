import { Inject, Injectable } from '@nestjs/common';
import type { BatchAccepted } from '@cinch/api-contract';
import { Clock } from '../../platform/clock.ts';
import { ENVIRONMENT, type Environment } from '../../platform/environment.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database } from '../../platform/transaction.ts';
import { callerOf, type ActingRequest } from '../access/actor.ts';
import { RefusalTurns } from '../door/paced-turns.ts';
import type { Room } from '../door/room.ts';

/** Counting for every push would cost more than what a second of pushes can add. */
const countedForMs = 1_000;
const fullRetryS = 10;
const pausedRetryS = 60;

/** Tells a system to wait while the inbox holds more of its records than is sensible, or while an admin has paused it. */
@Injectable()
export class BackPressure {
  private readonly counted = new Map<string, { isFull: boolean; until: number }>();
  private readonly counting = new Map<string, Promise<boolean>>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly turns: RefusalTurns,
    @Inject(ENVIRONMENT) private readonly environment: Environment,
  ) {}

  /** Before the body is read: a body that will not be taken need not be held. */
  async mustHaveRoom(code: string): Promise<void> {
    const known = this.counted.get(code);
    const isFull = known && known.until > this.clock.neverBack() ? known.isFull : await this.countOnce(code);
    if (!isFull) return;
    const detail = `More than ${this.environment.inboxLimit} records of ${code} wait: send this again in ${fullRetryS} seconds.`;
    throw new ProblemError('inbox-full', detail, undefined, { retryAfterS: fullRetryS });
  }

  mustBeOn({ code, inbound }: { code: string; inbound: 'on' | 'paused' }): void {
    if (inbound === 'paused') throw this.paused(code);
  }

  paused(code: string): ProblemError {
    const detail = `An admin has paused what ${code} pushes: keep it and send it again later.`;
    return new ProblemError('inbound-paused', detail, undefined, { retryAfterS: pausedRetryS });
  }

  /** A push of which nothing was accepted is as good as refused, and is told so in the same turn as a refusal. */
  async toldInTurn(answer: BatchAccepted, request: ActingRequest, room: Room): Promise<BatchAccepted> {
    if (answer.accepted > 0 || answer.rejected.length === 0) return answer;
    const { actor } = request.admitted!;
    // What it had others may have while it waits to be told.
    room.giveBack();
    await new Promise<void>((tell) => {
      if (!this.turns.take(callerOf(actor, request), request.socket, tell)) tell();
    });
    return answer;
  }

  /** Those that come while it is counted wait for the same answer: one count each would leave no connection to work with. */
  private countOnce(code: string): Promise<boolean> {
    const underWay = this.counting.get(code) ?? this.count(code).finally(() => this.counting.delete(code));
    this.counting.set(code, underWay);
    return underWay;
  }

  private async count(code: string): Promise<boolean> {
    const [row] = await this.database.in('intake').glance((tx) =>
      tx.query<{ waiting: number }>(
        `select coalesce(sum(c.n), 0)::bigint as waiting from system s join inbox_chunk c using (system_id)
         where s.code = $1 and s.hold_id is null and c.done_at is null`,
        [code],
      ),
    );
    const isFull = row!.waiting > this.environment.inboxLimit;
    this.counted.set(code, { isFull, until: this.clock.neverBack() + countedForMs });
    return isFull;
  }
}
