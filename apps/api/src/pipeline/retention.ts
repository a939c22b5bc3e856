import { Injectable } from '@nestjs/common';
import { standardDays } from '@cinch/api-contract';
import { inboundUsualMs } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/transaction.ts';
import { InboxStore } from '../stages/inbox/inbox.store.ts';
import { MovesStore } from '../stages/matching/moves.store.ts';
import { StandardsStore } from '../stages/records/standards.store.ts';
import { InboundStore } from '../stages/records/inbound.store.ts';

const hourMs = 60 * 60 * 1000;
/** Refused lines are kept so long for their sender. */
const rejectsKeptMs = 30 * 24 * hourMs;
const batchesAtOnce = 500;
const changesAtOnce = 10_000;
/** Whoever keeps ids of customers looks at least once a year. */
const movesKeptMs = 400 * 24 * hourMs;

/** Drops what is kept for a while only. */
@Injectable()
export class Retention {
  private dueAt = 0;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly inbox: InboxStore,
    private readonly inbound: InboundStore,
    private readonly moves: MovesStore,
    private readonly standards: StandardsStore,
  ) {}

  /** One piece, when it is time. False when nothing more is to be dropped until then. */
  async next(): Promise<boolean> {
    const now = this.clock.now();
    if (now < this.dueAt) return false;
    const dropped = await this.dropSome(now);
    if (!dropped) this.dueAt = now + hourMs;
    return dropped;
  }

  /** All that is due, whether it is time or not. */
  async dropDue(): Promise<void> {
    while (await this.dropSome(this.clock.now()));
  }

  private dropSome(now: number): Promise<boolean> {
    return this.database.transaction(
      async (tx) =>
        (await this.inbox.dropRejects(tx, now - rejectsKeptMs, batchesAtOnce)) ||
        (await this.inbound.dropBefore(tx, now - inboundUsualMs, changesAtOnce)) ||
        (await this.moves.dropBefore(tx, now - movesKeptMs, changesAtOnce)) ||
        (await this.standards.dropBefore(tx, now - standardDays.kept * 24 * hourMs)),
    );
  }
}
