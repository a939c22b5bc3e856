import { attributeOf, type AttributeId, type Value } from './attributes.ts';

/** The value on one line, as screens show it. */
export function displayValue(attribute: AttributeId, value: Value | null): string {
  return value === null ? 'none' : attributeOf(attribute).shape.words(value);
}
