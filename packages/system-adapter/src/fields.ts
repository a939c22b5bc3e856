import { type Json, parsePath, type ParsedPath, writePath } from '@cinch/canonical-model';
import type { z } from 'zod';
import type { refusedField } from './protocol.ts';

export type RowData = Record<string, Json>;
export type RefusedField = z.infer<typeof refusedField>;

/** What a business rule makes of one value: the value as the system keeps it, or why it is not taken. */
export type Verdict = { value: Json } | { code: string; detail: string };

/** Judges one value before it is written. `row` is the row so far, paths that sort before this one being written already. */
export type FieldRule = (value: Json, row: RowData, path: ParsedPath) => Verdict;

/**
 * Writes the fields onto a copy of the row, each judged by its rule, and names those that were not taken; they leave the row as
 * it was. Paths are written in their sorted order, so the result does not depend on the order in which they came: a removed
 * element (`phones[primary=true]`) goes before its members, a country before its postal code.
 */
export function applyFields(
  data: RowData,
  fields: Record<string, Json>,
  ruleFor: (path: ParsedPath) => FieldRule | null,
): { data: RowData; refused: RefusedField[] } {
  const refused: RefusedField[] = [];
  let row = data;
  for (const text of Object.keys(fields).sort()) {
    const parsed = parsePath(text);
    const rule = parsed.ok ? ruleFor(parsed.path) : null;
    if (!parsed.ok || !rule) {
      const detail = parsed.ok ? `This system has no field "${text}".` : parsed.detail;
      refused.push({ path: text, code: 'unknown-field', detail });
      continue;
    }
    const verdict = rule(fields[text] ?? null, row, parsed.path);
    if ('code' in verdict) refused.push({ path: text, ...verdict });
    else row = writePath(row, parsed.path, verdict.value) as RowData;
  }
  return { data: row, refused };
}
