import { Injectable } from '@nestjs/common';
import type { BatchAccepted } from '@cinch/api-contract';
import { crashPoint } from '../../platform/crash-points.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Glance, type Tx } from '../../platform/transaction.ts';
import { Loads } from '../../pipeline/loads.ts';
import { AcceptanceStore, isSmall, type Acceptance, type Delivered } from '../../stages/inbox/acceptance.store.ts';
import { BackPressure } from './back-pressure.ts';

type Taken = Extract<Acceptance, { kind: 'taken' }>;

/** Takes bodies that were read whole: small ones by one statement, which commits itself, the others in a transaction. */
@Injectable()
export class Pushes {
  constructor(
    private readonly database: Database,
    private readonly acceptance: AcceptanceStore,
    private readonly loads: Loads,
    private readonly pressure: BackPressure,
  ) {}

  async take(delivered: Delivered): Promise<BatchAccepted> {
    const { answer } = isSmall(delivered)
      ? await this.database.glance((tx) => this.accept(tx, delivered))
      : await this.database.transaction((tx) => this.takeLarge(tx, delivered));
    return answer;
  }

  private async takeLarge(tx: Tx, delivered: Delivered): Promise<Taken> {
    const { system: code, loadId, read } = delivered;
    const taken = await this.accept(tx, delivered);
    // What was answered before is answered again, also when the load is over by now.
    if (loadId !== null && taken.isNew)
      await this.loads.take(tx, loadId, { systemId: taken.systemId, code }, read.rejectedKeys);
    crashPoint('push-stored');
    return taken;
  }

  private async accept(tx: Glance, delivered: Delivered): Promise<Taken> {
    const accepted = await this.acceptance.accept(tx, delivered);
    if (accepted.kind === 'taken') return accepted;
    const { system: code } = delivered;
    switch (accepted.why) {
      case 'no-system':
        throw new ProblemError('not-found', 'There is no system of this code: look at the list of systems.');
      case 'paused':
        throw this.pressure.paused(code);
      case 'no-mapping':
        throw new ProblemError('mapping-missing', `An admin has to publish a mapping of ${code} before it can push.`);
    }
  }
}
