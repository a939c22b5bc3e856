import { labelOfLevel, levelsOf } from './ladders.ts';
import { perBit } from './rarity.ts';
import type { Comparison, Scorer, Veto } from './score.ts';

/** One step of the waterfall from nothing to the weight. */
export interface Bar {
  /** The field or the trait, or what stands beside the fields: `prior` and `housemate`. */
  of: string;
  /** The level of the field's ladder. */
  level: string | null;
  label: string;
  /** Bits, exact to four places. */
  bits: number;
}

export interface Explanation {
  /** The sum of the bars, in bits. */
  weight: number;
  bars: Bar[];
  veto: { reason: Veto; label: string } | null;
}

const vetoLabels: Record<Veto, string> = {
  several: 'More than one thing contradicts: they are never linked by themselves.',
  generation: 'Their birth dates are twelve years or more apart: they are never linked by themselves.',
  decade:
    'Their birth dates are twelve years or more apart, by one digit: a slip, or a parent and a child. A person has to say.',
  birthDate: 'Their birth dates differ by more than a slip, and nothing outweighs that: a person has to say.',
  given: 'Their given names are two names, and nothing outweighs that: a person has to say.',
  suffix: 'One is junior, the other senior or the like: they are never linked by themselves.',
  unit: 'They live in two flats of one house, and nothing outweighs that: a person has to say.',
  legalForm: 'Their legal forms differ, as those of two companies do: a person has to say.',
  number: 'Their names hold different numbers, as those of two plants do: a person has to say.',
  identifier: 'Their exclusive identifiers differ: they are never linked by themselves.',
  nearIdentifier: 'Their exclusive identifiers differ by one digit: a person has to say whether that is a slip.',
};

/** Why two records weigh what they weigh. The bars add up to the weight exactly: they are summed in ten-thousandths of a bit. */
export function explain({ kind, weight, levels, stranger, veto }: Comparison, scorer: Scorer): Explanation {
  const fields = scorer.fieldsOf(kind).flatMap((field, index): (Bar & { units: number })[] => {
    if (levels[index]! < 0) return [];
    const level = levelsOf(kind, field)[levels[index]!]!;
    return [bar({ of: field, level, label: labelOfLevel(kind, field, level) }, stranger[index]!)];
  });
  const rest = weight - scorer.prior - fields.reduce((sum, one) => sum + one.units, 0);
  const rival = kind === 'person' ? 'Might be somebody of the same house' : 'Might be a sister site';
  return {
    weight: weight / perBit,
    bars: [
      bar({ of: 'prior', level: null, label: 'So many records it might be mistaken for' }, scorer.prior),
      ...fields,
      bar({ of: 'housemate', level: null, label: rival }, rest),
    ].map(({ units: _, ...shown }) => shown),
    veto: veto && { reason: veto, label: veto === 'several' ? severalIn(fields) : vetoLabels[veto] },
  };
}

/** Of these one customer can hardly have two; that mailboxes, phones or towns differ contradicts nothing. */
const contradicting: ReadonlySet<Bar['of']> = new Set<string>([
  'given',
  'suffix',
  'birthDate',
  'identifier',
  'address',
  'name',
]);

/** Names what contradicts, as far as a field's level shows it: of flats, legal forms and numbers in names none does. */
function severalIn(fields: readonly Bar[]): string {
  const named = fields.filter(({ of, bits }) => bits < 0 && contradicting.has(of)).map(({ label }) => label);
  if (named.length === 0) return vetoLabels.several;
  const more = named.length === 1 ? ['More than that contradicts'] : [];
  return `${[...named, ...more].join('. ')}: they are never linked by themselves.`;
}

function bar(told: Omit<Bar, 'bits'>, units: number): Bar & { units: number } {
  return { ...told, bits: units / perBit, units };
}
