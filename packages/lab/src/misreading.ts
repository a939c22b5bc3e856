import { compileLens, type AttributeId, type Lens, type MappingDocument } from '@cinch/canonical-model';
import type { Pair } from './pair.ts';
import { remembering } from './remembering.ts';

/**
 * How others read the first system wrongly in one attribute. *swapped*: two codes of one table stand for each other’s meanings. *behind*:
 * the system writes new codes, which the mapping in force does not know yet.
 */
export type Mistake = 'swapped' | 'behind';

export interface WrongReader {
  attribute: AttributeId;
  lens: Lens;
}

/** The first system’s mapping with one line wrong. Null where no attribute that both systems have goes by codes. */
export function wrongReader(pair: Pair, mistake: Mistake): WrongReader | null {
  const document = pair.documents[0];
  const entry = document.attributes.find(
    (one) =>
      pair.attributes[1].includes(one.attribute) &&
      one.steps.some((step) => step.step === 'codes' && Object.keys(step.table).length > 1),
  );
  if (!entry) return null;
  const attributes = document.attributes.map((one) =>
    one === entry ? { ...one, steps: one.steps.map((step) => mistaken(step, mistake)) } : one,
  );
  return { attribute: entry.attribute, lens: remembering(compileLens({ ...document, attributes }, 2, pair.model)) };
}

type Step = MappingDocument['attributes'][number]['steps'][number];

function mistaken(step: Step, mistake: Mistake): Step {
  if (step.step !== 'codes') return step;
  const entries = Object.entries(step.table);
  if (mistake === 'behind') {
    const { writeAs: _, ...rest } = step;
    return { ...rest, table: Object.fromEntries(entries.map(([code, meaning]) => [`${code}~`, meaning])) };
  }
  const [[one, first], [two, second], ...rest] = entries as [[string, string], [string, string]];
  return { ...step, table: Object.fromEntries([[one, second], [two, first], ...rest]) };
}
