import {
  canonicalJson,
  entriesOf,
  isSameValue,
  itemListOf,
  type AttributeId,
  type Fields,
  type Survived,
  type Value,
} from '@cinch/canonical-model';
import type { AdapterRow } from '@cinch/system-adapter/protocol';
import { systemCodes, type House } from './house.ts';
import { stateText, textOf, type Recomputed, type RecomputedRecord } from './recomputed.ts';

type Rows = ReadonlyMap<string, AdapterRow>;

/** All rows of both systems, by system and key. */
export async function allRows(house: House): Promise<Map<string, AdapterRow>> {
  const rows = new Map<string, AdapterRow>();
  for (const system of systemCodes) for (const row of await house.rows(system)) rows.set(`${system} ${row.key}`, row);
  return rows;
}

/** Where what is stored differs from what the pure core makes of the same facts. */
export function strayedFromCore({ records, customers, stored }: Recomputed): string[] {
  const states = records
    .filter(({ stored: { known }, folded }) => stateText(known) !== stateText(folded.state))
    .map(({ recordId }) => `the state of record ${recordId}`);
  const computed = new Set(customers.map(textOf));
  const kept = new Set(stored.map(textOf));
  const missing = [...computed].filter((text) => !kept.has(text)).map((text) => `not stored: ${text}`);
  const extra = [...kept].filter((text) => !computed.has(text)).map((text) => `stored: ${text}`);
  return [...states, ...missing, ...extra];
}

/** Values in which a system’s row is not its view, although no rule leaves it so and no exception is listed. */
export async function unequal(house: House, { records, stored }: Recomputed, rows: Rows): Promise<string[]> {
  const listed = await listedExceptions(house);
  const faults: string[] = [];
  for (const record of records) {
    const { sourceKey, excluded } = record.stored;
    const row = rows.get(`${record.lens.system} ${sourceKey}`);
    if (!row || record.tombstoned || excluded) continue;
    const survived = stored.find(({ ids }) => ids.includes(record.recordId))!.survived!;
    const read = record.lens.read(row.data).attributes;
    for (const id of sayable(record, survived)) {
      const golden = survived.attributes[id];
      if (!golden || isLeftAlone(record, survived, id)) continue;
      const written = record.lens.write(id, survived.kind, golden.value);
      const native = written.kind === 'written' ? canonicalJson(written.fields) : null;
      const holds = read[id] ? canonicalJson(read[id].fields) : null;
      const isEmpty = golden.value === null && (read[id]?.value ?? null) === null;
      const isSpelling = written.kind === 'written' && meansThat(record, survived, id, written.fields, read[id]?.value);
      if (native === holds || isSpelling || isEmpty || listed.has(`${record.recordId} ${id}`)) continue;
      faults.push(`${record.lens.system} ${sourceKey} holds ${id} ${holds}, and should hold ${native}`);
    }
  }
  return faults;
}

/** Another spelling of what should stand there: nothing is written over it (32). */
function meansThat(
  { lens }: RecomputedRecord,
  { kind }: Survived,
  id: AttributeId,
  fields: Fields,
  value: Value | null | undefined,
): boolean {
  const meant = lens.meaning(id, kind, fields);
  return meant !== undefined && value !== undefined && isSameValue(lens.model.attributeOf(id).shape, meant, value);
}

function sayable({ lens }: RecomputedRecord, { attributes }: Survived): AttributeId[] {
  const items = entriesOf(attributes).map(([id]) => id);
  return [...lens.attributes, ...items.filter((id) => lens.lists.includes(itemListOf(id)!))];
}

/** Its own, under an open conflict or request, or an answer that nobody gave. */
function isLeftAlone(
  record: RecomputedRecord,
  { attributes, conflicts, requests }: Survived,
  id: AttributeId,
): boolean {
  const golden = attributes[id]!;
  const { system } = record.lens;
  const isOwn = golden.owner
    ? golden.owner === system
    : record.lens.model.attributeOf(id).level === 'account' && record.state.asserted[id];
  const isAsked = requests.some((one) => one.attribute === id && one.from.recordId === record.recordId);
  const isHeld = conflicts.some((conflict) => conflict.attribute === id);
  return Boolean(isOwn) || isAsked || isHeld || (golden.value === null && id === 'consent.marketing');
}

/** Records and attributes that the last refresh of each system listed as exceptions. */
async function listedExceptions(house: House): Promise<Set<string>> {
  const items = await house.query<{ record_id: number; fields: string }>(
    `select i.record_id, i.fields from refresh_item i
     where i.outcome in ('exception', 'parked') and i.run_id in (select max(run_id) from refresh_run where mode = 'full' group by system_id)`,
  );
  return new Set(
    items.flatMap((item) => {
      const fields = JSON.parse(item.fields) as { attribute: string }[];
      return fields.map(({ attribute }) => `${item.record_id} ${attribute}`);
    }),
  );
}
