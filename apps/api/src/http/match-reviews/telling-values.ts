import type { MatchReview } from '@cinch/api-contract';
import { displayValue, type AttributeId, type ByAttribute, type Value } from '@cinch/canonical-model';
import { labelOf } from '../attributes.ts';

const telling = [
  'name',
  'birthDate',
  'phone.primary',
  'email.primary',
  'address.primary',
  'identifier.national',
] as const satisfies readonly AttributeId[];

/** Of a golden record's values or a record's assertions those that tell customers apart. */
export function tellingValues(said: ByAttribute<{ value: Value | null }>): MatchReview['customers'][number]['values'] {
  return telling.flatMap((attribute) => {
    const value = said[attribute]?.value ?? null;
    return value === null ? [] : [{ attribute, label: labelOf(attribute), display: displayValue(attribute, value) }];
  });
}
