import type { CustomerKind } from '../customer/attributes.ts';
import { isCarriedBy } from './carried.ts';
import type { MatchModel } from './model.ts';
import { perBit } from './rarity.ts';
import { isSoft } from './contradictions.ts';
import { againstBoth, type Comparison, type Scorer } from './score.ts';

/** A single pair speaks for or against a union with at most so many ten-thousandths of a bit. */
const clip = 20 * perBit;

/** How well two groups go together. */
export interface Judgement {
  /** Ten-thousandths of a bit. */
  weight: number;
  isVetoed: boolean;
  /** Two of them must not stand together whoever else does. */
  isBarred: boolean;
  /** There is enough evidence besides the name. */
  isCarried: boolean;
}

/** What the records of two groups say together, pair by pair: sums that grow when groups are united. */
export class Linkage {
  readonly kind: CustomerKind;
  private pairs = 0;
  private clipped = 0;
  private isBarred = false;
  private contradicted = 0;
  private isGivenSlip = false;
  /** The best level of any pair, −1 where none can be compared. */
  private readonly best: Int8Array;
  private readonly told: Float64Array;
  private readonly stranger: Float64Array;
  private readonly housemate: Float64Array;

  constructor(kind: CustomerKind, fields: number) {
    this.kind = kind;
    this.best = new Int8Array(fields).fill(-1);
    this.told = new Float64Array(fields);
    this.stranger = new Float64Array(fields);
    this.housemate = new Float64Array(fields);
  }

  /** One of the same kind that nothing was added to. */
  empty(): Linkage {
    return new Linkage(this.kind, this.told.length);
  }

  addPair({ weight, levels, stranger, housemate, veto, isGivenSlip }: Comparison): void {
    this.isGivenSlip ||= isGivenSlip;
    this.pairs += 1;
    this.clipped += Math.max(-clip, Math.min(clip, weight));
    if (veto !== null && isSoft(veto)) this.contradicted += 1;
    else if (veto !== null) this.isBarred = true;
    levels.forEach((level, field) => {
      if (level < 0) return;
      this.best[field] = Math.max(this.best[field]!, level);
      this.told[field]! += 1;
      this.stranger[field]! += 2 ** (stranger[field]! / perBit);
      this.housemate[field]! += 2 ** (housemate[field]! / perBit);
    });
  }

  add(other: Linkage): void {
    this.pairs += other.pairs;
    this.clipped += other.clipped;
    this.isBarred ||= other.isBarred;
    this.contradicted += other.contradicted;
    this.isGivenSlip ||= other.isGivenSlip;
    for (let field = 0; field < this.told.length; field += 1) {
      this.best[field] = Math.max(this.best[field]!, other.best[field]!);
      this.told[field]! += other.told[field]!;
      this.stranger[field]! += other.stranger[field]!;
      this.housemate[field]! += other.housemate[field]!;
    }
  }

  judge(scorer: Scorer, model: MatchModel): Judgement {
    const priors = scorer.priorsOf(this.kind);
    const average = this.clipped / this.pairs;
    const bits = this.profile(this.stranger);
    const told = scorer.fieldsOf(this.kind).map((field, index) => {
      return { field, level: this.best[index]!, bits: bits[index]! };
    });
    const weight = this.kind === 'person' ? (this.profileWeight(priors, bits) + average) / 2 : average;
    const isCarried = isCarriedBy(this.kind, told, model.thresholds.strong, {
      isDoubted: 4 * this.contradicted > this.pairs,
      isGivenSlip: this.isGivenSlip,
    });
    // Records between them that contradict neither may bring two together which contradict each other once; not where as many pairs do.
    const isVetoed = this.isBarred || 2 * this.contradicted >= this.pairs;
    return { weight: Math.round(weight), isVetoed, isBarred: this.isBarred, isCarried };
  }

  private profileWeight(priors: { stranger: number; housemate: number }, bits: readonly number[]): number {
    const sum = (values: readonly number[]) => values.reduce((total, one) => total + one, 0) * perBit;
    return againstBoth(priors.stranger + sum(bits), priors.housemate + sum(this.profile(this.housemate)));
  }

  /** Per field, bits of the mean likelihood ratio over all pairs that can be compared in it. */
  private profile(ratios: Float64Array): number[] {
    return Array.from(ratios, (ratio, field) => (this.told[field]! === 0 ? 0 : Math.log2(ratio / this.told[field]!)));
  }
}
