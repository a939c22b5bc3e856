import { Injectable } from '@nestjs/common';
import {
  edgeOf,
  evidenceMark,
  matchKeysOf,
  type CustomerKind,
  type Edge,
  type Evidence,
  type Features,
  type Folded,
  type RecordPair,
} from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { Blocks, type Placing } from './blocks.ts';
import { EdgesStore } from './edges.store.ts';
import { evidenceOnce } from './evidence-once.ts';
import { EvidenceStore, type StoredEvidence } from './evidence.store.ts';
import { FeaturesCache } from './features-cache.ts';
import type { JudgeInForce } from './models.store.ts';

/** What a record said of itself. */
export interface Told extends Pick<Folded, 'said'> {
  recordId: number;
  /** Its system's code. */
  system: string;
  origin: 'push' | 'hub';
  kind: CustomerKind;
  /** Not stored yet. */
  isNew: boolean;
}

export interface Placed {
  /** The records whose evidence is new or has changed. */
  changed: ReadonlySet<number>;
  /** Stored records around which an edge has gone. */
  around: readonly number[];
  /** The edges of the changed records. */
  edges: readonly Edge[];
}

/** A record with its evidence as it is to be stored. */
export interface Ready extends Placing {
  mark: number;
  /** `Evidence` as JSON. */
  evidence: string;
  /** It has no evidence stored. */
  isNew: boolean;
}

/** Stored evidence, to be placed again. */
function readyOf(
  { recordId, mark, evidence, keys }: Omit<StoredEvidence, 'keys'> & { keys: readonly number[] | null },
  { scorer, model }: JudgeInForce,
): Ready {
  const features = scorer.features.of(JSON.parse(evidence) as Evidence);
  const uncrowded = matchKeysOf(features, () => false, model.blocks.deepest);
  return { recordId, mark, evidence, features, keys: uncrowded, before: keys, isNew: false };
}

const nothing: Placed = { changed: new Set(), around: [], edges: [] };

/** Gives records their places among all others: their evidence, the keys that they are found under, and whom they are like. */
@Injectable()
export class Placement {
  constructor(
    private readonly evidence: EvidenceStore,
    private readonly blocks: Blocks,
    private readonly edges: EdgesStore,
    private readonly cache: FeaturesCache,
  ) {}

  /** Places those of the records that say something else of themselves than before. What the hub made is no evidence. */
  async told(tx: Tx, judge: JudgeInForce, touched: readonly Told[]): Promise<Placed> {
    const own = touched.filter(({ origin }) => origin !== 'hub');
    const old = own.filter(({ isNew }) => !isNew).map(({ recordId }) => recordId);
    const known = await this.evidence.known(tx, old);
    const ready = own.flatMap(({ recordId, system, kind, said }): Ready[] => {
      const before = known.get(recordId);
      if (before && before.mark === evidenceMark(kind, said, judge.canonical)) return [];
      const worked = evidenceOnce(judge, kind, said, system);
      return [{ recordId, ...worked, before: before?.keys ?? null, isNew: before === undefined }];
    });
    return ready.length === 0 ? nothing : this.place(tx, judge, ready);
  }

  /** Takes back that these records were placed, which nothing else has followed from yet. */
  async takeBack(tx: Tx, { changed, around, edges }: Placed, recordIds: readonly number[]): Promise<Placed> {
    const gone = new Set(recordIds);
    await this.leave(tx, recordIds);
    return {
      changed: new Set([...changed].filter((recordId) => !gone.has(recordId))),
      around,
      edges: edges.filter(({ records }) => !records.some((recordId) => gone.has(recordId))),
    };
  }

  /** These records have no place any more. */
  async leave(tx: Tx, recordIds: readonly number[]): Promise<void> {
    if (recordIds.length === 0) return;
    const known = await this.evidence.remove(tx, recordIds);
    await this.blocks.leave(tx, known);
    await this.edges.remove(tx, recordIds);
  }

  /** Places those of the records that are not placed, or by what they said before. */
  async again(tx: Tx, judge: JudgeInForce, words: readonly Omit<StoredEvidence, 'keys'>[]): Promise<void> {
    const known = await this.evidence.known(
      tx,
      words.map(({ recordId }) => recordId),
    );
    const other = words.filter(({ recordId, mark }) => known.get(recordId)?.mark !== mark);
    if (other.length === 0) return;
    const ready = other.map((one) => {
      const before = known.get(one.recordId);
      return { ...readyOf({ ...one, keys: before?.keys ?? null }, judge), isNew: before === undefined };
    });
    await this.place(tx, judge, ready);
  }

  /** By another model everything is placed anew, so many records at a time. */
  async anew(tx: Tx, judge: JudgeInForce, atOnce: number): Promise<void> {
    await this.blocks.clear(tx);
    await this.edges.clear(tx);
    for (let after = 0; ;) {
      const page = await this.evidence.page(tx, after, atOnce);
      if (page.length === 0) return;
      after = page.at(-1)!.recordId;
      await this.place(
        tx,
        judge,
        page.map((row) => readyOf({ ...row, keys: null }, judge)),
      );
    }
  }

  /** Keys that records have given up may not be crowded any more. Returns the records around which that changed something. */
  async reconsider(tx: Tx, judge: JudgeInForce): Promise<number[]> {
    const holders = await this.blocks.uncrowd(tx, judge);
    if (holders.length === 0) return [];
    const rows = await this.evidence.of(tx, holders);
    const { around } = await this.place(
      tx,
      judge,
      rows.map((row) => readyOf(row, judge)),
    );
    return [...holders, ...around];
  }

  private async place(tx: Tx, judge: JudgeInForce, ready: readonly Ready[]): Promise<Placed> {
    for (const { recordId, mark, features } of ready) this.cache.keep(judge, recordId, mark, features);
    const { keysOf, shifted, pairs, crowdedOut } = await this.blocks.place(tx, judge, ready);
    const rows = ready.map(({ recordId, mark, evidence, isNew }): StoredEvidence & { isNew: boolean } => {
      return { recordId, mark, evidence, isNew, keys: keysOf.get(recordId)! };
    });
    await this.evidence.add(
      tx,
      rows.filter(({ isNew }) => isNew),
    );
    await this.evidence.change(
      tx,
      rows.filter(({ isNew }) => !isNew),
    );
    await this.evidence.changeKeys(tx, shifted);
    const again = ready.filter(({ isNew }) => !isNew).map(({ recordId }) => recordId);
    const [before, edges] = await Promise.all([this.edges.remove(tx, again), this.compare(tx, judge, ready, pairs)]);
    await this.edges.add(tx, edges);
    const loosened = await this.edges.loosen(tx, crowdedOut);
    const changed = new Set(ready.map(({ recordId }) => recordId));
    return { changed, around: [...before, ...loosened].filter((id) => !changed.has(id)), edges };
  }

  private async compare(
    tx: Tx,
    judge: JudgeInForce,
    ready: readonly Ready[],
    pairs: readonly RecordPair[],
  ): Promise<Edge[]> {
    const featuresOf = new Map<number, Features>(ready.map(({ recordId, features }) => [recordId, features]));
    const others = new Set(pairs.flatMap(([, other]) => (featuresOf.has(other) ? [] : [other])));
    for (const [recordId, features] of await this.cache.of(tx, judge, [...others])) featuresOf.set(recordId, features);
    return pairs.flatMap(([one, other]) => {
      const sides = [one, other].map((recordId) => ({ recordId, features: featuresOf.get(recordId)! }));
      return edgeOf(sides[0]!, sides[1]!, judge) ?? [];
    });
  }
}
