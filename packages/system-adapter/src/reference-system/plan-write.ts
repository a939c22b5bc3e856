import { canonicalJson, type Json } from '@cinch/canonical-model';
import { applyFields, type RefusedField, type RowData } from '../fields.ts';
import type { NativeModel } from './native-model.ts';

/**
 * What a write comes to: `changed` and `unchanged` may still name refused fields; `refused` means that nothing of it was taken.
 */
export type WritePlan =
  | { kind: 'changed'; data: RowData; refused: RefusedField[] }
  | { kind: 'unchanged'; refused: RefusedField[] }
  | { kind: 'refused'; refused: RefusedField[] };

/** Applies the system's rules to the fields. Takes what can be taken; the caller decides whether a part is enough. */
export function planWrite(
  model: NativeModel,
  before: RowData | null,
  fields: Record<string, Json>,
  now: number,
): WritePlan {
  const { data, refused } = applyFields(before ?? {}, fields, (path) => model.ruleFor(path, before, now));
  if (before && refused.length > 0 && refused.length === Object.keys(fields).length)
    return { kind: 'refused', refused };
  const settled = model.settle(data, before);
  if (settled.missing.length > 0) return { kind: 'refused', refused: [...refused, ...settled.missing] };
  if (before && canonicalJson(settled.data) === canonicalJson(before)) return { kind: 'unchanged', refused };
  return { kind: 'changed', data: settled.data, refused };
}
