import { Injectable } from '@nestjs/common';
import { alwaysPass, isGrown } from '@cinch/canonical-model';
import { mostBulkChoices } from '@cinch/api-contract';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { BulkStore, type BulkChoice, type BulkStep } from '../stages/decisions/bulk.store.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import type { StandingDecision } from '../stages/decisions/decision.ts';
import type { Asked } from '../stages/decisions/same-question.ts';
import { Acts } from './acts.ts';
import { choiceOf } from './choice-of.ts';
import { Worker } from './worker.ts';

/**
 * One answer to the same question about many customers: chosen is the value of one system. Each is a choice of its own, made and undone one
 * after the other, so that nobody waits; what they change waits for a refresh, also where the lane is on.
 */
@Injectable()
export class BulkDecisions {
  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly store: BulkStore,
    private readonly decisions: DecisionsStore,
    private readonly acts: Acts,
    private readonly worker: Worker,
  ) {
    worker.alsoDo(() => this.next());
  }

  /** The conflicts that would be answered, and the choices as if they stood. */
  async foresee(conflictId: number, asked: Asked): Promise<{ choices: BulkChoice[]; decided: StandingDecision[] }> {
    const choices = await this.database.read(async (tx) => {
      await this.mustBeThere(tx, conflictId);
      return this.store.same(tx, conflictId, asked, mostBulkChoices);
    });
    if (choices.length > mostBulkChoices) {
      const detail = `More than ${mostBulkChoices} conflicts ask the same: change the rule that lets them open, or answer those of the same values.`;
      throw new ProblemError('not-possible', detail);
    }
    const at = this.clock.now();
    const decided = choices.map(({ question, chosen, basis }, index): StandingDecision => {
      const { body, records } = choiceOf(question, { chosen, basis });
      return {
        kind: 'choice',
        body,
        records,
        conflictId: question.conflictId,
        decisionId: -1 - index,
        reason: '',
        by: '',
        at,
      };
    });
    return { choices, decided };
  }

  /** `count`: so many conflicts, as a person has read it. */
  async make(conflictId: number, asked: Asked, said: { count: number | undefined; reason: string; by: string }) {
    const bulk = await this.committer.commit(async (tx) => {
      await this.mustBeThere(tx, conflictId);
      const choices = await this.store.same(tx, conflictId, asked, mostBulkChoices);
      const [first] = choices;
      if (!first)
        throw new ProblemError(
          'not-possible',
          'No open conflict is answered by that: look at the conflict again, and name one of its systems.',
        );
      mustBeRead(choices.length, said.count);
      const { reason, by } = said;
      const { attribute } = first.question;
      const bulkId = await this.store.add(
        tx,
        { attribute, system: asked.system, reason, by, at: this.clock.now() },
        choices,
      );
      await this.audit.note(tx, by, `decided ${choices.length} conflicts as one`, `bulk decision ${bulkId}`);
      return { bulkId, conflicts: choices.length };
    });
    this.worker.wake();
    return bulk;
  }

  async undo(bulkId: number, by: string, why?: string): Promise<void> {
    await this.committer.commit(async (tx) => {
      const isUndone = await this.store.undo(tx, bulkId, { by, at: this.clock.now(), why: why ?? null });
      if (!isUndone)
        throw new ProblemError('not-found', 'There is no such bulk decision that still stands: look at the list.');
      await this.audit.note(tx, by, 'undid a bulk decision', `bulk decision ${bulkId}`);
    });
    this.worker.wake();
  }

  /** Makes or undoes the next one. False when there is none. */
  async next(): Promise<boolean> {
    const step = await this.database.glance((tx) => this.store.next(tx));
    if (!step) return false;
    try {
      await (step.undoing ? this.undoOne(step, step.undoing) : this.makeOne(step));
    } catch (error) {
      // It was answered or undone otherwise meanwhile, or contradicts what a person said: that stays.
      if (!(error instanceof ProblemError)) throw error;
      await this.committer.commit((tx) => this.store.note(tx, step, step.undoing ? 'undone' : 'changed', null));
    }
    return true;
  }

  private async mustBeThere(tx: Tx, conflictId: number): Promise<void> {
    if (await this.decisions.question(tx, conflictId)) return;
    throw new ProblemError('not-found', 'There is no such conflict: look at the list of conflicts.');
  }

  private async makeOne(step: BulkStep): Promise<void> {
    await this.acts.make(
      async (tx) => {
        const question = await this.decisions.question(tx, step.conflictId);
        if (!question) throw new ProblemError('not-found', 'The conflict is gone.');
        const { body, records } = choiceOf(question, step);
        const { conflictId, reason, by } = step;
        return { kind: 'choice', body, records, conflictId, reason, by };
      },
      (tx, decisionId) => this.store.note(tx, step, 'made', decisionId),
    );
  }

  private async undoOne(step: BulkStep, { by, why }: { by: string; why: string | null }): Promise<void> {
    await this.acts.undo(step.decisionId!, by, why ?? undefined, (tx) => this.store.note(tx, step, 'undone', null));
  }
}

function mustBeRead(conflicts: number, typed: number | undefined): void {
  if (conflicts <= alwaysPass || (typed !== undefined && !isGrown(conflicts, typed) && !isGrown(typed, conflicts)))
    return;
  const detail = `${conflicts} conflicts would be answered. Look at them, then send ${conflicts} as "count" to do it. Nothing was changed.`;
  throw new ProblemError('reach-unseen', detail, undefined, { count: conflicts });
}
