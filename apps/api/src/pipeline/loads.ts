import { Injectable } from '@nestjs/common';
import { decideCompletion } from '@cinch/canonical-model';
import { Audit } from '../platform/audit.ts';
import { Clock } from '../platform/clock.ts';
import { ProblemError } from '../platform/problem-error.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { LoadsStore, type LoadRow } from '../stages/loads/loads.store.ts';
import { clockToleranceMs } from '../stages/records/read-rows.ts';
import { Worker } from './worker.ts';

/** A load of all records of a system, as the system opens and ends it and an admin judges it. What follows from it: `Sweep`. */
@Injectable()
export class Loads {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly loads: LoadsStore,
    private readonly audit: Audit,
    private readonly worker: Worker,
  ) {}

  /** From now on the system sends all records that it has at the instant; `null`: now. */
  open(system: { systemId: number; code: string }, stated: number | null, by: string): Promise<number> {
    const { systemId, code } = system;
    const now = this.clock.now();
    const asOf = stated ?? now;
    if (asOf > now + clockToleranceMs)
      throw new ProblemError('invalid-request', 'asOf lies ahead: state the instant at which the records were read.');
    return this.database.transaction(async (tx) => {
      const swept = await this.loads.sweptAsOf(tx, systemId);
      if (swept !== null && asOf <= swept) {
        const detail = `A load as of ${new Date(swept).toISOString()} is complete already: read the records anew and state that instant as asOf.`;
        throw new ProblemError('not-possible', detail);
      }
      // What this load shows may be missing from an earlier one: that must not be swept any more.
      for (const earlier of await this.loads.toAccept(tx, systemId)) {
        await this.loads.change(tx, earlier, { state: 'unswept', why: ['newer-load'], closedAt: now });
        await this.loads.forgetSeen(tx, earlier);
      }
      const loadId = await this.loads.open(tx, systemId, asOf, now);
      if (loadId === null) {
        const other = await this.loads.underWay(tx, systemId);
        const detail = `Load ${other} of ${code} is not over: complete it, wait for its last lines, or abort it.`;
        throw new ProblemError('load-open', detail);
      }
      await this.audit.note(tx, by, 'load opened', `${code} ${loadId}`);
      return loadId;
    });
  }

  /** The system has sent everything. With another count than it expects nothing is swept. Asked twice it is complete once. */
  async complete(loadId: number, expected: number): Promise<void> {
    await this.database.transaction(async (tx) => {
      const load = await this.locked(tx, loadId);
      if (load.expected === expected && load.state !== 'aborted') return;
      mustBeOpen(load);
      const completion = decideCompletion(expected, await this.loads.counts(tx, loadId));
      if (completion.kind === 'complete') return this.loads.change(tx, loadId, { state: 'completing', expected });
      const closedAt = this.clock.now();
      await this.loads.change(tx, loadId, { state: 'unswept', why: ['wrong-count'], expected, closedAt });
      return this.loads.forgetSeen(tx, loadId);
    });
    this.worker.wake();
  }

  /** What the load has brought stays; nothing is swept. */
  abort(loadId: number, by: string): Promise<void> {
    return this.database.transaction(async (tx) => {
      const { state } = await this.locked(tx, loadId);
      if (state === 'aborted') return;
      if (state === 'swept' || state === 'unswept')
        throw new ProblemError('load-closed', `Load ${loadId} is over: there is nothing left to abort.`);
      await this.loads.change(tx, loadId, { state: 'aborted', why: ['asked'], closedAt: this.clock.now() });
      await this.loads.forgetSeen(tx, loadId);
      await this.audit.note(tx, by, 'load aborted', String(loadId));
    });
  }

  /** An admin has looked at the lines that were not taken: the load may be swept all the same. */
  async allow(loadId: number, by: string): Promise<void> {
    await this.database.transaction(async (tx) => {
      const { state } = await this.locked(tx, loadId);
      if (state !== 'to-accept')
        throw new ProblemError('not-possible', `Load ${loadId} does not wait for anybody's consent: look at it again.`);
      await this.loads.change(tx, loadId, { state: 'completing', allowedBy: by });
      await this.audit.note(tx, by, 'load with bad lines allowed to sweep', String(loadId));
    });
    this.worker.wake();
  }

  /** Records were pushed into the load: it must be open until the transaction ends. `rejectedKeys`: what could be read in bad lines. */
  async take(
    tx: Tx,
    loadId: number,
    { systemId, code }: { systemId: number; code: string },
    rejectedKeys: readonly string[],
  ): Promise<void> {
    const load = await this.loads.shared(tx, loadId);
    if (load?.systemId !== systemId)
      throw new ProblemError('not-found', `${code} has no such load: open one, or push without.`);
    mustBeOpen(load);
    await this.loads.noteRejected(tx, loadId, rejectedKeys);
  }

  private async locked(tx: Tx, loadId: number): Promise<LoadRow> {
    const load = await this.loads.locked(tx, loadId);
    if (!load) throw new ProblemError('not-found', 'There is no such load: look at the list.');
    return load;
  }
}

function mustBeOpen({ loadId, state }: LoadRow): void {
  if (state !== 'open')
    throw new ProblemError('load-closed', `Load ${loadId} is ${state} and takes nothing more: open another one.`);
}
