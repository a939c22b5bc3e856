import { canonicalJson } from '../json.ts';
import { attributeOf, type AttributeId, type Value } from './attributes.ts';

/** Whether two values of an attribute say the same, however they are spelt: they never compete, and neither is written over the other. */
export function isSameValue(attribute: AttributeId, one: Value | null, other: Value | null): boolean {
  if (one === other) return true;
  if (one === null || other === null) return false;
  const { classOf } = attributeOf(attribute).shape;
  return canonicalJson(one) === canonicalJson(other) || classOf(one) === classOf(other);
}
