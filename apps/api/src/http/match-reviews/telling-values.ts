import type { MatchReview } from '@cinch/api-contract';
import type { ByAttribute, Model, Value } from '@cinch/canonical-model';

/** Of a golden record's values or a record's assertions those that tell customers apart. */
export function tellingValues(
  said: ByAttribute<{ value: Value | null }>,
  model: Model,
): MatchReview['customers'][number]['values'] {
  const telling = model.plainIds.filter((id) => model.attributeOf(id).matching !== undefined);
  return telling.flatMap((attribute) => {
    const value = said[attribute]?.value ?? null;
    if (value === null) return [];
    return [{ attribute, label: model.labelOf(attribute), display: model.words(attribute, value) }];
  });
}
