import { Injectable } from '@nestjs/common';
import type { BatchAccepted } from '@cinch/api-contract';
import { unlessOfTheData } from '../../platform/attempt.ts';
import { crashPoint } from '../../platform/crash-points.ts';
import { ended, Gathered } from '../../platform/gathered.ts';
import { ProblemError } from '../../platform/problem-error.ts';
import { Database, type Tx } from '../../platform/transaction.ts';
import { Loads } from '../../pipeline/loads.ts';
import {
  AcceptanceStore,
  isSmall,
  mayGather,
  type Acceptance,
  type Delivered,
} from '../../stages/inbox/acceptance.store.ts';
import { BackPressure } from './back-pressure.ts';

type Taken = Extract<Acceptance, { kind: 'taken' }>;

/** More would keep the first of them waiting. */
const mostGathered = 100;

/**
 * Takes bodies that were read whole: small ones by one statement, which commits itself, the others in a transaction. Small ones that come
 * at the same moment share a statement: whoever pushes record by record comes again when the hub is slow, and makes it slower.
 */
@Injectable()
export class Pushes {
  private readonly small = new Gathered<Delivered, Acceptance>((delivered) => this.acceptEach(delivered), mostGathered);

  constructor(
    private readonly database: Database,
    private readonly acceptance: AcceptanceStore,
    private readonly loads: Loads,
    private readonly pressure: BackPressure,
  ) {}

  async take(delivered: Delivered): Promise<BatchAccepted> {
    if (!isSmall(delivered))
      return (await this.database.in('intake').transaction((tx) => this.takeLarge(tx, delivered))).answer;
    const accepted = await (mayGather(delivered) ? this.small.ask(delivered) : this.alone(delivered));
    return this.mustBeTaken(delivered, accepted).answer;
  }

  private alone(delivered: Delivered): Promise<Acceptance> {
    return this.database.in('intake').glance((tx) => this.acceptance.accept(tx, delivered));
  }

  /** Where one of them cannot be stored for what it is, each is tried by itself: only that one fails. */
  private async acceptEach(delivered: readonly Delivered[]): Promise<Promise<Acceptance>[]> {
    const gathered = () => this.database.in('intake').glance((tx) => this.acceptance.acceptEach(tx, delivered));
    const taken = delivered.length > 1 ? await unlessOfTheData(gathered) : null;
    return taken ?? ended(delivered.map((one) => this.alone(one)));
  }

  private async takeLarge(tx: Tx, delivered: Delivered): Promise<Taken> {
    const { system: code, loadId, read } = delivered;
    const taken = this.mustBeTaken(delivered, await this.acceptance.accept(tx, delivered));
    // What was answered before is answered again, also when the load is over by now.
    if (loadId !== null && taken.isNew)
      await this.loads.take(tx, loadId, { systemId: taken.systemId, code }, read.rejectedKeys);
    crashPoint('push-stored');
    return taken;
  }

  private mustBeTaken({ system: code }: Delivered, accepted: Acceptance): Taken {
    if (accepted.kind === 'taken') return accepted;
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
