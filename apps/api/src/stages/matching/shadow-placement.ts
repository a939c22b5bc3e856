import { Injectable } from '@nestjs/common';
import { Scorer, type MatchModel, type Model } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { Blocks } from './blocks.ts';
import { CrosswalkStore } from './crosswalk.store.ts';
import { EdgesStore } from './edges.store.ts';
import { EvidenceStore, type StoredEvidence } from './evidence.store.ts';
import { FeaturesCache } from './features-cache.ts';
import { KeysStore } from './keys.store.ts';
import { Matching, type Foreseen, type SaidOf } from './matching.ts';
import { ModelsStore, type JudgeInForce } from './models.store.ts';
import { NextPlacesStore } from './next-places.store.ts';
import { evidenceOnce } from './evidence-once.ts';
import { Placement, type Told } from './placement.ts';

const atOnce = 1_000;
/** What placing writes. */
const shadowed = ['match_key', 'match_doubt', 'match_edge', 'match_evidence'];

/**
 * Places all records by another model in tables that only the transaction sees: temporary ones of the same names, which stand before those
 * of everybody. So it is the very work of publishing the model, holds no lock that anybody waits for, and is gone with the transaction.
 */
@Injectable()
export class ShadowPlacement {
  constructor(
    private readonly models: ModelsStore,
    private readonly evidence: EvidenceStore,
    private readonly edges: EdgesStore,
    private readonly keys: KeysStore,
    private readonly crosswalk: CrosswalkStore,
    private readonly next: NextPlacesStore,
  ) {}

  /**
   * The transaction must be rolled back. Returns who would be who around records, by the match model, or the one in force.
   * `told`: what records say of themselves, where the canonical model has it come to other evidence.
   */
  async place(
    tx: Tx,
    proposed: { model?: MatchModel; canonical?: Model },
    told: AsyncIterable<readonly Told[]> | null,
  ): Promise<(recordIds: readonly number[], saidOf: SaidOf) => Promise<Foreseen>> {
    for (const table of shadowed) {
      await tx.query(`create temporary table ${table} (like ${table} including all)`);
      if (table === 'match_evidence') await tx.query(`insert into pg_temp.${table} select * from public.${table}`);
    }
    // What is remembered of records by the model in force must not be mixed with this.
    const cache = new FeaturesCache(this.evidence);
    const blocks = new Blocks(this.keys, this.evidence, cache);
    const placement = new Placement(this.evidence, blocks, this.edges, cache);
    const { version } = await this.models.latest(tx);
    const inForce = await this.models.inForce(tx);
    const { model = inForce.model, canonical = inForce.canonical } = proposed;
    const judge: JudgeInForce = { version: version + 1, model, scorer: new Scorer(model), canonical };
    for await (const page of told ?? [])
      await this.evidence.change(
        tx,
        page.map((one) => evidenceIn(judge, one)),
      );
    await placement.anew(tx, judge, atOnce);
    for (const table of shadowed) await tx.query(`analyze pg_temp.${table}`);
    const matching = new Matching(this.models, placement, cache, this.edges, this.keys, this.crosswalk, this.next);
    return (recordIds, saidOf) => matching.foresee(tx, judge, recordIds, saidOf);
  }
}

function evidenceIn(judge: JudgeInForce, { recordId, kind, said, system }: Told): StoredEvidence {
  const { mark, evidence } = evidenceOnce(judge, kind, said, system);
  return { recordId, mark, evidence, keys: [] };
}
