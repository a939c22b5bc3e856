import type { CustomerKind } from '../customer/attributes.ts';
import { nameFields } from './ladders.ts';
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
  private readonly told: Float64Array;
  private readonly stranger: Float64Array;
  private readonly housemate: Float64Array;

  constructor(kind: CustomerKind, fields: number) {
    this.kind = kind;
    this.told = new Float64Array(fields);
    this.stranger = new Float64Array(fields);
    this.housemate = new Float64Array(fields);
  }

  /** One of the same kind that nothing was added to. */
  empty(): Linkage {
    return new Linkage(this.kind, this.told.length);
  }

  addPair({ weight, levels, stranger, housemate, veto }: Comparison): void {
    this.pairs += 1;
    this.clipped += Math.max(-clip, Math.min(clip, weight));
    if (veto !== null && isSoft(veto)) this.contradicted += 1;
    else if (veto !== null) this.isBarred = true;
    levels.forEach((level, field) => {
      if (level < 0) return;
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
    for (let field = 0; field < this.told.length; field += 1) {
      this.told[field]! += other.told[field]!;
      this.stranger[field]! += other.stranger[field]!;
      this.housemate[field]! += other.housemate[field]!;
    }
  }

  judge(scorer: Scorer, model: MatchModel): Judgement {
    const priors = scorer.priorsOf(this.kind);
    const average = this.clipped / this.pairs;
    const bits = this.profile(this.stranger);
    const alike = scorer.fieldsOf(this.kind).map((field, index) => ({ field, bits: bits[index]! }));
    const weight = this.kind === 'person' ? (this.profileWeight(priors, bits) + average) / 2 : average;
    const isCarried = isCarriedBy(this.kind, alike, model.thresholds.strong);
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

type Alike = readonly { field: string; bits: number }[];

const placeFields: readonly string[] = ['address', 'place'];

/** From so many bits on a mailbox is one that not several people read. */
const ownMailbox = 6;

/** From so many bits on a birth date is the same, not only nearly. */
const sameDate = 8;

/** From so many bits on a name is the same, but for a slip or a short form. */
const sameName = 2;

/**
 * Whether there is enough evidence besides the name. House, phone and common mailbox are what households, offices and schools share: where
 * the names are not the same they never carry by themselves, and neither does a birth date where the given name alone is another, as twins have it.
 */
function isCarriedBy(kind: CustomerKind, alike: Alike, strong: number): boolean {
  const bitsOf = (field: string) => alike.find((one) => one.field === field)?.bits ?? 0;
  // Neighbours and namesakes of one postal code live in other streets: then it is no clue.
  const place = bitsOf('address') < 0 ? 0 : placeFields.reduce((sum, field) => sum + bitsOf(field), 0);
  const others = alike.filter(
    ({ field, bits }) => !nameFields.has(field) && !placeFields.includes(field) && bits > strong,
  );
  const groups = others.length + Number(place > strong);
  const own = others.filter(({ field, bits }) => field !== 'phone' && (field !== 'email' || bits > ownMailbox));
  if (kind === 'organization') return groups > 0 && (bitsOf('name') > 0 || own.length > 0);
  const isOtherGiven = alike.some(({ field, bits }) => field === 'given' && bits !== 0 && bits < sameName);
  // Of those of whom no name is known, house and birth date say no more than of twins.
  const isNameless = bitsOf('given') === 0 && bitsOf('family') === 0;
  if (isOtherGiven || isNameless) return groups > 1 && own.some(({ field }) => field !== 'birthDate');
  if (bitsOf('family') >= 0) return groups > 0;
  return groups > 1 && own.some(({ field, bits }) => field !== 'birthDate' || bits > sameDate);
}
