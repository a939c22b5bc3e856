import { allFields, canonicalJson, type FieldChange, type Json, type Lens } from '@cinch/canonical-model';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import type { UnansweredCreate } from './items.store.ts';

/** Whether the row holds every value as it was sent. */
export function holdsAsSent(fields: readonly FieldChange[], data: Json, lens: Lens): boolean {
  const stored = allFields(lens.read(data).attributes);
  return fields.every(
    ({ path, attribute, to }) => attribute === null || canonicalJson(stored[path]) === canonicalJson(to),
  );
}

/** Rows that were made by creates without an answer, where the system keeps no delivery ids: each by one, and each create made one. */
export function madeUnnamed(
  rows: readonly AdapterRow[],
  unanswered: readonly UnansweredCreate[],
  lens: Lens,
): Map<string, UnansweredCreate> {
  const left = new Set(unanswered.filter(({ fields }) => fields?.some(({ attribute }) => attribute !== null)));
  const made = new Map<string, UnansweredCreate>();
  for (const { key, data } of rows) {
    const one = [...left].find(({ fields }) => holdsAsSent(fields!, data as Json, lens));
    if (!one) continue;
    left.delete(one);
    made.set(key, one);
  }
  return made;
}
