import type { CustomerKind } from '../customer/attributes.ts';
import { arePersonsAlike, areTradesAlike } from './names-alone.ts';
import { areSwapped, family, familyLevel, given, givenLevel, isGivenSlip, middleLevel } from './compare-names.ts';
import { tradeLevel } from './compare-trades.ts';
import { areExclusivesNear, partedBy } from './contradictions.ts';
import {
  addressLevel,
  dateLevel,
  emailLevel,
  identifierLevel,
  isOneHouse,
  phoneLevel,
  placeLevel,
} from './compare-values.ts';
import { FeatureMaker, type Features, type PersonName, type Weighed } from './features.ts';
import { fieldsOf, levelsOf } from './ladders.ts';
import type { MatchModel } from './model.ts';
import { perBit } from './rarity.ts';
import { traitLevel, traitsOf } from './traits.ts';

/** Why two records may not stand together whatever else agrees. */
export type Veto = NonNullable<ReturnType<typeof partedBy>> | 'nearIdentifier';

/** Two records compared. All numbers are ten-thousandths of a bit, one a field; level −1: one of the two says nothing. */
export interface Comparison {
  kind: CustomerKind;
  weight: number;
  levels: readonly number[];
  stranger: readonly number[];
  housemate: readonly number[];
  veto: Veto | null;
  /** Their given names are one, but for a letter that was written amiss. */
  isGivenSlip: boolean;
}

/** One field counts at most so much, whatever the ladder and the rarity of its value say. */
const most = 14 * perBit;
const least = -6 * perBit;

interface KindTables {
  stranger: Int32Array[];
  housemate: Int32Array[];
  /** What speaks for a housemate before anything is compared. */
  prior: number;
}

const identifierField = { person: 7, organization: 3 } as const;

/** Weighs pairs of records by one model. It keeps what it compared last, so that the loop over all pairs makes no objects. */
export class Scorer {
  readonly features: FeatureMaker;
  /** What speaks for *the same* before anything is compared: a record may be mistaken for any of the population. */
  readonly prior: number;
  private readonly tables: Record<CustomerKind, KindTables>;
  private readonly isExclusive: boolean;
  private readonly fields: Record<CustomerKind, readonly string[]>;
  private readonly levels: Int8Array;
  private readonly stranger: Int32Array;
  private readonly housemate: Int32Array;
  private veto: Veto | null = null;
  private isGivenSlip = false;

  constructor(model: MatchModel) {
    this.features = new FeatureMaker(model);
    this.prior = Math.round(
      (-Math.log2(model.population) + Math.min(2, Math.log2(model.matchesPerRecord) / 2)) * perBit,
    );
    this.tables = { person: tablesOf(model, 'person'), organization: tablesOf(model, 'organization') };
    this.isExclusive = model.identifiers.national.exclusive;
    this.fields = { person: comparedFields(model, 'person'), organization: comparedFields(model, 'organization') };
    const size = Math.max(this.fields.person.length, this.fields.organization.length);
    this.levels = new Int8Array(size);
    this.stranger = new Int32Array(size);
    this.housemate = new Int32Array(size);
  }

  /** What is compared, in the order of the levels of a comparison: the kind's ladders, then the model's traits. */
  fieldsOf(kind: CustomerKind): readonly string[] {
    return this.fields[kind];
  }

  /** The weight alone: null for records of different kinds. */
  weigh(a: Features, b: Features): number | null {
    if (a.kind !== b.kind) return null;
    const { kind } = a;
    this.levels.fill(-1);
    this.veto = null;
    this.isGivenSlip = false;
    if (kind === 'person') this.persons(a, b);
    else this.organizations(a, b);
    const fields = this.fields[kind].length;
    let [stranger, housemate] = [this.prior, this.tables[kind].prior];
    for (let field = 0; field < fields; field += 1) {
      if (this.levels[field]! < 0) continue;
      stranger += this.stranger[field]!;
      housemate += this.housemate[field]!;
    }
    return againstBoth(stranger, housemate);
  }

  compare(a: Features, b: Features): Comparison | null {
    const weight = this.weigh(a, b);
    if (weight === null) return null;
    const fields = this.fields[a.kind].length;
    const levels = Array.from(this.levels.subarray(0, fields));
    const told = (weights: Int32Array) => levels.map((level, field) => (level < 0 ? 0 : weights[field]!));
    const { kind } = a;
    const veto = partedBy(a, b, this.isExclusive) ?? this.veto;
    const { isGivenSlip } = this;
    return { kind, weight, levels, stranger: told(this.stranger), housemate: told(this.housemate), veto, isGivenSlip };
  }

  /** Whether the names alone could be one's: the question of a person who sees nothing else. */
  areNamesAlike(a: Features, b: Features): boolean {
    return a.kind === b.kind && (a.kind === 'person' ? arePersonsAlike(a, b) : areTradesAlike(a, b));
  }

  /** Before anything is compared: for *the same* against a stranger, and against a housemate. */
  priorsOf(kind: CustomerKind): { stranger: number; housemate: number } {
    return { stranger: this.prior, housemate: this.tables[kind].prior };
  }

  private persons(a: Features, b: Features): void {
    this.bestNames(a, b);
    this.best('person', 4, a.dates, b.dates, (one, other) => dateLevel(one.text, other.text), 5);
    this.contacts('person', 5, a, b);
  }

  private organizations(a: Features, b: Features): void {
    this.best('organization', 0, a.trades, b.trades, tradeLevel, 6);
    this.contacts('organization', 1, a, b);
  }

  /** E-mail, phone, identifier and address stand in this order in both ladders, from the field `first` on. */
  private contacts(kind: CustomerKind, first: number, a: Features, b: Features): void {
    this.best(kind, first, a.emails, b.emails, emailLevel, 4);
    this.best(kind, first + 1, a.phones, b.phones, phoneLevel, 2);
    this.best(kind, first + 2, a.identifiers, b.identifiers, identifierLevel, 2);
    // An exclusive identifier that is off by a digit is a question for a person.
    if (this.levels[identifierField[kind]] === 1 && (this.isExclusive || areExclusivesNear(a, b)))
      this.veto = 'nearIdentifier';
    this.bestPlaces(kind, first + 3, a, b);
    for (let trait = 0; trait < a.traits.length; trait += 1)
      this.best(kind, first + 5 + trait, a.traits[trait]!, b.traits[trait]!, traitLevel, 2);
  }

  /** Of all values of the one and the other, the two that agree best. */
  private best<Value extends Weighed>(
    kind: CustomerKind,
    field: number,
    a: readonly Value[],
    b: readonly Value[],
    levelOf: (a: Value, b: Value) => number,
    same: number,
  ): void {
    for (const one of a) {
      for (const other of b) {
        const level = levelOf(one, other);
        if (level >= 0) this.take(kind, field, level, level === same ? Math.min(one.rarity, other.rarity) : 0);
      }
    }
  }

  private take(kind: CustomerKind, field: number, level: number, rarity: number): void {
    const { stranger, housemate } = this.tables[kind];
    const weight = capped(stranger[field]![level]! + rarity);
    if (this.levels[field]! >= 0 && weight <= this.stranger[field]!) return;
    this.levels[field] = level;
    this.stranger[field] = weight;
    this.housemate[field] = housemate[field]![level]!;
  }

  private bestNames(a: Features, b: Features): void {
    let best = Number.NEGATIVE_INFINITY;
    const { stranger } = this.tables.person;
    for (const one of a.names) {
      for (const other of b.names) {
        const [first, last] = [givenLevel(one, other), familyLevel(one.family, other.family)];
        const sum = this.weightOf(0, first, one.given) + this.weightOf(1, last, one.family);
        if (sum > best) best = this.takeNames(one, other, first, last, sum);
        const swapped = sum < perBit ? areSwapped(one, other) : null;
        if (swapped) {
          const level = swapped.isGiven ? given.swapped : given.none;
          const turned = (level < 0 ? 0 : stranger[0]![level]!) + stranger[1]![family.swapped]!;
          if (turned > best) best = this.takeNames(one, other, level, family.swapped, turned);
        }
      }
    }
  }

  private takeNames(one: PersonName, other: PersonName, first: number, last: number, sum: number): number {
    const { stranger, housemate } = this.tables.person;
    const suffix = one.suffix === '' || other.suffix === '' ? -1 : Number(one.suffix === other.suffix);
    [first, last, middleLevel(one.middle, other.middle), suffix].forEach((level, field) => {
      this.levels[field] = level;
      if (level < 0) return;
      this.stranger[field] = stranger[field]![level]!;
      this.housemate[field] = housemate[field]![level]!;
    });
    this.isGivenSlip = isGivenSlip(one, other, first);
    if (first === given.same) this.stranger[0] = this.weightOf(0, first, one.given);
    if (last === family.same) this.stranger[1] = this.weightOf(1, last, one.family);
    return sum;
  }

  private weightOf(field: number, level: number, part: Weighed | null): number {
    if (level < 0) return 0;
    const isSame = level === (field === 0 ? given.same : family.same);
    return capped(this.tables.person.stranger[field]![level]! + (isSame ? part!.rarity : 0));
  }

  private bestPlaces(kind: CustomerKind, field: number, a: Features, b: Features): void {
    let best = Number.NEGATIVE_INFINITY;
    const { stranger, housemate } = this.tables[kind];
    for (const one of a.places) {
      for (const other of b.places) {
        const isShared = one.isShared && isOneHouse(one, other);
        // Who is of one school, office or home has its postal code too.
        const place = isShared ? -1 : placeLevel(one, other);
        // Who lives elsewhere has another address: that is one difference, not two.
        const address = place === 0 ? -1 : isShared ? 2 : addressLevel(one, other);
        const rarity = place === 3 ? one.postcodeRarity : place === 1 && one.town === other.town ? one.townRarity : 0;
        const ofAddress = address < 0 ? 0 : stranger[field]![address]!;
        const ofPlace = place < 0 ? 0 : capped(stranger[field + 1]![place]! + rarity);
        if (ofAddress + ofPlace <= best) continue;
        best = ofAddress + ofPlace;
        this.levels[field] = address;
        this.stranger[field] = ofAddress;
        this.housemate[field] = address < 0 ? 0 : housemate[field]![address]!;
        this.levels[field + 1] = place;
        this.stranger[field + 1] = ofPlace;
        this.housemate[field + 1] = place < 0 ? 0 : housemate[field + 1]![place]!;
      }
    }
  }
}

/** log2 odds of *the same* against the two rivals together. */
export function againstBoth(stranger: number, housemate: number): number {
  const [low, high] = stranger < housemate ? [stranger, housemate] : [housemate, stranger];
  return Math.round(low - Math.log2(1 + 2 ** ((low - high) / perBit)) * perBit);
}

function capped(weight: number): number {
  return weight > most ? most : weight < least ? least : weight;
}

/** What is compared, in the order of the levels of a comparison: the fields of the ladders, then the traits that the model weighs. */
export function comparedFields(model: MatchModel, kind: CustomerKind): readonly string[] {
  return [...fieldsOf[kind], ...traitsOf(model, kind)];
}

function tablesOf(model: MatchModel, kind: CustomerKind): KindTables {
  const { levels, traits = {}, housemate } = model[kind];
  const weights = { ...traits, ...levels } as Record<string, Record<string, [number, number]>>;
  const column = (rival: 0 | 1) =>
    comparedFields(model, kind).map((field) =>
      Int32Array.from(levelsOf(kind, field), (level) => Math.round(weights[field]![level]![rival] * perBit)),
    );
  return { stranger: column(0), housemate: column(1), prior: Math.round(housemate * perBit) };
}
