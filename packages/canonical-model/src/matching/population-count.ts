import type { Evidence } from './evidence.ts';
import { countedFields, type CountedField, type MatchModel } from './model.ts';
import { Rarity } from './rarity.ts';

const mostNamed = 2_000;

/** Counts how often each value comes in a population, one record at a time, for a model to know what is common. */
export class PopulationCount {
  private records = 0;
  private readonly values = new Map<CountedField, number>();
  private readonly counts = new Map<CountedField, Map<string, number>>(
    countedFields.map((field) => [field, new Map()]),
  );

  private readonly traits = new Map<string, { values: number; counts: Map<string, number> }>();

  add(evidence: Evidence): void {
    this.records += 1;
    const each = (field: CountedField, values: readonly string[]) => {
      const counts = this.counts.get(field)!;
      const distinct = new Set(values.filter((value) => value !== ''));
      for (const value of distinct) counts.set(value, (counts.get(value) ?? 0) + 1);
      if (distinct.size > 0) this.values.set(field, (this.values.get(field) ?? 0) + 1);
    };
    each('given', evidence.persons.map((name) => name.given)); // prettier-ignore
    each('family', evidence.persons.map((name) => name.family)); // prettier-ignore
    each('birthDate', evidence.dates);
    each('email', evidence.emails);
    each('phone', evidence.phones.map((phone) => phone.replace(/\D/g, '').slice(-10))); // prettier-ignore
    each('identifier', evidence.identifiers);
    each('postcode', evidence.places.map((place) => place.postcode)); // prettier-ignore
    each('town', evidence.places.map((place) => place.town)); // prettier-ignore
    for (const [trait, values] of Object.entries(evidence.traits ?? {})) this.trait(trait, values);
    each('word', evidence.organizations.flatMap((name) => name.split(' '))); // prettier-ignore
  }

  private trait(trait: string, values: readonly string[]): void {
    const of = this.traits.get(trait) ?? { values: 0, counts: new Map<string, number>() };
    this.traits.set(trait, of);
    of.values += 1;
    for (const value of values) of.counts.set(value, (of.counts.get(value) ?? 0) + 1);
  }

  /** The model with what was counted in place of what it knew. `at`: ISO instant of the count. */
  into(model: MatchModel, at: string): MatchModel {
    const frequencies = countedFields.flatMap(
      (field): [CountedField, { values: number; counts: Record<string, number> }][] => {
        const values = this.values.get(field) ?? 0;
        if (values === 0) return [];
        return [[field, { values, counts: frequentOf(this.counts.get(field)!, Rarity.leastCount(field, values)) }]];
      },
    );
    const { records } = this;
    return {
      ...model,
      population: Math.max(2, records),
      counted: { at, records },
      frequencies: Object.fromEntries(frequencies),
      ...(this.traits.size > 0 && { traitFrequencies: this.traitFrequencies() }),
    };
  }

  private traitFrequencies(): NonNullable<MatchModel['traitFrequencies']> {
    const counted = [...this.traits].sort(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      counted.map(([trait, { values, counts }]) => {
        return [trait, { values, counts: frequentOf(counts, Rarity.leastCount(null, values)) }];
      }),
    );
  }
}

function frequentOf(counts: ReadonlyMap<string, number>, least: number): Record<string, number> {
  const named = [...counts].filter(([, count]) => count >= least);
  named.sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  return Object.fromEntries(named.slice(0, mostNamed));
}
