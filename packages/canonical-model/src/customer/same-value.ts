import { isSameJson } from '../json.ts';
import type { Value } from './attributes.ts';
import type { Shape } from './shapes/shape.ts';

/** Whether two values of a shape say the same, however they are spelt: they never compete, and neither is written over the other. */
export function isSameValue({ classOf }: Pick<Shape, 'classOf'>, one: Value | null, other: Value | null): boolean {
  if (one === other) return true;
  if (one === null || other === null) return false;
  return isSameJson(one, other) || classOf(one) === classOf(other);
}
