import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { PieceSize } from '../platform/piece-size.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { WorkUnderWay } from '../platform/work-under-way.ts';
import { TakeBacksStore, type UnderWay } from '../stages/records/take-backs.store.ts';
import { Ingest } from './ingest.ts';
import { SystemsInForce } from './systems-in-force.ts';

const mostAtOnce = 1_000;

/** Works out again what was taken back or brought in again, a page of records a commit. What this changes waits for a run. */
@Injectable()
export class TakingBack {
  private readonly pieces = new PieceSize(mostAtOnce);

  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly store: TakeBacksStore,
    private readonly inForce: SystemsInForce,
    private readonly ingest: Ingest,
    private readonly underWay: WorkUnderWay,
  ) {}

  /** One page. False when all is as it should be. */
  async next(): Promise<boolean> {
    const one = await this.database.glance((tx) => this.store.underWay(tx));
    if (!one) return false;
    return this.underWay.attempt('take-back', `decision ${one.decisionId}`, () => this.page(one));
  }

  /** What is to be done is looked up beside the committer: a whole system may have to be looked through. */
  private async page(one: UnderWay): Promise<void> {
    const recordIds = await this.database.in('work').read((tx) => this.store.nextRecords(tx, one, this.pieces.now));
    const held = (ms: number) => this.pieces.took(recordIds.length, ms);
    const work = async (tx: Tx) => {
      const now = await this.store.underWay(tx);
      if (now?.decisionId !== one.decisionId || now.isUndone !== one.isUndone || now.upTo !== one.upTo) return;
      const { decisionId, isUndone, by, reason } = one;
      if (recordIds.length === 0) return this.store.noteDone(tx, decisionId, this.clock.now());
      await this.store.mark(tx, one, recordIds);
      const kind = isUndone ? ({ kind: 'undo', undid: 'take-back' } as const) : ({ kind: 'take-back' } as const);
      const decided = { ...kind, by, reason, conflictId: null, decisionId, bulk: true } as const;
      await this.ingest.again(tx, await this.inForce.load(tx), recordIds, { decided });
      await this.store.noteProgress(tx, decisionId, recordIds.at(-1)!);
    };
    await this.committer.commit(work, { held });
  }
}
