import { Injectable } from '@nestjs/common';
import { longestTakenBackMs } from '@cinch/api-contract';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import { TakeBacksStore, type Portion } from '../stages/records/take-backs.store.ts';
import { SystemsStore } from '../stages/systems/systems.store.ts';
import { Worker } from './worker.ts';

export interface TakeBackWish {
  what: Portion;
  /** How many things were told in it, as whoever takes it back was shown. */
  entries: number;
  reason: string;
  by: string;
}

/** All that a system told in a batch, a load, a run or a stretch of time is taken back as one decision, and brought in again as one. */
@Injectable()
export class TakeBacks {
  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly store: TakeBacksStore,
    private readonly systems: SystemsStore,
    private readonly decisions: DecisionsStore,
    private readonly audit: Audit,
    private readonly worker: Worker,
  ) {}

  async make(system: string, { what, entries, reason, by }: TakeBackWish): Promise<number> {
    await this.mustBeRead(system, what, entries);
    const decisionId = await this.committer.commit(async (tx) => {
      const systemId = await this.mustBeOver(tx, system, what);
      const at = this.clock.now();
      const body = { system, ...what };
      const about = { conflictId: null, records: [], reason, by, at };
      const decisionId = await this.decisions.add(tx, { kind: 'take-back', body, ...about });
      await this.store.add(tx, decisionId, systemId, what);
      await this.audit.note(tx, by, `decided take-back of ${entries} told`, `decision ${decisionId} of ${system}`);
      return decisionId;
    });
    this.worker.wake();
    return decisionId;
  }

  /** Counted beside the committer, since all that the system ever told may have to be looked through: what is over becomes no more. */
  private async mustBeRead(system: string, what: Portion, entries: number): Promise<void> {
    const extent = await this.database.in('long').read(async (tx) => {
      return this.store.extent(tx, await this.mustBeOver(tx, system, what), what);
    });
    if (extent.entries === entries) return;
    const detail = `This takes back ${extent.entries} things told, not ${entries}: look at it again, then send ${extent.entries} as "entries".`;
    throw new ProblemError('not-possible', detail);
  }

  /** What was taken back counts again. */
  async bringIn(decisionId: number, by: string, why?: string): Promise<void> {
    await this.committer.commit(async (tx) => {
      const undone = await this.decisions.undo(tx, decisionId, { by, at: this.clock.now(), why });
      if (undone?.kind !== 'take-back') {
        const detail = 'Nothing is taken back under this number: look at the list of its system.';
        throw new ProblemError('not-found', detail);
      }
      await this.store.beginAgain(tx, decisionId);
      await this.audit.note(tx, by, 'brought in again', `decision ${decisionId} of ${undone.body.system}`);
    });
    this.worker.wake();
  }

  /** Only what is over and worked on can be taken back whole. Returns the system's id. */
  async mustBeOver(tx: Tx, system: string, what: Portion): Promise<number> {
    const { systemId } = await this.systems.named(tx, system);
    if ('from' in what) mustLieBehind(what, this.clock.now());
    const isThere = await this.store.isThere(tx, systemId, what);
    if (isThere === false)
      throw new ProblemError('not-found', `${system} has told nothing under this number: look at its lists.`);
    if (isThere === null)
      throw new ProblemError('not-possible', 'This is under way: wait until it is over, or end it first.');
    const waiting = await this.store.waitingLines(tx, systemId, what);
    if (waiting > 0) {
      const detail = `${waiting} lines of it are still to be worked on: try again when they are.`;
      throw new ProblemError('not-possible', detail);
    }
    return systemId;
  }
}

function mustLieBehind({ from, to }: { from: number; to: number }, now: number): void {
  if (from >= to) throw new ProblemError('invalid-request', 'from must be earlier than to.');
  if (to > now)
    throw new ProblemError(
      'invalid-request',
      'to lies ahead: only what was told can be taken back; pause its inbound first.',
    );
  if (to - from > longestTakenBackMs)
    throw new ProblemError(
      'invalid-request',
      'This is longer than a week: take back a batch, a load or a run, or less of the time.',
    );
}
