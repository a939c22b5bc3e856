import { attributeOf, itemListOf, type AttributeId, type CustomerKind, type Value } from '../customer/attributes.ts';
import type { Carried } from '../facts/entry.ts';
import { allFields, type RecordState } from '../facts/record-state.ts';
import { canonicalJson, type Json } from '../json.ts';
import type { Fields, Lens } from '../mapping/lens.ts';
import type { ChangeRequest, GoldenAttribute, GoldenAttributes } from '../survivorship/golden.ts';

/** The golden record as a view needs it: its values, the attributes that an open conflict holds, and the standing change requests. */
export interface GoldenForView {
  kind: CustomerKind;
  attributes: GoldenAttributes;
  held: readonly AttributeId[];
  requests: readonly ChangeRequest[];
}

/** One field that a delivery would change. */
export interface FieldChange {
  path: string;
  attribute: AttributeId | null;
  from: Json;
  to: Json;
}

export interface ViewDifference {
  /** What a delivery carries: the whole fragment of each attribute that differs. */
  carried: Partial<Record<AttributeId, Carried>>;
  /** The smallest update, path by path. */
  changes: FieldChange[];
  /** Values that the system once refused or changed and that are not sent again. */
  parked: { attribute: AttributeId; code: string }[];
  /** Values that the system's model cannot say. */
  inexpressible: { attribute: AttributeId; code: string }[];
}

/** What the target is known to hold; `held` null stands for a record that is still to be made there. */
export interface ViewedRecord {
  recordId: number | null;
  held: RecordState['held'] | null;
  asserted: RecordState['asserted'];
  parked: RecordState['parked'];
}

/**
 * How the golden record, as this system would write it, differs from what the system is known to hold. A held attribute is left as
 * the system has it, and so is one that golden does not know: a view never destroys what it cannot say.
 * A record that is to be made gets the provisional value of a held attribute.
 */
export function viewDifference(golden: GoldenForView, record: ViewedRecord, lens: Lens): ViewDifference {
  const difference: ViewDifference = { carried: {}, changes: [], parked: [], inexpressible: [] };
  const wanted: Fields = {};
  const attributeAt = new Map<string, AttributeId>();
  for (const attribute of sayable(golden, lens)) {
    const due = dueValue(attribute, golden, record, lens.system);
    const held = record.held?.[attribute];
    if (!due || (due.value === null && !held)) continue;
    const written = lens.write(attribute, golden.kind, due.value);
    if (written.kind === 'inexpressible') {
      difference.inexpressible.push({ attribute, code: written.code });
      continue;
    }
    const native = canonicalJson(written.fields);
    if (held && native === canonicalJson(held.fields)) continue;
    const parked = record.parked[attribute];
    if (parked && parked.sent === native) {
      difference.parked.push({ attribute, code: parked.code });
      continue;
    }
    difference.carried[attribute] = { fields: written.fields, ...due.origin };
    for (const path of Object.keys(written.fields)) attributeAt.set(path, attribute);
    Object.assign(wanted, written.fields);
  }
  if (Object.keys(difference.carried).length === 0) return difference;

  const heldFields = record.held && allFields(record.held);
  const patch = lens.patch(golden.kind, heldFields, wanted);
  difference.changes = Object.keys(patch)
    .sort()
    .map((path) => ({
      path,
      attribute: attributeAt.get(path) ?? null,
      from: heldFields?.[path] ?? null,
      to: patch[path]!,
    }));
  return difference;
}

/** The attributes that this system can say, and the items that golden knows of its lists. */
function sayable(golden: GoldenForView, lens: Lens): AttributeId[] {
  const items = (Object.keys(golden.attributes) as AttributeId[]).filter((id) => {
    const list = itemListOf(id);
    return list !== null && lens.lists.includes(list);
  });
  return [...lens.attributes, ...items.sort()];
}

interface DueValue {
  value: Value | null;
  origin: Omit<Carried, 'fields'>;
}

/** What the record is due to hold for the attribute; null where it is left as it is. */
function dueValue(
  attribute: AttributeId,
  golden: GoldenForView,
  record: ViewedRecord,
  system: string,
): DueValue | null {
  const requests = golden.requests.filter((request) => request.attribute === attribute);
  const accepted = requests
    .filter(({ state, target }) => state === 'accepted' && target !== null && target === record.recordId)
    .sort((a, b) => a.decisionId! - b.decisionId!)
    .at(-1);
  if (accepted) {
    const decisionId = accepted.decisionId!;
    const supplier = { recordId: accepted.from.recordId, decisionId };
    return { value: accepted.value, origin: { supplier, request: decisionId } };
  }
  const survived = golden.attributes[attribute];
  if (!survived) return null;
  if (isItsOwn(attribute, survived, record, system)) return ownWord(attribute, record);
  if (record.held && golden.held.includes(attribute)) return null;
  if (requests.some(({ from }) => from.recordId === record.recordId)) return null;
  // Nobody's consent is not the answer *no consent was given*: it is no answer.
  if (survived.value === null && attributeOf(attribute).shape === 'consent') return null;
  const supplier = { recordId: survived.from.recordId, decisionId: survived.decisionId };
  return { value: survived.value, origin: { supplier } };
}

/**
 * What the record itself last said, where it no longer holds that: its system was set back, or the row changed behind its back. What it
 * holds and the hub cannot read is left alone.
 */
function ownWord(attribute: AttributeId, { recordId, held, asserted }: ViewedRecord): DueValue | null {
  const own = asserted[attribute];
  const now = held?.[attribute];
  if (!own || own.superseded || recordId === null || now?.value === undefined) return null;
  if (canonicalJson(now.fields) === own.native) return null;
  return { value: own.value, origin: { supplier: { recordId, decisionId: null } } };
}

/** A value belongs to the system that masters it, and to the account whose own it is: no view writes the golden one there. */
function isItsOwn(attribute: AttributeId, golden: GoldenAttribute, record: ViewedRecord, system: string): boolean {
  if (golden.owner !== null) return golden.owner === system;
  return attributeOf(attribute).level === 'account' && record.asserted[attribute] !== undefined;
}

/** The golden record as the system would write it: what it holds, overlaid with what a delivery would carry. */
export function wholeView(held: RecordState['held'], carried: ViewDifference['carried']): Fields {
  return { ...allFields(held), ...allFields(carried) };
}
