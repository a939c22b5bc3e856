import {
  evidenceOf,
  linkAll,
  modelAsShipped,
  Scorer,
  shippedModel,
  type ComparedRecord,
  type Features,
} from '@cinch/canonical-model';
import type { LabelledRecord } from '../../../../scripts/linkage/data.ts';
import type { Random } from '../histories/random.ts';

const judge = { scorer: new Scorer(shippedModel), model: shippedModel };

export interface NamedFeatures {
  /** Code of the system and key. */
  name: string;
  features: Features;
}

export function featuresOf(records: readonly LabelledRecord[]): NamedFeatures[] {
  return records.map(({ id, system, kind, said, further }) => {
    const evidence = evidenceOf(kind, said, system, modelAsShipped, further);
    return { name: `${system}|${id}`, features: judge.scorer.features.of(evidence) };
  });
}

/** Who is who, by names: each customer on a line of its own. `given`: the numbers that records get, in the order in which they arrive. */
export function customersIn(records: readonly NamedFeatures[], given: readonly number[]): string[] {
  const compared = records.map(({ name, features }, at): ComparedRecord => {
    return { recordId: given[at]!, name, features, follows: null };
  });
  compared.sort((a, b) => a.recordId - b.recordId);
  const nameOf = new Map(compared.map(({ recordId, name }) => [recordId, name]));
  const { clusters } = linkAll(compared, { links: [], separations: [] }, judge);
  return inLines(clusters.map((ids) => ids.map((id) => nameOf.get(id)!)));
}

export function inLines(customers: readonly (readonly string[])[]): string[] {
  const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
  return customers.map((names) => names.toSorted(byText).join(' ')).sort(byText);
}

export function arrival(count: number, random: Random): number[] {
  return random.shuffled(Array.from({ length: count }, (_, index) => index + 1));
}
