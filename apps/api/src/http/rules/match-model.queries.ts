import { Injectable } from '@nestjs/common';
import type { MatchFieldList, MatchPicture, MatchPreview, MatchProgress } from '@cinch/api-contract';
import {
  customerKinds,
  fieldsOf,
  labelOfLevel,
  levelsOf,
  perBit,
  shippedModel,
  traitsOf,
  type MatchModel,
} from '@cinch/canonical-model';
import { Clock } from '../../platform/clock.ts';
import type { Tx } from '../../platform/transaction.ts';
import type { MatchDifference } from '../../pipeline/match-preview.ts';
import { EvidenceStore } from '../../stages/matching/evidence.store.ts';
import { ModelsStore } from '../../stages/matching/models.store.ts';
import { MatchPictureStore } from '../../stages/matching/picture.store.ts';
import { MatchProgressStore } from '../../stages/matching/progress.store.ts';

/** Pages that are open ask again: the counting takes a second where there are millions of pairs. */
const freshMs = 60_000;
/** Counting notes how far it is several times a second: what is older was interrupted. */
const countingMs = 60_000;

/** What is known of the match model and of the records under it, for readers. */
@Injectable()
export class MatchModelQueries {
  private picture: { until: number; shown: MatchPicture } | null = null;

  constructor(
    private readonly models: ModelsStore,
    private readonly evidence: EvidenceStore,
    private readonly pictures: MatchPictureStore,
    private readonly works: MatchProgressStore,
    private readonly clock: Clock,
  ) {}

  async pictureOf(tx: Tx): Promise<MatchPicture> {
    const { version } = await this.models.inForce(tx);
    const now = this.clock.now();
    if (this.picture && this.picture.until > now && this.picture.shown.version === version) return this.picture.shown;
    // What is crowded by the model that goes is no news to whoever waits for the next one.
    const isApplying = (await this.models.notApplied(tx)) !== null;
    const [records, weights, crowded] = [
      await this.evidence.count(tx),
      await this.pictures.weights(tx),
      isApplying ? null : await this.pictures.crowded(tx),
    ];
    const shown = { version, countedAt: new Date(now).toISOString(), records, weights, crowded };
    if (!isApplying) this.picture = { until: now + freshMs, shown };
    return shown;
  }

  async progress(tx: Tx): Promise<MatchProgress> {
    const waiting = (await this.models.notApplied(tx)) ?? (await this.works.deciding(tx));
    const now = this.clock.now();
    const works = (await this.works.all(tx)).filter(({ work, version, at }) =>
      work === 'apply' ? version === waiting?.version : now - at.getTime() < countingMs,
    );
    return { works: works.map(({ at: _, ...one }) => one) };
  }

  async previewShown(
    tx: Tx,
    { shifts, ...rest }: MatchDifference,
    { blocks }: MatchModel,
  ): Promise<Omit<MatchPreview, 'reach'>> {
    const { model } = await this.models.inForce(tx);
    const otherKeys = JSON.stringify(blocks) !== JSON.stringify(model.blocks);
    const ids = shifts.flatMap(({ samples }) => samples.flatMap(({ records }) => records));
    const rows = await tx.query<MatchPreview['shifts'][number]['samples'][number]['records'][number]>(
      `select r.record_id as "recordId", s.code as system, r.source_key as "sourceId", c.public_id as "customerId",
         coalesce(g.display, '') as customer
       from unnest($1::bigint[]) as t(id) join source_record r on r.record_id = t.id join system s using (system_id)
       left join customer c using (customer_id) left join golden g using (customer_id)`,
      [[...new Set(ids)]],
    );
    const sideOf = new Map(rows.map((row) => [row.recordId, row]));
    return {
      ...rest,
      otherKeys,
      shifts: shifts.map(({ samples, ...shift }) => ({
        ...shift,
        samples: samples.map(({ records: [one, other], before, after }) => ({
          records: [sideOf.get(one)!, sideOf.get(other)!],
          before: before / perBit,
          after: after / perBit,
        })),
      })),
    };
  }
}

/** What is compared, with the words that reviews show for each outcome. */
export const matchFields: MatchFieldList = {
  kinds: customerKinds.map((kind) => ({
    kind,
    fields: [...fieldsOf[kind], ...traitsOf(shippedModel, kind)].map((field) => ({
      field,
      levels: levelsOf(kind, field).map((level) => ({ level, label: labelOfLevel(kind, field, level) })),
    })),
  })),
};
