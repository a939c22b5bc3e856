import { customerKinds, type CustomerKind } from '../../customer/attributes.ts';
import type { Judge } from '../cluster.ts';
import type { Features } from '../features.ts';
import type { MatchModel } from '../model.ts';
import { ComparedPairs } from './compared-pairs.ts';
import { trainKind, withTrained, type TrainedKind } from './train.ts';

export interface Trained {
  model: MatchModel;
  kinds: TrainedKind[];
}

interface Gathered {
  records: Features[];
  pairs: ComparedPairs;
  labels: Map<number, boolean>;
}

/** Gathers what a training looks at, bit by bit, and then learns. Records and pairs must come in one order whatever arrived when. */
export class Training {
  private readonly judge: Judge;
  private readonly matchesPerPair: number;
  private readonly of: Record<CustomerKind, Gathered>;

  /** `matchesPerPair`: 2 where each pair comes once, 1 where it comes from each of its ends. */
  constructor(judge: Judge, matchesPerPair: 1 | 2) {
    this.judge = judge;
    this.matchesPerPair = matchesPerPair;
    const gathered = (kind: CustomerKind): Gathered => {
      return { records: [], pairs: new ComparedPairs(judge.model, kind, 1_000), labels: new Map() };
    };
    this.of = { person: gathered('person'), organization: gathered('organization') };
  }

  addRecord(features: Features): void {
    this.of[features.kind].records.push(features);
  }

  /** `areOne`: what a steward has said of the two; null where nobody has. */
  addPair(a: Features, b: Features, areOne: boolean | null): void {
    const { pairs, labels } = this.of[a.kind];
    if (a.kind !== b.kind || !pairs.add(this.judge.scorer, a, b)) return;
    if (areOne !== null) labels.set(pairs.size - 1, areOne);
  }

  /** Yields every few milliseconds, for others to have their turn. */
  *learn(seed: number): Generator<void, Trained> {
    const { model, scorer } = this.judge;
    const kinds: TrainedKind[] = [];
    for (const kind of customerKinds) {
      const sample = { kind, ...this.of[kind], matchesPerPair: this.matchesPerPair };
      kinds.push(yield* trainKind(model, scorer, sample, seed));
    }
    return { model: withTrained(model, kinds), kinds };
  }
}
