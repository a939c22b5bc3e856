import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { PieceSize } from '../platform/piece-size.ts';
import { crashPoint } from '../platform/crash-points.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { WorkUnderWay } from '../platform/work-under-way.ts';
import { MasteringStore } from '../stages/mastering/mastering.store.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { RulesStore } from '../stages/rules/rules.store.ts';
import { Ingest } from './ingest.ts';
import { Rematch } from './rematch.ts';
import { Survive } from './survive.ts';
import { SystemsInForce } from './systems-in-force.ts';
import { TakingBack } from './taking-back.ts';

const mostAtOnce = 1_000;

/**
 * What was worked out before is worked out again: records after a new mapping, a restore of their system, or when what it told was taken back, who is who after a new match
 * model, customers after new rules and when time may have changed them; a page a commit. What this changes waits for the next refresh: a
 * mistake in a document must not go out by itself.
 */
@Injectable()
export class Rederive {
  private readonly pieces = new PieceSize(mostAtOnce);
  /** Records up to this one were read anew; whatever is to be read anew of them is found in a further round. */
  private derivedUpTo = 0;

  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly records: RecordsStore,
    private readonly rules: RulesStore,
    private readonly mastering: MasteringStore,
    private readonly ingest: Ingest,
    private readonly survive: Survive,
    private readonly rematch: Rematch,
    private readonly takingBack: TakingBack,
    private readonly underWay: WorkUnderWay,
  ) {}

  /** One page. False when everything is as the documents in force and the present instant have it. */
  async next(): Promise<boolean> {
    return (
      (await this.byMapping()) ||
      (await this.takingBack.next()) ||
      (await this.rematch.next()) ||
      (await this.byRules()) ||
      (await this.byTime())
    );
  }

  /** What is to be derived is looked up beside the committer: all that there is may have to be looked through. */
  private async byMapping(): Promise<boolean> {
    const { stopped } = this.systems;
    const systems = await this.database.glance((tx) => this.records.toDerive(tx, stopped));
    if (systems.length === 0) return false;
    return this.underWay.attempt('mapping', this.underWay.today(), async () => {
      const recordIds = (await this.oldDerived(this.derivedUpTo, stopped)) ?? (await this.oldDerived(0, stopped)) ?? [];
      this.derivedUpTo = recordIds.at(-1) ?? 0;
      await this.piece(async (tx) => {
        const inForce = await this.systems.load(tx);
        const left = await this.records.stillOldDerived(tx, recordIds, this.systems.stopped);
        if (recordIds.length === 0) await this.records.noteDerived(tx, systems);
        else await this.ingest.again(tx, inForce, left);
        crashPoint('mapping-rederived');
        return left.length;
      });
    });
  }

  /** The next records beyond this one; null where there are none. */
  private async oldDerived(after: number, stopped: readonly number[]): Promise<number[] | null> {
    const found = await this.database
      .in('work')
      .read((tx) => this.records.derivedByOldMapping(tx, after, this.pieces.now, stopped));
    return found.length > 0 ? found : null;
  }

  private async byRules(): Promise<boolean> {
    const published = await this.database.glance((tx) => this.rules.notApplied(tx));
    if (!published) return false;
    const apply = () =>
      this.piece(async (tx) => {
        const rules = await this.rules.notApplied(tx);
        if (!rules) return 0;
        const { version, upTo, by, reason } = rules;
        const customerIds = await this.mastering.after(tx, upTo, this.pieces.now);
        const cause = { kind: 'rules', version, by, reason } as const;
        if (customerIds.length > 0)
          await this.survive.customers(tx, await this.systems.load(tx), customerIds, () => cause);
        crashPoint('rules-applied');
        await this.rules.noteApplied(tx, version, customerIds.at(-1) ?? null, this.clock.now());
        return customerIds.length;
      });
    return this.underWay.attempt('rules', `version ${published.version}`, apply);
  }

  private async byTime(): Promise<boolean> {
    const due = await this.database.glance((tx) => this.mastering.due(tx, this.clock.now(), 1));
    if (due.length === 0) return false;
    const settle = () =>
      this.piece(async (tx) => {
        const customerIds = await this.mastering.due(tx, this.clock.now(), this.pieces.now);
        if (customerIds.length > 0)
          await this.survive.customers(tx, await this.systems.load(tx), customerIds, () => ({ kind: 'time' }));
        return customerIds.length;
      });
    return this.underWay.attempt('time', this.underWay.today(), settle);
  }

  /** One commit; `work` returns how many it did. */
  private async piece(work: (tx: Tx) => Promise<number>): Promise<void> {
    let done = 0;
    const held = (ms: number) => this.pieces.took(done, ms);
    await this.committer.commit(async (tx) => (done = await work(tx)), { held });
  }
}
