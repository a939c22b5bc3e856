import { itemListOf, type AttributeId, type CustomerKind, type Value } from '../customer/attributes.ts';
import type { Carried, Supplier } from '../facts/entry.ts';
import { allFields, areSameFields, holdsSomething, type Held, type RecordState } from '../facts/record-state.ts';
import { isSameValue } from '../customer/same-value.ts';
import { canonicalJson, isSameJson, type Json } from '../json.ts';
import type { Fields, Lens, ReadAttribute, Reading } from '../mapping/lens.ts';
import type { AssertionRef, ChangeRequest, GoldenAttribute, GoldenAttributes } from '../survivorship/golden.ts';

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
  carried: Record<AttributeId, Carried>;
  /** The smallest update, path by path. */
  changes: FieldChange[];
  /** Values that the system once refused or changed and that are not sent again. */
  parked: { attribute: AttributeId; code: string }[];
  /** Values that the system's model cannot say. */
  inexpressible: { attribute: AttributeId; code: string }[];
  /** What the record holds may differ from golden until a person has answered. */
  waiting: { attribute: AttributeId; code: WaitsFor }[];
  /** Left as it is, though nobody can say that it is equal. */
  notCompared: { attribute: AttributeId; code: NotCompared }[];
}

/** `conflict`: an open one holds the attribute. `request`: the record asks for a value of an attribute that another system owns. */
export type WaitsFor = 'conflict' | 'request';

/**
 * `unreadable`: the row holds what the mapping cannot read, and golden has no value for it. `unreadable-before`: it drifted from what
 * could not be read. `not-told`: the row leaves out what it is known to hold. `not-mastered`: it holds a value where golden has none.
 */
export type NotCompared = 'unreadable' | 'unreadable-before' | 'not-told' | 'not-mastered';

/** What the target is known to hold; `held` null stands for a record that is still to be made there. */
export interface ViewedRecord {
  recordId: number | null;
  held: RecordState['held'] | null;
  /** The row as listed, where it is other than `held` though nobody said so: all of it is put right. */
  drifted?: Drifted | null;
  asserted: RecordState['asserted'];
  parked: RecordState['parked'];
  /** Of one that is to be made again: the record that ended unsaid, and the decision by which it is put back. */
  restores?: RestoredRecord | null;
}

/** A record of which a person said that its row is gone, and whose customer gets one there again: it is put back with what only it had. */
export interface RestoredRecord {
  recordId: number;
  decisionId: number;
  held: RecordState['held'];
  asserted: RecordState['asserted'];
}

type Drifted = Pick<Reading, 'kind' | 'attributes' | 'lists'>;

/**
 * How the golden record, as this system would write it, differs from what the system holds. A held attribute is left as the system is
 * known to have it, and so is one that golden does not know: a view never destroys what it cannot say. Where the row drifted, what the
 * view leaves as it is goes back to what was known: surplus values and items go, those that are gone come back, and so does the kind.
 * A record that is to be made gets the provisional value of a held attribute.
 */
export function viewDifference(golden: GoldenForView, record: ViewedRecord, lens: Lens): ViewDifference {
  const difference: ViewDifference = {
    carried: {},
    changes: [],
    parked: [],
    inexpressible: [],
    waiting: [],
    notCompared: [],
  };
  const wanted: Fields = {};
  const attributeAt = new Map<string, AttributeId>();
  const repeated: string[] = [];
  const want = (attribute: AttributeId, fields: Fields) => {
    for (const path of Object.keys(fields)) attributeAt.set(path, attribute);
    Object.assign(wanted, fields);
  };
  for (const attribute of compared(golden, record, lens)) {
    const there = shownOf(record, attribute);
    if (there === 'untold') {
      // Of another kind of customer it tells other things; that is named by itself.
      if (isHeldThere(record, attribute) && record.drifted?.kind === golden.kind)
        difference.notCompared.push({ attribute, code: 'not-told' });
      continue;
    }
    const left = leftOf(difference);
    const due = dueFields(attribute, golden, record, there, lens, difference);
    const isNamed = due !== null || leftOf(difference) > left;
    const why = isNamed ? null : whyNotCompared(attribute, golden, record, there, lens);
    if (why) difference.notCompared.push({ attribute, code: why });
    if (why === 'unreadable-before') continue;
    const fields = record.drifted ? overDrift(due?.fields, record, attribute, there) : due?.fields;
    const isRepeated = repeatsBeyondKnown(record, attribute, there);
    if (!fields || (!isRepeated && holdsEqual(attribute, fields, there, golden.kind, lens))) continue;
    if (due) difference.carried[attribute] = due;
    want(attribute, fields);
    if (isRepeated) repeated.push(...Object.keys(fields));
  }
  const isTurned = record.drifted != null && record.drifted.kind !== golden.kind;
  // Most records of most runs hold what they should.
  if (!isTurned && Object.keys(wanted).length === 0) return difference;
  const shown = record.drifted ? allFields(record.drifted.attributes) : record.held && allFields(record.held);
  // Written once more, the first of them stays and the others go.
  for (const path of repeated) if (shown![path] !== null) shown![path] = [shown![path]!];
  if (isTurned) {
    Object.assign(shown!, lens.turnInto(record.drifted!.kind));
    turnKind(shown!, wanted, lens.turnInto(golden.kind));
  }
  if (Object.keys(wanted).length === 0) return difference;

  const patch = lens.patch(golden.kind, shown, wanted);
  difference.changes = Object.keys(patch)
    .sort()
    .map((path) => ({
      path,
      attribute: attributeAt.get(path) ?? null,
      from: shown?.[path] ?? null,
      to: patch[path]!,
    }));
  return difference;
}

/** An object that is emptied whole needs none of its members emptied. */
function turnKind(shown: Fields, wanted: Fields, turned: Fields): void {
  Object.assign(wanted, turned);
  for (const path of Object.keys(turned).filter((each) => turned[each] === null)) {
    const members = Object.keys(shown).filter((each) => each.startsWith(`${path}.`));
    for (const member of members) delete wanted[member];
    shown[path] = Object.fromEntries(members.map((member) => [member.slice(path.length + 1), shown[member]!]));
  }
}

/** All that is compared: what the system can say, and the items that golden knows of its lists, that it is known to hold or that it shows. */
function compared(golden: GoldenForView, { held, drifted, restores }: ViewedRecord, lens: Lens): Iterable<AttributeId> {
  const items: AttributeId[] = [];
  // Most records have no items: nothing is gathered for them.
  for (const known of [held, drifted?.attributes, restores?.held])
    for (const id in known) if (isItem(id)) items.push(id);
  const said = sayable(golden, lens);
  return items.length === 0 ? said : new Set([...said, ...items.sort()]);
}

function isItem(id: string): boolean {
  return itemListOf(id as AttributeId) !== null;
}

/** How many attributes are named as left as they are. */
function leftOf({ parked, inexpressible, waiting }: ViewDifference): number {
  return parked.length + inexpressible.length + waiting.length;
}

function isHeldThere({ held }: ViewedRecord, attribute: AttributeId): boolean {
  const known = held?.[attribute];
  return known !== undefined && holdsSomething(known);
}

/** Of an attribute that nothing is due for: why nobody can say that the record holds what it should. */
function whyNotCompared(
  attribute: AttributeId,
  golden: GoldenForView,
  record: ViewedRecord,
  there: ReadAttribute | Held | undefined,
  lens: Lens,
): NotCompared | null {
  const before = record.held?.[attribute];
  if (before?.value === undefined && before && isSilent(attribute, golden.kind, before.fields, lens)) return null;
  if (isUnknown(record, attribute, there)) return 'unreadable-before';
  // Of a drifted row, what could be read before is put back.
  const known = record.held?.[attribute];
  if (!known || !holdsSomething(known)) return null;
  if (known.value === undefined) return 'unreadable';
  return golden.attributes[attribute] === undefined ? 'not-mastered' : null;
}

/** What the system shows of the attribute now; nothing where it has none; *untold* where a drifted row leaves it out and that says nothing. */
function shownOf({ held, drifted }: ViewedRecord, attribute: AttributeId): ReadAttribute | Held | undefined | 'untold' {
  if (!drifted) return held?.[attribute];
  const shown = drifted.attributes[attribute];
  const list = itemListOf(attribute);
  return shown ?? (list !== null && drifted.lists.includes(list) ? undefined : 'untold');
}

/** What it was known to hold could not be read: that is nothing to put back, and what the row shows cannot be judged by it. */
function isUnknown(
  { drifted, held }: ViewedRecord,
  attribute: AttributeId,
  there: Pick<Held, 'fields'> | undefined,
): boolean {
  const known = held?.[attribute];
  return Boolean(drifted && known && known.value === undefined && !isHeldSo(known.fields, there));
}

/** A drifted row has more elements of one key than were known. */
function repeatsBeyondKnown(
  { held, drifted }: ViewedRecord,
  attribute: AttributeId,
  there: Pick<Held, 'repeats'> | undefined,
): boolean {
  return drifted != null && (there?.repeats ?? 0) > (held?.[attribute]?.repeats ?? 0);
}

/** The record holds these fields, or what means the same: different spellings of one meaning are equal (32). */
function holdsEqual(
  attribute: AttributeId,
  fields: Fields,
  there: Held | undefined,
  kind: CustomerKind,
  lens: Lens,
): boolean {
  if (isHeldSo(fields, there)) return true;
  if (!there) return false;
  const meant = lens.meaning(attribute, kind, fields);
  if (meant === undefined) return false;
  // Where nothing is due, a word that says that nobody knows may stand.
  if (there.value === undefined) return meant === null && isSilent(attribute, kind, there.fields, lens);
  return isSameValue(lens.model.attributeOf(attribute).shape, meant, there.value);
}

/** All that stands there are words and days that say that nobody knows. */
function isSilent(attribute: AttributeId, kind: CustomerKind, fields: Fields, lens: Lens): boolean {
  const silent = lens.silentPaths(attribute, kind, fields);
  return silent.length > 0 && Object.entries(fields).every(([path, value]) => value === null || silent.includes(path));
}

function isHeldSo(fields: Fields, there: Pick<Held, 'fields'> | undefined): boolean {
  if (there) return areSameFields(fields, there.fields);
  return Object.values(fields).every((value) => value === null);
}

/** What is due, else what the hub knew this version to hold; at other paths the row shows nothing then. */
function overDrift(
  due: Fields | undefined,
  { held }: ViewedRecord,
  attribute: AttributeId,
  there: Pick<Held, 'fields'> | undefined,
): Fields {
  const emptied = Object.fromEntries(Object.keys(there?.fields ?? {}).map((path) => [path, null]));
  return { ...emptied, ...(due ?? held?.[attribute]?.fields) };
}

/** What a delivery would carry for the attribute; null where the view leaves it as it is. Why a value cannot be sent is added to the difference. */
function dueFields(
  attribute: AttributeId,
  golden: GoldenForView,
  record: ViewedRecord,
  there: ReadAttribute | Held | undefined,
  lens: Lens,
  difference: ViewDifference,
): Carried | null {
  const due = dueValue(attribute, golden, record, there, lens);
  if (typeof due === 'string') difference.waiting.push({ attribute, code: due });
  if (due === null || typeof due === 'string') return null;
  // Of a drifted row, what is gone and should be is not put back.
  const isGone = due.value === null && !there;
  if (isGone && !(record.drifted && record.held?.[attribute])) return null;
  const written = lens.write(attribute, golden.kind, due.value);
  if (written.kind === 'inexpressible') {
    difference.inexpressible.push({ attribute, code: written.code });
    return null;
  }
  const parked = record.parked[attribute];
  if (
    parked &&
    parked.sent === canonicalJson(written.fields) &&
    !holdsEqual(attribute, written.fields, there, golden.kind, lens)
  ) {
    difference.parked.push({ attribute, code: parked.code });
    return null;
  }
  return { fields: written.fields, ...due.origin };
}

/** The attributes that this system can say, and the items of its lists that golden knows or that are asked for. */
function sayable(golden: GoldenForView, lens: Lens): readonly AttributeId[] {
  const items = new Set<AttributeId>();
  const take = (id: AttributeId) => {
    const list = itemListOf(id);
    if (list !== null && lens.lists.includes(list)) items.add(id);
  };
  for (const id in golden.attributes) take(id);
  for (const { attribute } of golden.requests) take(attribute);
  return items.size === 0 ? lens.attributes : [...lens.attributes, ...[...items].sort()];
}

interface DueValue {
  value: Value | null;
  origin: Omit<Carried, 'fields'>;
}

/** What the record is due to hold for the attribute; null where it is left as it is, and for whose answer if a person is to say. */
function dueValue(
  attribute: AttributeId,
  golden: GoldenForView,
  record: ViewedRecord,
  there: Partial<Held> | undefined,
  lens: Lens,
): DueValue | WaitsFor | null {
  const requests =
    golden.requests.length === 0 ? golden.requests : golden.requests.filter((one) => one.attribute === attribute);
  const accepted =
    requests.length === 0
      ? undefined
      : requests
          .filter(({ state, target }) => state === 'accepted' && target !== null && target === record.recordId)
          .sort((a, b) => a.decisionId! - b.decisionId!)
          .at(-1);
  if (accepted) {
    const decisionId = accepted.decisionId!;
    const supplier = supplierOf(accepted.from, decisionId);
    return { value: accepted.value, origin: { supplier, request: decisionId } };
  }
  const survived = golden.attributes[attribute];
  const restored = restoredWord(attribute, survived, record, lens);
  if (restored) return restored;
  const asks = requests.some(({ from }) => from.recordId === record.recordId);
  if (!survived) return asks ? 'request' : null;
  if (isItsOwn(attribute, survived, record, lens)) return ownWord(attribute, survived, record, there);
  if (record.held && golden.held.includes(attribute)) return 'conflict';
  if (asks) return 'request';
  // Nobody's consent is not the answer *no consent was given*: it is no answer.
  if (survived.value === null && lens.model.attributeOf(attribute).shape.emptyIsNoAnswer) return null;
  const supplier = supplierOf(survived.from, survived.decisionId);
  return { value: survived.value, origin: { supplier } };
}

/** What only the record had that is put back: its receipt makes it the new record's own word. */
function restoredWord(
  attribute: AttributeId,
  survived: GoldenAttribute | undefined,
  { held, restores }: ViewedRecord,
  lens: Lens,
): DueValue | null {
  if (!restores || held !== null) return null;
  const isOnlyIts = !survived || isItsOwn(attribute, survived, restores, lens);
  const own = restores.asserted[attribute];
  const value = own && !own.superseded ? own.value : restores.held[attribute]?.value;
  if (!isOnlyIts || value === undefined || value === null) return null;
  const { recordId, decisionId } = restores;
  return { value, origin: { supplier: { recordId, decisionId }, request: decisionId } };
}

/**
 * What the record itself last said, where it no longer holds that: its system was set back, the row changed behind its back, or what was
 * delivered over it is taken back, so that it is golden again. What it holds and the hub cannot read is left alone.
 */
function ownWord(
  attribute: AttributeId,
  golden: GoldenAttribute,
  { recordId, asserted }: ViewedRecord,
  now: Partial<Held> | undefined,
): DueValue | null {
  const own = asserted[attribute];
  if (!own || recordId === null || now?.value === undefined) return null;
  if (own.superseded && !isSameJson(own.value, golden.value)) return null;
  if (canonicalJson(now.fields) === own.native) return null;
  return { value: own.value, origin: { supplier: { recordId, position: own.position, decisionId: null } } };
}

function supplierOf({ recordId, position }: AssertionRef, decisionId: number | null): Supplier {
  return { recordId, position, decisionId };
}

/** A value belongs to the system that masters it, and to the account whose own it is: no view writes the golden one there. */
function isItsOwn(
  attribute: AttributeId,
  golden: GoldenAttribute,
  record: Pick<ViewedRecord, 'asserted'>,
  lens: Lens,
): boolean {
  if (golden.owner !== null) return golden.owner === lens.system;
  return lens.model.attributeOf(attribute).level === 'account' && record.asserted[attribute] !== undefined;
}

/** The golden record as the system would write it: what it holds, overlaid with what a delivery would carry. */
export function wholeView(held: RecordState['held'], carried: ViewDifference['carried']): Fields {
  return { ...allFields(held), ...allFields(carried) };
}
