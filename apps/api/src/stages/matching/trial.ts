import { Injectable } from '@nestjs/common';
import {
  gradeOf,
  shiftOf,
  withEnoughInCommon,
  type Evidence,
  type Features,
  type Judge,
  type MatchShift,
  type RecordPair,
} from '@cinch/canonical-model';
import type { Tx } from '../../platform/transaction.ts';
import { CrosswalkStore } from './crosswalk.store.ts';
import { EvidenceStore } from './evidence.store.ts';
import { crowd, KeysStore } from './keys.store.ts';

/** A pair of which another model makes something else. Weights in ten-thousandths of a bit. */
export interface Shifted {
  records: RecordPair;
  shift: MatchShift;
  before: number;
  after: number;
}

interface Tried {
  /** Pairs that are compared, each once a page. */
  pairs: RecordPair[];
  shifted: Shifted[];
}

export interface ComparedToday {
  pairs: RecordPair[];
  evidence: ReadonlyMap<number, Evidence>;
}

/** Tries another model on pairs of records as they are compared today, without storing anything. */
@Injectable()
export class ModelTrial {
  constructor(
    private readonly evidence: EvidenceStore,
    private readonly keys: KeysStore,
    private readonly crosswalk: CrosswalkStore,
  ) {}

  population(tx: Tx): Promise<number> {
    return this.evidence.count(tx);
  }

  sample(tx: Tx, most: number): Promise<number[]> {
    return this.evidence.sample(tx, most);
  }

  /** All pairs of which one is among these records, as they are compared today, and what both sides said. */
  async pairsOf(tx: Tx, recordIds: readonly number[]): Promise<ComparedToday> {
    const own = await this.evidence.of(tx, recordIds);
    const holders = new Map<number, number[]>();
    for (const { key, recordId } of await this.keys.of(tx, [...new Set(own.flatMap(({ keys }) => keys))])) {
      if (recordId === crowd) continue;
      const known = holders.get(key);
      if (known) known.push(recordId);
      else holders.set(key, [recordId]);
    }
    const pairs = own.flatMap(({ recordId, keys }) =>
      withEnoughInCommon(keys, (key) => holders.get(key) ?? [])
        .filter((id) => id !== recordId)
        .map((id): RecordPair => [recordId, id]),
    );
    const ids = [...new Set(pairs.flat())];
    const texts = await this.evidence.of(tx, [...new Set([...recordIds, ...ids])]);
    const evidence = new Map(texts.map((one) => [one.recordId, JSON.parse(one.evidence) as Evidence]));
    return { pairs, evidence };
  }

  /** All pairs of which one is among these records. */
  async of(tx: Tx, recordIds: readonly number[], present: Judge, other: Judge): Promise<Tried> {
    const { pairs, evidence } = await this.pairsOf(tx, recordIds);
    const customerOf = await this.crosswalk.customerOf(tx, [...evidence.keys()]);
    const [today, then] = [weigher(evidence, present), weigher(evidence, other)];
    const shifted = pairs.flatMap(([one, two]): Shifted[] => {
      const [before, after] = [today(one, two), then(one, two)];
      const areOne = customerOf.get(one) !== undefined && customerOf.get(one) === customerOf.get(two);
      const shift = shiftOf({ before: before.grade, after: after.grade, areOne });
      return shift ? [{ records: [one, two], shift, before: before.weight, after: after.weight }] : [];
    });
    return { pairs, shifted };
  }
}

/** Makes what one model compares of a record once, however many it is compared with. */
function weigher(evidence: ReadonlyMap<number, Evidence>, judge: Judge) {
  const made = new Map<number, Features>();
  const featuresOf = (id: number) => {
    const known = made.get(id) ?? judge.scorer.features.of(evidence.get(id)!);
    made.set(id, known);
    return known;
  };
  return (one: number, two: number) => {
    const [a, b] = [featuresOf(one), featuresOf(two)];
    const graded = gradeOf(a, [b], judge);
    const systems = [one, two].map((id) => evidence.get(id)!.system);
    const isSingle = systems[0] === systems[1] && judge.model.duplicateFree?.includes(systems[0]!);
    const grade = graded?.grade === 'same' && isSingle ? 'maybe' : (graded?.grade ?? null);
    return { grade, weight: graded?.comparison.weight ?? judge.scorer.weigh(a, b) ?? 0 };
  };
}
