import { canonicalJson, type AttributeId, type CustomerKind, type Value } from '@cinch/canonical-model';
import { createRandom, type Random } from '@cinch/demo-population/random';
import type { Creation, Edit, Log, Meant } from './meant.ts';
import { other, ownerOf, shapeOf, sides, writtenBy, type Pair, type Side } from './pair.ts';
import { dayMs, type Setting } from './setting.ts';
import { Truth } from './truth.ts';
import { invented } from './values.ts';

type Shape = ReturnType<typeof shapeOf>;

/** How often attributes of a shape are changed, one beside the other. */
const weights: Partial<Record<Shape, number>> = {
  phone: 3,
  email: 2,
  address: 2,
  phase: 2,
  name: 1,
  yesNo: 1,
  money: 1,
};
/** Of a hundred changes so many are of the attribute; one that is ever changed is not left out. */
function sharesOf(own: Readonly<Record<AttributeId, number>>, id: AttributeId): number {
  const all = Object.values(own).reduce((sum, one) => sum + one, 0);
  return Math.ceil((100 * (own[id] ?? 0)) / Math.max(1, all));
}

const organizationShare = 0.1;
const clearedShare = 0.03;
/** A few customers are much busier than the others: the busiest hundredth has some twentieth of all that happens. */
const skew = 1.5;
/** Events that begin sooner than this after the last one of a day would run into the next. */
const daySeconds = dayMs / 1000 - 60;

/** The log of what people mean over the days: drawn from the seed, before and apart from any way of keeping systems in step. */
export function workloadOf(pair: Pair, setting: Setting): Log {
  return new Workload(pair, setting).log();
}

class Workload {
  private readonly pair: Pair;
  private readonly setting: Setting;
  private readonly random: Random;
  private readonly truth: Truth;
  private readonly entries: Meant[] = [];
  private readonly weighted: readonly AttributeId[];
  private readonly counts: readonly AttributeId[];

  constructor(pair: Pair, setting: Setting) {
    this.pair = pair;
    this.setting = setting;
    this.random = createRandom(setting.seed);
    this.truth = new Truth(pair, 'least');
    const all = [...new Set(pair.attributes.flat())];
    this.counts = all.filter((id) => shapeOf(pair.model, id) === 'count' && this.mayAdd(id) !== null);
    const { weights: own } = setting;
    const weightOf = (id: AttributeId) => (own ? sharesOf(own, id) : (weights[shapeOf(pair.model, id)] ?? 1));
    const weighted = all
      .filter((id) => !this.counts.includes(id))
      .flatMap((id) => Array.from({ length: weightOf(id) }, () => id));
    this.weighted = weighted.length > 0 ? weighted : all;
  }

  log(): Log {
    const { customers, days, rates } = this.setting;
    const start = Array.from({ length: customers }, (_, customer) => this.creation(customer, 0, 0));
    for (const one of start) this.truth.hear(one);
    const acts = [
      ['edit', rates.edits],
      ['increment', this.counts.length > 0 ? rates.increments : 0],
      ['create', rates.creates],
      ['delete', rates.deletes],
      ['merge', rates.merges],
    ] as const;
    for (let day = 1; day <= days; day += 1) {
      const today = acts.flatMap(([act, rate]) =>
        Array.from({ length: this.howMany((rate * customers) / 365) }, () => act),
      );
      const times = today.map(() => day * dayMs + this.random.integer(0, daySeconds) * 1000).sort((a, b) => a - b);
      this.random.shuffled(today).forEach((act, index) => this.act(act, times[index]!));
    }
    return { start, entries: this.entries.sort((a, b) => a.at - b.at) };
  }

  /** A whole number that comes to this on average. */
  private howMany(expected: number): number {
    const whole = Math.floor(expected);
    return whole + (this.random.chance(expected - whole) ? 1 : 0);
  }

  private act(act: Meant['act'], at: number): void {
    switch (act) {
      case 'edit':
        return this.edit(at);
      case 'increment':
        return this.increment(at);
      case 'create':
        return this.say(this.creation(this.truth.customers.length, at, this.random.pick(sides)));
      case 'delete':
        return this.end(at, null);
      case 'merge':
        return this.end(at, this.someone());
    }
  }

  private say(entry: Meant): void {
    this.entries.push(entry);
    this.truth.hear(entry);
  }

  private someone(): number {
    return Math.floor(this.truth.customers.length * this.random.next() ** skew);
  }

  private creation(customer: number, at: number, where: Side): Creation {
    const kind: CustomerKind = this.random.chance(organizationShare) ? 'organization' : 'person';
    const values: Record<AttributeId, Value> = {};
    for (const attribute of new Set(this.pair.attributes.flat())) {
      const value = invented(shapeOf(this.pair.model, attribute), kind, this.random, at);
      // Who is new is entered in one system, with what it can say and may; at the start both know all.
      const said = at === 0 ? this.saidByWidest(attribute, kind, value) : this.saidWhere(where, attribute, kind, value);
      if (said !== null) values[attribute] = said;
    }
    return { act: 'create', at, customer, where, kind, values };
  }

  private saidWhere(where: Side, attribute: AttributeId, kind: CustomerKind, value: Value): Value | null {
    return this.mayEdit(attribute, where) ? this.said(where, attribute, kind, value) : null;
  }

  /** Of the two systems the one that says most of it. */
  private saidByWidest(attribute: AttributeId, kind: CustomerKind, value: Value): Value | null {
    const all = sides.map((side) => this.said(side, attribute, kind, value)).filter((said) => said !== null);
    return all.toSorted((a, b) => canonicalJson(b).length - canonicalJson(a).length)[0] ?? null;
  }

  /** What a user of the system can say of the value. */
  private said(side: Side, attribute: AttributeId, kind: CustomerKind, value: Value): Value | null {
    const lens = this.pair.lenses[side];
    const fields = writtenBy(lens, attribute, kind, value);
    return (fields && lens.meaning(attribute, kind, fields)) ?? null;
  }

  private edit(at: number): void {
    const customer = this.someone();
    const attribute = this.random.pick(this.weighted);
    const places = sides.filter((side) => this.truth.customers[customer]!.isIn[side] && this.mayEdit(attribute, side));
    if (places.length === 0) return;
    const where = this.random.pick(places);
    const seen = this.truth.customers[customer]!.values[attribute];
    this.typeIn(customer, attribute, where, at);
    const beside = other(where);
    const isBeside = places.includes(beside) && this.random.chance(this.setting.rates.simultaneous);
    // Who types at the same moment still sees what was there before, and changes that.
    if (isBeside) this.typeIn(customer, attribute, beside, at + 1000, seen);
  }

  private typeIn(customer: number, attribute: AttributeId, where: Side, at: number, seen?: Value | null): void {
    const { kind } = this.truth.customers[customer]!;
    const shape = shapeOf(this.pair.model, attribute);
    const isCleared = (shape === 'phone' || shape === 'email') && this.random.chance(clearedShare);
    const value = isCleared ? null : this.said(where, attribute, kind, invented(shape, kind, this.random, at));
    if (value === null && !(isCleared && this.canClear(attribute, kind))) return;
    if (seen !== undefined && this.isShownAlike(where, attribute, kind, value, seen)) return;
    this.say({ act: 'edit', at, customer, where, attribute, value } satisfies Edit);
  }

  private isShownAlike(
    side: Side,
    attribute: AttributeId,
    kind: CustomerKind,
    one: Value | null,
    two: Value | null,
  ): boolean {
    const [a, b] = [one, two].map((value) => writtenBy(this.pair.lenses[side], attribute, kind, value));
    return canonicalJson(a!) === canonicalJson(b!);
  }

  /** Whether *there is none* can be said, and heard, in both. */
  private canClear(attribute: AttributeId, kind: CustomerKind): boolean {
    return this.pair.lenses.every((lens) => {
      const fields = writtenBy(lens, attribute, kind, null);
      return fields !== null && lens.meaning(attribute, kind, fields) === null;
    });
  }

  private increment(at: number): void {
    const customer = this.someone();
    const attribute = this.random.pick(this.counts);
    const where = this.mayAdd(attribute)!;
    const { isIn, values } = this.truth.customers[customer]!;
    if (!isIn[where] || values[attribute] === undefined) return;
    this.say({ act: 'increment', at, customer, where, attribute, by: this.random.integer(1, 50) });
  }

  private end(at: number, into: number | null): void {
    const customer = this.someone();
    const { isIn } = this.truth.customers[customer]!;
    const where = this.random.pick(sides);
    // The last record of a customer stays: what nobody holds cannot differ.
    if (!isIn[0] || !isIn[1]) return;
    if (into === null) return this.say({ act: 'delete', at, customer, where });
    if (into !== customer && this.truth.customers[into]!.isIn[where])
      this.say({ act: 'merge', at, customer, where, into });
  }

  private mayEdit(attribute: AttributeId, side: Side): boolean {
    const owner = ownerOf(this.pair, attribute);
    return this.pair.attributes[side].includes(attribute) && (owner === null || owner === this.pair.codes[side]);
  }

  /** The one system that counts it up. */
  private mayAdd(attribute: AttributeId): Side | null {
    return sides.find((side) => this.mayEdit(attribute, side)) ?? null;
  }
}
