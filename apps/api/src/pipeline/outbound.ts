import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Database, type Glance, type Tx } from '../platform/transaction.ts';
import { mustBeArmed, mustNotBeHeld } from '../stages/refreshes/may-run.ts';
import type { SystemRow } from '../stages/systems/systems.store.ts';
import { OutboundStore, type OutboundRow } from '../stages/outbound/outbound.store.ts';

/** A view that is asked for in this time after a pause may still be answered. */
const seenForMs = 1_000;

export interface OutboundShown extends OutboundRow {
  /** Codes of the systems that have to be heard before a restored hub may send again. */
  mustHear: string[];
}

/** Pauses everything that the hub sends, and lets it go on: a restored hub only when it has heard what it missed. */
@Injectable()
export class Outbound {
  private seen = { isPaused: false, until: 0 };

  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly store: OutboundStore,
  ) {}

  async shown(tx: Tx): Promise<OutboundShown> {
    const row = await this.store.read(tx);
    return { ...row, mustHear: row.restoredAt === null ? [] : await this.store.unheard(tx, row.restoredAt) };
  }

  /** `also` is done in the same transaction, after it. */
  async set(
    state: OutboundRow['state'],
    reason: string,
    by: string,
    also: (tx: Tx) => Promise<void>,
  ): Promise<OutboundShown> {
    const shown = await this.committer.commit(async (tx) => {
      const { mustHear } = await this.shown(tx);
      if (state === 'on' && mustHear.length > 0) {
        const detail = `This hub was restored and has not heard since what ${mustHear.join(', ')} holds. Start a refresh that stops at its plan for each, look at it, then let the hub go. A system that is away for good is taken out by setting its outbound to off.`;
        throw new ProblemError('not-possible', detail);
      }
      await this.store.set(tx, state, reason, by, this.clock.now());
      await also(tx);
      return this.shown(tx);
    });
    this.seen.until = 0;
    return shown;
  }

  async mustSendTo(tx: Glance, system: Parameters<typeof mustBeArmed>[0] & { holdId: number | null }): Promise<void> {
    mustBeArmed(system);
    mustNotBeHeld(system);
    if (await this.store.isPaused(tx)) throw paused();
  }

  async maySendTo(tx: Glance, { outbound, holdId }: Pick<SystemRow, 'outbound' | 'holdId'>): Promise<boolean> {
    return outbound === 'armed' && holdId === null && !(await this.store.isPaused(tx));
  }

  /** Whether nothing is sent to this system for now. */
  isStill(systemId: number): Promise<boolean> {
    return this.database.glance((tx) => this.store.isStill(tx, systemId));
  }

  isPaused(): Promise<boolean> {
    return this.database.glance((tx) => this.store.isPaused(tx));
  }

  /** For what is asked so often that a look each time would cost more than the answer. */
  async mustServe(): Promise<void> {
    const now = this.clock.now();
    if (now >= this.seen.until) this.seen = { isPaused: await this.isPaused(), until: now + seenForMs };
    if (this.seen.isPaused) throw paused();
  }
}

function paused(): ProblemError {
  return new ProblemError(
    'outbound-paused',
    'Who paused it and why stands in the console under Systems, “All outbound”: an admin lets it go there. Plans are made all the same.',
  );
}
