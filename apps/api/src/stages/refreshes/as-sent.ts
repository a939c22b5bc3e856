import { allFields, canonicalJson, isSameValue, type FieldChange, type Json, type Lens } from '@cinch/canonical-model';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import type { UnansweredCreate } from './items.store.ts';

/** Whether the row holds every value as it was sent, or in a spelling that means the same. */
export function holdsAsSent(fields: readonly FieldChange[], data: Json, lens: Lens): boolean {
  const { kind, attributes } = lens.read(data);
  return [...Map.groupBy(fields, ({ attribute }) => attribute)].every(([attribute, sent]) => {
    if (attribute === null) return true;
    const stored = attributes[attribute];
    const spelled = Object.fromEntries(sent.map(({ path, to }) => [path, to]));
    if (sent.every(({ path, to }) => canonicalJson(stored?.fields[path]) === canonicalJson(to))) return true;
    if (stored?.value === undefined) return false;
    const meant = lens.meaning(attribute, kind, { ...stored.fields, ...spelled });
    return meant !== undefined && isSameValue(lens.model.attributeOf(attribute).shape, meant, stored.value);
  });
}

/** Whether the row shows nothing at any mapped path beyond what was sent; defaults of new records are sent along. */
function showsNoMore(fields: readonly FieldChange[], data: Json, lens: Lens): boolean {
  const sent = new Set(fields.map(({ path }) => path));
  const stored = Object.entries(allFields(lens.read(data).attributes));
  return stored.every(([path, value]) => value === null || sent.has(path));
}

/**
 * Rows that were made by creates without an answer, where the system keeps no delivery ids. A row that holds what was sent may also be
 * somebody else of that name: it is taken only where it shows nothing else and neither it nor the create has another choice. Any other
 * such row is one like all, and its creates may have been carried out or not.
 */
export function madeUnnamed(
  rows: readonly AdapterRow[],
  unanswered: readonly UnansweredCreate[],
  lens: Lens,
): { made: Map<string, UnansweredCreate>; perhaps: Set<UnansweredCreate> } {
  const comparable = unanswered.filter(({ fields }) => fields?.some(({ attribute }) => attribute !== null));
  const pairs = rows.flatMap(({ key, data }) =>
    comparable
      .filter(({ fields }) => holdsAsSent(fields!, data as Json, lens))
      .map((one) => ({ key, one, isWhole: showsNoMore(one.fields!, data as Json, lens) })),
  );
  const isOnly = ({ key, one, isWhole }: (typeof pairs)[number]) =>
    isWhole && !one.perhapsMade && pairs.filter((other) => other.key === key || other.one === one).length === 1;
  const made = new Map(pairs.filter(isOnly).map(({ key, one }) => [key, one]));
  return { made, perhaps: new Set(pairs.filter((pair) => !isOnly(pair)).map(({ one }) => one)) };
}
