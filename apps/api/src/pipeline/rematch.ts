import { Injectable } from '@nestjs/common';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { crashPoint } from '../platform/crash-points.ts';
import { PieceSize } from '../platform/piece-size.ts';
import { Database, type Tx } from '../platform/transaction.ts';
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
 * Matches what was matched before again: all records by a new model, and those around a key that is no longer crowded. By a new model all are
 * placed in one commit, since records placed half by the one and half by the other would come apart and together again; what arrives
 * meanwhile waits. Who is who is worked out after that in pieces. What this changes waits for the next refresh.
 */
@Injectable()
export class Rematch {
  private readonly pieces = new PieceSize(atOnce);
  /** Of so many records it was told that they are decided. */
  private told = 0;
  private of = 0;

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
    if (!waiting) return this.decide();
    const place = () =>
      this.committer.commit(async (tx) => {
        const published = await this.models.notApplied(tx);
        if (!published) return;
        const { version } = published;
        await this.models.noteApplied(tx, version, this.clock.now());
        const of = await this.evidence.count(tx);
        await this.matching.placeAnew(tx, version, atOnce, (done) => this.tell(version, 'compare', done, of));
        await this.progress.beginDeciding(tx, published);
        crashPoint('model-placed');
      });
    return this.underWay.attempt('match-model', `version ${waiting.version}`, place);
  }

  /**
   * Who is who, a piece a commit: with whom a record may stand is known of all by then, so each piece settles all who may stand with its
   * records, and whatever comes in between finds the same.
   */
  private async decide(): Promise<boolean> {
    const deciding = await this.database.glance((tx) => this.progress.deciding(tx));
    if (!deciding) return false;
    let done = 0;
    const piece = async (tx: Tx) => {
      const now = await this.progress.deciding(tx);
      if (!now) return;
      const { version, by, reason, after } = now;
      // Records that the hub made say nothing of themselves, and are put to their customers all the same.
      const recordIds = await this.records.after(tx, after, this.pieces.now);
      done = recordIds.length;
      const cause = { kind: 'match-model', version, by, reason } as const;
      if (done > 0) await this.ingest.identify(tx, await this.systems.load(tx), recordIds, cause);
      await this.progress.decided(tx, recordIds.at(-1) ?? null);
      this.told = after === 0 ? done : this.told + done;
    };
    const held = (ms: number) => this.pieces.took(done, ms);
    const { version, after } = deciding;
    const worked = await this.underWay.attempt('match-model', `version ${version} after ${after}`, () =>
      this.committer.commit(piece, { held }),
    );
    if (after === 0 || this.of === 0) this.of = await this.database.glance((tx) => this.evidence.count(tx));
    await this.tell(version, 'decide', this.told, Math.max(this.of, this.told));
    return worked;
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
