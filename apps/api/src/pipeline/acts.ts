import { Injectable } from '@nestjs/common';
import { contradictions, type Decision } from '@cinch/canonical-model';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { crashPoint } from '../platform/crash-points.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { asDecisions, wordsOf, type Decided, type StandingDecision } from '../stages/decisions/decision.ts';
import { DecisionsStore } from '../stages/decisions/decisions.store.ts';
import type { Cause } from '../stages/mastering/cause.ts';
import { CrosswalkStore } from '../stages/matching/crosswalk.store.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { ViewsStore } from '../stages/views/views.store.ts';
import { Ingest } from './ingest.ts';
import { Survive } from './survive.ts';
import { SystemsInForce } from './systems-in-force.ts';
import { Worker } from './worker.ts';

/** What a person wants to be so, and which standing decisions may give way to it. */
export type Act = Decided & {
  /** The source records that it is about. */
  records: number[];
  conflictId?: number;
  reason: string;
  by: string;
  replaces?: readonly number[] | undefined;
};

interface Weighed {
  /** The decisions that stand about the customers of the act's records. */
  standing: StandingDecision[];
  contradicted: StandingDecision[];
}

const aboutIdentity: ReadonlySet<Decided['kind']> = new Set([
  'link',
  'not-same',
  'exclude',
  'confirm-deleted',
  'reopen',
]);

/** A person's act: stored as a fact unless it contradicts another one, then the customers that it is about are worked out again. */
@Injectable()
export class Acts {
  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly audit: Audit,
    private readonly systems: SystemsInForce,
    private readonly decisions: DecisionsStore,
    private readonly records: RecordsStore,
    private readonly crosswalk: CrosswalkStore,
    private readonly ingest: Ingest,
    private readonly survive: Survive,
    private readonly views: ViewsStore,
    private readonly worker: Worker,
  ) {}

  /** `plan` looks up what the act is about, in the same transaction. `asPart`: it is one of many made as one, which wait for a run. */
  async make(
    plan: (tx: Tx) => Promise<Act>,
    asPart?: (tx: Tx, decisionId: number) => Promise<void>,
  ): Promise<{ decisionId: number }> {
    const decisionId = await this.committer.commit(async (tx) => {
      const act = await plan(tx);
      const { kind, conflictId = null, records, reason, by } = act;
      const at = this.clock.now();
      const replaced = await this.giveWay(tx, act, at);
      const decisionId = await this.decisions.add(tx, { ...act, conflictId, at });
      await this.audit.note(tx, by, `decided ${kind}`, `decision ${decisionId}`);
      crashPoint('decision-added');
      await this.carryOut(tx, act, true);
      const cause: Cause = { kind, by, reason, conflictId, decisionId, ...(asPart && { bulk: true }) };
      await asPart?.(tx, decisionId);
      await this.settle(tx, [act, ...replaced], records, cause, asPart !== undefined);
      crashPoint('act-settled');
      return decisionId;
    });
    crashPoint('act-committed');
    this.worker.wake();
    return { decisionId };
  }

  /** What the act would meet, without making it: the standing decisions around it, and those that it contradicts. */
  foresee(plan: (tx: Tx) => Promise<Act>): Promise<{ act: Act } & Weighed> {
    return this.database.read(async (tx) => {
      const act = await plan(tx);
      return { act, ...(await this.weigh(tx, act, this.clock.now())) };
    });
  }

  /** The decision no longer stands: the customers become what the same facts without it amount to. */
  async undo(decisionId: number, by: string, why?: string, asPart?: (tx: Tx) => Promise<void>): Promise<void> {
    await this.committer.commit(async (tx) => {
      const undone = await this.decisions.undo(tx, decisionId, { by, at: this.clock.now(), why });
      if (!undone)
        throw new ProblemError(
          'not-found',
          'There is no such decision that still stands: look at the history of its customer.',
        );
      const { kind: undid, records, reason, conflictId } = undone;
      if (undid === 'take-back') {
        const detail = `An admin brings in again what was taken back: POST /api/v1/take-backs/${decisionId}/undo.`;
        throw new ProblemError('not-possible', detail);
      }
      await this.audit.note(tx, by, `undid ${undid}`, `decision ${decisionId}`);
      await this.carryOut(tx, undone, false);
      await asPart?.(tx);
      const inBulk = asPart && ({ bulk: true } as const);
      const cause: Cause = { kind: 'undo', undid, by, reason, conflictId, decisionId, ...inBulk };
      await this.settle(tx, [undone], records, cause, asPart !== undefined);
      crashPoint('undo-settled');
    });
    this.worker.wake();
  }

  /** Standing decisions that the act contradicts are undone when it names them, else it is refused with them listed. */
  private async giveWay(tx: Tx, act: Act, asOf: number): Promise<StandingDecision[]> {
    const { contradicted } = await this.weigh(tx, act, asOf);
    const unnamed = contradicted.filter((one) => !act.replaces?.includes(one.decisionId));
    if (unnamed.length > 0) {
      throw new ProblemError(
        'contradicts',
        'Look at the decisions listed; to put this one in their place, send it again with their numbers in "replaces".',
        unnamed.map((one) => ({ path: String(one.decisionId), code: one.kind, detail: wordsOf(one) })),
      );
    }
    for (const one of contradicted) {
      await this.decisions.undo(tx, one.decisionId, { by: act.by, at: asOf, why: act.reason });
      await this.audit.note(tx, act.by, `undid ${one.kind}`, `decision ${one.decisionId}`);
      await this.carryOut(tx, one, false);
    }
    return contradicted;
  }

  private async weigh(tx: Tx, act: Act, asOf: number): Promise<Weighed> {
    const customers = await this.customersOf(tx, act.records);
    const standing = await this.decisions.standing(tx, [...new Set([...act.records, ...customers.flat()])]);
    const proposed = asDecisions({ ...act, decisionId: 0, conflictId: null, at: asOf });
    const weighed: Decision[] = standing.flatMap(asDecisions);
    const against = new Set(
      proposed.flatMap((one) => contradictions(one, weighed, { customers, asOf })).map((one) => one.decisionId),
    );
    return { standing, contradicted: standing.filter((one) => against.has(one.decisionId)) };
  }

  private async customersOf(tx: Tx, recordIds: readonly number[]): Promise<number[][]> {
    const about = await this.records.byIds(tx, recordIds);
    const customerIds = [...new Set(about.flatMap((record) => record.customerId ?? []))];
    const all = await this.records.byCustomers(tx, customerIds);
    return [...Map.groupBy(all, (record) => record.customerId).values()].map((list) => list.map((one) => one.recordId));
  }

  /** What a decision changes beside the values: the state of a record. */
  private async carryOut(tx: Tx, decision: Decided, stands: boolean): Promise<void> {
    if (decision.kind === 'exclude') await this.crosswalk.setExcluded(tx, decision.body.recordId, stands);
    if (decision.kind === 'confirm-deleted') {
      await this.records.setConfirmedGone(tx, decision.body.recordId, stands ? decision.body.base : null);
    }
  }

  private async settle(
    tx: Tx,
    acts: readonly (Decided & { records: number[] })[],
    records: number[],
    cause: Cause,
    waitsForRun: boolean,
  ): Promise<void> {
    const inForce = await this.systems.load(tx);
    const recordIds = [...new Set([...records, ...acts.flatMap((act) => act.records)])];
    let customerIds: number[];
    if (acts.some((act) => aboutIdentity.has(act.kind))) {
      customerIds = await this.ingest.identify(tx, inForce, recordIds, cause);
    } else {
      const about = await this.records.byIds(tx, recordIds);
      customerIds = [...new Set(about.map((record) => record.customerId!))].sort((a, b) => a - b);
      await this.survive.customers(tx, inForce, customerIds, () => cause);
    }
    if (!waitsForRun) await this.views.markDirty(tx, customerIds, 'act', this.clock.now());
  }
}
