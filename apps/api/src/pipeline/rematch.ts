import { Injectable } from '@nestjs/common';
import { setTimeout as wait } from 'node:timers/promises';
import { keyScheme } from '@cinch/canonical-model';
import { Clock } from '../platform/clock.ts';
import { Committer } from '../platform/committer.ts';
import { crashPoint } from '../platform/crash-points.ts';
import { PieceSize } from '../platform/piece-size.ts';
import { Database, type Tx } from '../platform/transaction.ts';
import { WorkUnderWay } from '../platform/work-under-way.ts';
import { Matching } from '../stages/matching/matching.ts';
import { NextPlacement } from '../stages/matching/next-placement.ts';
import { NextPlacesStore, type Placing } from '../stages/matching/next-places.store.ts';
import { EvidenceStore } from '../stages/matching/evidence.store.ts';
import { ModelsStore } from '../stages/matching/models.store.ts';
import { MatchProgressStore, type MatchProgress } from '../stages/matching/progress.store.ts';
import { RecordsStore } from '../stages/records/records.store.ts';
import { Ingest } from './ingest.ts';
import { SystemsInForce } from './systems-in-force.ts';

/** Of Postgres. */
const lockNotAvailable = '55P03';
/** Most who read are soon done; a backup is not, and nothing else should wait for it. */
const [triesAtOnce, shortPauseMs, betweenTriesMs] = [3, 100, 1_000];
const [mostAtOnce, leastAtOnce] = [1_000, 10];

/**
 * Matches what was matched before again: all records by a new model, and those around a key that is no longer crowded. By a new model all are
 * placed aside, in pieces, while what arrives is placed by the one in force; the commit in which the new places are everybody's has to come
 * to what has changed last. Who is who is worked out after that in pieces too. What this changes waits for the next refresh.
 */
@Injectable()
export class Rematch {
  private readonly pieces = new PieceSize(mostAtOnce);
  private readonly pages = new PieceSize(mostAtOnce, leastAtOnce);
  /** Somebody reads the places of records, a backup for instance: the next ones take their place no sooner than that. */
  private takesPlaceAt = 0;
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
    private readonly nextPlaces: NextPlacesStore,
    private readonly nextPlacement: NextPlacement,
  ) {}

  /** False when everything is matched by the model in force. */
  async next(): Promise<boolean> {
    return (await this.byModel()) || (await this.byKeys());
  }

  private async byModel(): Promise<boolean> {
    const waiting = await this.database.glance((tx) => this.models.notApplied(tx));
    if (!waiting) return this.decide();
    const at = await this.database.glance((tx) => this.nextPlaces.placing(tx));
    if (at?.isThrough && performance.now() < this.takesPlaceAt) return false;
    const mark = `version ${waiting.version} ${at?.isThrough ? 'through' : `after ${at?.after ?? 'none'}`}`;
    return this.underWay.attempt('match-model', mark, () => this.placeOn(waiting.version, at));
  }

  /** When an earlier hub made all keys by another scheme nobody is found by them: nothing may be matched before all are placed. */
  async mustComeFirst(): Promise<boolean> {
    return this.database.glance((tx) => this.models.hasOtherScheme(tx));
  }

  /** One piece of placing all records by this version. */
  private async placeOn(version: number, at: Placing | null): Promise<void> {
    if (!isPlacingOf(version, at)) return this.beginPlacing(version);
    if (!at.isThrough) return this.placeAside(at, (tx) => this.nextPlacement.page(tx, at, this.pages.now));
    const most = this.pages.now;
    if (await this.database.glance((tx) => this.nextPlaces.isFarBehind(tx, most)))
      return this.placeAside(at, (tx) => this.nextPlacement.catchUp(tx, at, most));
    await this.bringIntoForce(at);
  }

  private beginPlacing(version: number): Promise<void> {
    return this.committer.commit(async (tx) => {
      const isBegun = isPlacingOf(version, await this.nextPlaces.placing(tx));
      if (!isBegun && (await this.models.notApplied(tx))?.version === version) await this.nextPlaces.begin(tx, version);
    });
  }

  private async placeAside(at: Placing, work: (tx: Tx) => Promise<number>): Promise<void> {
    const began = performance.now();
    const placed = await this.committer.aside(async (tx) => {
      const count = (await this.nextPlaces.isStill(tx, at)) ? await work(tx) : 0;
      crashPoint('model-page-placed');
      return count;
    });
    this.pages.took(placed, performance.now() - began);
    const of = await this.database.glance((tx) => this.evidence.count(tx));
    await this.tell(at.version, 'compare', Math.min(at.done + placed, of), of);
  }

  private async bringIntoForce(at: Placing): Promise<void> {
    const take = async (tx: Tx) => {
      const published = await this.models.notApplied(tx);
      // A further version was published meanwhile.
      if (published?.version !== at.version || !(await this.nextPlaces.isStill(tx, at))) return;
      await this.nextPlacement.catchUp(tx, at, null);
      await this.nextPlaces.takeTheirPlace(tx);
      await this.models.noteApplied(tx, at.version, this.clock.now());
      await this.progress.beginDeciding(tx, published);
      crashPoint('model-placed');
    };
    for (let tries = 0; tries < triesAtOnce; tries += 1) {
      if (tries > 0) await wait(shortPauseMs);
      const error = await this.committer.commit(take).then(
        () => null,
        (cause: Error & { code?: string }) => cause,
      );
      if (error === null) return;
      if (error.code !== lockNotAvailable) throw error;
    }
    this.takesPlaceAt = performance.now() + betweenTriesMs;
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

function isPlacingOf(version: number, at: Placing | null): at is Placing {
  return at?.version === version && at.scheme === keyScheme;
}
