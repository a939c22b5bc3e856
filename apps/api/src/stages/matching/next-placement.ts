import { Injectable } from '@nestjs/common';
import { Scorer, type MatchModel } from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { Blocks } from './blocks.ts';
import { EdgesStore } from './edges.store.ts';
import { EvidenceStore } from './evidence.store.ts';
import { FeaturesCache } from './features-cache.ts';
import { KeysStore } from './keys.store.ts';
import { ModelsStore, type JudgeInForce } from './models.store.ts';
import { NextPlacesStore, type Placing, type Words } from './next-places.store.ts';
import { Placement } from './placement.ts';

/** The planner looks at the tables again each time that they have grown by so much. */
const growth = 4;
const firstLook = 200;

/**
 * Places all records by a model that is not in force yet, in tables aside (`matching_next`) that stand before everybody's in the transactions
 * that work on them: so it is the very work of placing a push. What everybody reads stays as it is until all are placed.
 */
@Injectable()
export class NextPlacement {
  private of: { judge: JudgeInForce; placement: Placement } | null = null;

  constructor(
    private readonly models: ModelsStore,
    private readonly evidence: EvidenceStore,
    private readonly edges: EdgesStore,
    private readonly keys: KeysStore,
    private readonly next: NextPlacesStore,
  ) {}

  /** The next page of those that were there when it began. Returns how many it was. */
  async page(tx: Tx, { version, after, done }: Placing, limit: number): Promise<number> {
    const page = await this.next.page(tx, after, limit);
    if (page.length === 0) {
      await this.next.through(tx);
      return 0;
    }
    await this.place(tx, version, page);
    await this.next.cameTo(tx, page.at(-1)!.recordId, page.length);
    const isGrown = Math.floor(grownBy(done + page.length)) > Math.floor(grownBy(done));
    if (isGrown) await this.next.analyze(tx);
    return page.length;
  }

  /** Places those again that said something else of themselves since it began, at most so many, or all. Returns how many it was. */
  async catchUp(tx: Tx, { version }: Placing, limit: number | null): Promise<number> {
    const changed = await this.next.takeChanged(tx, limit);
    if (changed.length === 0) return 0;
    const words = await this.next.of(tx, changed);
    const isThere = new Set(words.map(({ recordId }) => recordId));
    const gone = changed.filter((recordId) => !isThere.has(recordId));
    await this.place(tx, version, words, gone);
    return changed.length;
  }

  private async place(tx: Tx, version: number, words: readonly Words[], gone: readonly number[] = []): Promise<void> {
    const { judge, placement } = await this.judgeOf(tx, version);
    await this.next.enter(tx);
    await placement.leave(tx, gone);
    await placement.again(tx, judge, words);
  }

  private async judgeOf(tx: Tx, version: number) {
    // What is remembered of records by the model in force must not be mixed with this.
    if (this.of?.judge.version !== version) {
      const { document } = (await this.models.published(tx, version))!;
      const cache = new FeaturesCache(this.evidence);
      const blocks = new Blocks(this.keys, this.evidence, cache);
      const placement = new Placement(this.evidence, blocks, this.edges, cache);
      this.of = { judge: await judgeBy(this.models, tx, version, document), placement };
    }
    return this.of;
  }
}

async function judgeBy(models: ModelsStore, tx: Tx, version: number, model: MatchModel): Promise<JudgeInForce> {
  const { canonical } = await models.inForce(tx);
  return { version, model, scorer: new Scorer(model), canonical };
}

function grownBy(done: number): number {
  return Math.log(Math.max(done, firstLook) / firstLook) / Math.log(growth);
}
