import { Injectable } from '@nestjs/common';
import {
  limitOfKey,
  matchKeysOf,
  isWeakKey,
  withEnoughInCommon,
  type Features,
  type MatchKeys,
  type RecordPair,
} from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { EvidenceStore } from './evidence.store.ts';
import { FeaturesCache } from './features-cache.ts';
import { crowd, KeysStore, type KeyRow } from './keys.store.ts';
import type { JudgeInForce } from './models.store.ts';

/** A record whose evidence is new or has changed. */
export interface Placing {
  recordId: number;
  features: Features;
  /** The keys that it has where nothing is crowded. */
  keys: MatchKeys;
  /** The match keys that it had until now, crowded ones among them; null for a record that had none. */
  before: readonly number[] | null;
}

interface Mover extends Omit<Placing, 'keys'> {
  found: MatchKeys | null;
}

/** The records found under a key. */
interface Block {
  ids: Set<number>;
  isCrowded: boolean;
}

export interface PlacedRecords {
  /** All keys of each record that was placed, crowded ones among them. */
  keysOf: ReadonlyMap<number, readonly number[]>;
  /** Records that were not to be placed, and have further keys since one of theirs became crowded. */
  shifted: { recordId: number; keys: readonly number[] }[];
  /** Pairs to compare: each has a record that was placed. */
  pairs: RecordPair[];
  /** Records that were found under a key that is crowded now, other than those placed: some may not be compared any more. */
  crowdedOut: number[];
}

/**
 * Finds out under which keys records are found, and with whom that brings them together. A key is crowded when more records hold it than
 * the model allows, whoever came first: where a record makes a key crowded, those that were found under it get narrower keys as well.
 */
@Injectable()
export class Blocks {
  constructor(
    private readonly keys: KeysStore,
    private readonly evidence: EvidenceStore,
    private readonly cache: FeaturesCache,
  ) {}

  async place(tx: Tx, judge: JudgeInForce, placing: readonly Placing[]): Promise<PlacedRecords> {
    const movers = new Map(placing.map((one): [number, Mover] => [one.recordId, { ...one, found: one.keys }]));
    const { blocks, crowded } = await this.settle(tx, judge, movers);
    const isPlaced = new Set(placing.map((one) => one.recordId));
    await this.store(tx, movers, [...crowded.keys()]);
    const shifted = [...movers.values()].filter(({ recordId }) => !isPlaced.has(recordId));
    return {
      keysOf: new Map(placing.map(({ recordId }) => [recordId, allOf(movers.get(recordId)!)])),
      shifted: shifted.map((mover) => ({ recordId: mover.recordId, keys: allOf(mover) })),
      pairs: pairsOf(placing, movers, blocks, isPlaced),
      crowdedOut: [...new Set([...crowded.values()].flat())].filter((id) => !isPlaced.has(id)),
    };
  }

  /** Of the keys that records have given up, those that too few hold by now to be crowded are so no longer. Returns their holders. */
  async uncrowd(tx: Tx, { model }: JudgeInForce): Promise<number[]> {
    const { keys, holders } = await this.keys.takeDoubted(tx);
    const held = Map.groupBy(holders, ({ key }) => key);
    const few = keys.filter((key) => (held.get(key)?.length ?? 0) <= limitOfKey(key, model.blocks));
    await this.keys.uncrowd(tx, few);
    return [...new Set(few.flatMap((key) => held.get(key)?.map(({ recordId }) => recordId) ?? []))];
  }

  /** Nobody is found by these records any more; without them a key of theirs may not be crowded. */
  async leave(tx: Tx, known: ReadonlyMap<number, { keys: readonly number[] }>): Promise<void> {
    const rows = [...known].flatMap(([recordId, { keys }]) => keys.map((key) => ({ key, recordId })));
    await this.keys.remove(tx, rows);
    await this.keys.doubt(
      tx,
      rows.map(({ key }) => key),
    );
  }

  /** Nobody is found under any key. */
  async clear(tx: Tx): Promise<void> {
    await this.keys.clear(tx);
  }

  /** Until every record is found under the keys that it has by what is crowded, and nothing is crowded that is not known to be. */
  private async settle(
    tx: Tx,
    judge: JudgeInForce,
    movers: Map<number, Mover>,
  ): Promise<{ blocks: Map<number, Block>; crowded: Map<number, number[]> }> {
    const { model } = judge;
    const blocks = new Map<number, Block>();
    const crowded = new Map<number, number[]>();
    let pending = [...movers.values()];
    while (pending.length > 0) {
      await this.load(tx, pending, movers, blocks);
      const stale: Mover[] = [];
      const joined = new Set<number>();
      for (const mover of pending) {
        if (mover.found!.keys.some((key) => blocks.get(key)!.isCrowded)) {
          stale.push(mover);
          continue;
        }
        for (const key of mover.found!.keys) {
          blocks.get(key)!.ids.add(mover.recordId);
          joined.add(key);
        }
      }
      const over = [...joined].filter((key) => blocks.get(key)!.ids.size > limitOfKey(key, model.blocks));
      pending = [...stale, ...(await this.crowd(tx, judge, over, movers, blocks, crowded))];
      for (const mover of pending) {
        mover.found = matchKeysOf(mover.features, (key) => blocks.get(key)?.isCrowded ?? false, model.blocks.deepest);
      }
    }
    return { blocks, crowded };
  }

  private async load(
    tx: Tx,
    pending: readonly Mover[],
    movers: ReadonlyMap<number, Mover>,
    blocks: Map<number, Block>,
  ): Promise<void> {
    const unknown = new Set<number>();
    for (const { found } of pending) for (const key of found!.keys) if (!blocks.has(key)) unknown.add(key);
    for (const key of unknown) blocks.set(key, { ids: new Set(), isCrowded: false });
    for (const { key, recordId } of await this.keys.of(tx, [...unknown])) {
      const block = blocks.get(key)!;
      if (recordId === crowd) block.isCrowded = true;
      else if (!movers.has(recordId)) block.ids.add(recordId);
    }
  }

  /** These keys are crowded from now on. Returns the records that have to look for their keys again. */
  private async crowd(
    tx: Tx,
    judge: JudgeInForce,
    keys: readonly number[],
    movers: Map<number, Mover>,
    blocks: Map<number, Block>,
    crowded: Map<number, number[]>,
  ): Promise<Mover[]> {
    const again = new Set<Mover>();
    const strangers = new Set<number>();
    for (const key of keys) {
      const block = blocks.get(key)!;
      block.isCrowded = true;
      crowded.set(key, [...block.ids]);
      for (const id of block.ids) {
        const mover = movers.get(id);
        if (mover) again.add(mover);
        // A weak key has nothing in its place.
        else if (!isWeakKey(key)) strangers.add(id);
      }
      block.ids.clear();
    }
    for (const mover of again) for (const key of mover.found!.keys) blocks.get(key)!.ids.delete(mover.recordId);
    for (const mover of await this.strangers(tx, judge, [...strangers])) {
      movers.set(mover.recordId, mover);
      for (const key of mover.before!) blocks.get(key)?.ids.delete(mover.recordId);
      again.add(mover);
    }
    return [...again];
  }

  private async strangers(tx: Tx, judge: JudgeInForce, recordIds: readonly number[]): Promise<Mover[]> {
    const known = await this.evidence.known(tx, recordIds);
    const features = await this.cache.of(tx, judge, recordIds);
    return recordIds.map((recordId) => ({
      recordId,
      features: features.get(recordId)!,
      before: known.get(recordId)!.keys,
      found: null,
    }));
  }

  private async store(tx: Tx, movers: ReadonlyMap<number, Mover>, crowded: readonly number[]): Promise<void> {
    const begun: KeyRow[] = [];
    const [gone, missing]: [KeyRow[], KeyRow[]] = [[], []];
    const dropped = new Set<number>();
    for (const { recordId, before, found } of movers.values()) {
      const { keys } = found!;
      for (const key of keys) (before ? missing : begun).push({ key, recordId });
      if (!before) continue;
      const kept = new Set(keys);
      const held = new Set(found!.crowded);
      for (const key of before) {
        if (kept.has(key)) continue;
        gone.push({ key, recordId });
        if (!held.has(key)) dropped.add(key);
      }
    }
    await this.keys.crowd(tx, crowded);
    await this.keys.remove(tx, gone);
    await this.keys.add(tx, begun);
    await this.keys.addMissing(tx, missing);
    await this.keys.doubt(tx, [...dropped]);
  }
}

function allOf({ found }: Mover): number[] {
  return [...found!.keys, ...found!.crowded];
}

/** Each record that was placed with all that have enough keys in common with it, each pair once. */
function pairsOf(
  placing: readonly Placing[],
  movers: ReadonlyMap<number, Mover>,
  blocks: ReadonlyMap<number, Block>,
  isPlaced: ReadonlySet<number>,
): RecordPair[] {
  const pairs: RecordPair[] = [];
  for (const { recordId } of placing) {
    for (const other of withEnoughInCommon(movers.get(recordId)!.found!.keys, (key) => blocks.get(key)!.ids)) {
      const isMetBefore = other === recordId || (other < recordId && isPlaced.has(other));
      if (!isMetBefore) pairs.push([recordId, other]);
    }
  }
  return pairs;
}
