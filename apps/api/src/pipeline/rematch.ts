import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { crashPoint } from '../platform/crash-points.ts';
import { Database } from '../platform/transaction.ts';
import { WorkUnderWay } from '../platform/work-under-way.ts';
import { Matching } from '../stages/matching/matching.ts';
import { EvidenceStore } from '../stages/matching/evidence.store.ts';
import { ModelsStore } from '../stages/matching/models.store.ts';
import { MatchProgressStore, type MatchProgress } from '../stages/matching/progress.store.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { Ingest } from './ingest.ts';
import { SystemsInForce } from './systems-in-force.ts';

const atOnce = 1_000;

/**
 * Matches what was matched before again: all records by a new model, and those around a key that is no longer crowded. A new model is
 * applied in one commit, since records matched half by the one and half by the other would come apart and together again; what arrives
 * meanwhile waits. What this changes waits for the next refresh.
 */
@Injectable()
export class Rematch {
  constructor(
    private readonly database: Database,
    private readonly committer: Committer,
    private readonly clock: Clock,
    private readonly systems: SystemsInForce,
    private readonly models: ModelsStore,
    private readonly matching: Matching,
    private readonly records: RecordsStore,
    private readonly ingest: Ingest,
    private readonly evidence: EvidenceStore,
    private readonly progress: MatchProgressStore,
    private readonly underWay: WorkUnderWay,
  ) {}

  /** False when everything is matched by the model in force. */
  async next(): Promise<boolean> {
    return (await this.byModel()) || (await this.byKeys());
  }

  private async byModel(): Promise<boolean> {
    const waiting = await this.database.glance((tx) => this.models.notApplied(tx));
    if (!waiting) return false;
    const apply = () =>
      this.committer.commit(async (tx) => {
        const published = await this.models.notApplied(tx);
        if (!published) return;
        const { version, by, reason } = published;
        await this.models.noteApplied(tx, version, this.clock.now());
        const of = await this.evidence.count(tx);
        await this.matching.placeAnew(tx, version, atOnce, (done) => this.tell(version, 'compare', done, of));
        crashPoint('model-placed');
        const inForce = await this.systems.load(tx);
        const cause = { kind: 'match-model', version, by, reason } as const;
        for (let after = 0, done = 0; ;) {
          // Records that the hub made say nothing of themselves, and are put to their customers all the same.
          await this.tell(version, 'decide', done, Math.max(of, done));
          const recordIds = await this.records.after(tx, after, atOnce);
          if (recordIds.length === 0) return;
          after = recordIds.at(-1)!;
          done += recordIds.length;
          await this.ingest.identify(tx, inForce, recordIds, cause);
        }
      });
    return this.underWay.attempt('match-model', `version ${waiting.version}`, apply);
  }

  /** In a transaction of its own: whoever waits for the one commit sees how far it is. */
  private tell(version: number, step: MatchProgress['step'], done: number, of: number): Promise<void> {
    const at = this.clock.now();
    return this.database.transaction((tx) => this.progress.note(tx, { work: 'apply', version, step, done, of, at }));
  }

  private async byKeys(): Promise<boolean> {
    if (!(await this.database.glance((tx) => this.matching.isDoubtful(tx)))) return false;
    const settle = () =>
      this.committer.commit(async (tx) => {
        const recordIds = await this.matching.reconsider(tx);
        if (recordIds.length > 0)
          await this.ingest.identify(tx, await this.systems.load(tx), recordIds, { kind: 'match-keys' });
      });
    return this.underWay.attempt('match-keys', this.underWay.today(), settle);
  }
}
