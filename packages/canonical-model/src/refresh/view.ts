import type { AttributeId, CustomerKind } from '../customer/attributes.ts';
import type { Carried } from '../facts/entry.ts';
import { allFields, type RecordState } from '../facts/record-state.ts';
import { canonicalJson, type Json } from '../json.ts';
import type { Fields, Lens } from '../mapping/lens.ts';
import type { GoldenAttributes } from '../survivorship/golden.ts';

/** The golden record as a view needs it: its values, and the attributes that an open conflict holds. */
export interface GoldenForView {
  kind: CustomerKind;
  attributes: GoldenAttributes;
  held: readonly AttributeId[];
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
  held: RecordState['held'] | null;
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
  const attributeOf = new Map<string, AttributeId>();
  for (const attribute of lens.attributes) {
    const value = golden.attributes[attribute];
    if (!value || (record.held && golden.held.includes(attribute))) continue;
    const held = record.held?.[attribute];
    if (value.value === null && !held) continue;
    const written = lens.write(attribute, golden.kind, value.value);
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
    const supplier = { recordId: value.from.recordId, decisionId: value.decisionId };
    difference.carried[attribute] = { fields: written.fields, supplier };
    for (const path of Object.keys(written.fields)) attributeOf.set(path, attribute);
    Object.assign(wanted, written.fields);
  }
  if (Object.keys(difference.carried).length === 0) return difference;

  const heldFields = record.held && allFields(record.held);
  const patch = lens.patch(golden.kind, heldFields, wanted);
  difference.changes = Object.keys(patch)
    .sort()
    .map((path) => ({
      path,
      attribute: attributeOf.get(path) ?? null,
      from: heldFields?.[path] ?? null,
      to: patch[path]!,
    }));
  return difference;
}

/** The golden record as the system would write it: what it holds, overlaid with what a delivery would carry. */
export function wholeView(held: RecordState['held'], carried: ViewDifference['carried']): Fields {
  return { ...allFields(held), ...allFields(carried) };
}
