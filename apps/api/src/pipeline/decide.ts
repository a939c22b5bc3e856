import { Injectable } from '@nestjs/common';
import type { Resolution } from '@cinch/api-contract';
import { assertionId } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { ProblemError } from '../platform/problem-error.ts';
import type { Tx } from '../platform/transaction.ts';
import { DecisionsStore, type OpenQuestion } from '../stages/decisions/decisions.store.ts';
import type { Cause } from '../stages/mastering/cause.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { Ingest } from './ingest.ts';
import { SystemsInForce } from './systems-in-force.ts';
import { Worker } from './worker.ts';

/** A steward's act: stored as a fact, then the customers it is about are worked out again. */
@Injectable()
export class Decide {
  constructor(
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly decisions: DecisionsStore,
    private readonly records: RecordsStore,
    private readonly ingest: Ingest,
    private readonly views: ViewsStore,
    private readonly worker: Worker,
  ) {}

  async resolve(conflictId: number, resolution: Resolution, by: string): Promise<{ decisionId: number }> {
    const decisionId = await this.committer.commit(async (tx) => {
      const question = await this.decisions.question(tx, conflictId);
      if (!question) throw new ProblemError('not-found', `There is no conflict ${conflictId}.`);
      const records = checked(question, resolution);
      const { chosen, basis, reason } = resolution;
      const choice = {
        conflictId,
        attribute: question.attribute,
        chosen,
        basis,
        records,
        reason,
        by,
        at: this.clock.now(),
      };
      const decisionId = await this.decisions.choose(tx, choice);
      await this.settle(tx, records, { kind: 'choice', by, reason, conflictId, decisionId });
      return decisionId;
    });
    this.worker.wake();
    return { decisionId };
  }

  /** The decision no longer stands: the customers become what the same facts without it amount to. */
  async undo(decisionId: number, by: string): Promise<void> {
    await this.committer.commit(async (tx) => {
      const undone = await this.decisions.undo(tx, decisionId, by, this.clock.now());
      if (!undone) throw new ProblemError('not-found', `There is no decision ${decisionId} that still stands.`);
      const { conflictId, records, reason } = undone;
      await this.settle(tx, records, { kind: 'undo', by, reason, conflictId, decisionId });
    });
    this.worker.wake();
  }

  private async settle(tx: Tx, recordIds: readonly number[], cause: Cause): Promise<void> {
    const about = await this.records.byIds(tx, recordIds);
    const customerIds = [...new Set(about.map((record) => record.customerId!))].sort((a, b) => a - b);
    await this.ingest.survive(tx, await this.systems.load(tx), customerIds, () => cause);
    await this.views.markDirty(tx, customerIds, 'act', this.clock.now());
  }
}

/** The records that the choice is about, when it still answers the question that the steward was shown. */
function checked(question: OpenQuestion, { chosen, basis }: Resolution): number[] {
  const shown = question.candidates.map(assertionId);
  const same = question.open && basis.length === shown.length && shown.every((id) => basis.includes(id));
  if (!same)
    throw new ProblemError(
      'conflict-changed',
      'The values have changed since they were shown. Look at the conflict again and choose anew.',
    );
  if (!shown.includes(chosen))
    throw new ProblemError('invalid-request', 'The chosen value is none of the candidates: choose one of them.');
  return [...new Set(question.candidates.map((candidate) => candidate.recordId))];
}
