import type { AttributeId, CustomerKind, Value } from '../customer/attributes.ts';
import { entriesOf, type ByAttribute } from '../customer/by-attribute.ts';
import type { MatchingRole } from '../customer/model/canonical-model.ts';
import type { Model } from '../customer/model/model.ts';
import { addressLevel } from './compare-values.ts';
import { family, familyLevel } from './compare-names.ts';
import { partedBy } from './contradictions.ts';
import { evidenceOf, type Said } from './evidence.ts';
import type { Features } from './features.ts';
import type { Scorer } from './score.ts';
import { tellersOf } from './tellers.ts';

/** What a record says of who it is: one value of each attribute. */
export interface Words {
  kind: CustomerKind;
  values: ByAttribute<Value>;
}

interface By {
  /** Code of the system. */
  system: string;
  scorer: Scorer;
  model: Model;
  /** What the news itself tells of. */
  told: ReadonlySet<AttributeId>;
}

/** Attributes that tell who somebody is; traits and what is on lists tell it beside them alone. */
export function tellingWho(model: Model): AttributeId[] {
  return model.plainIds.filter((id) => rolesOfWho.includes(tellersOf(model).get(id)?.role));
}

const identifierRoles: readonly (MatchingRole | undefined)[] = ['identifier', 'exclusiveIdentifier'];
const rolesOfWho: readonly (MatchingRole | undefined)[] = ['name', 'date', 'contact', 'place', ...identifierRoles];

/**
 * What of a record's own words contradicts what it began with, where it is the name **and** one of birth date, identifier or all contacts
 * (rule 21): then it may be somebody else now. Null where it is not so: slips, initials, short forms, additions, a marriage, a move.
 */
export function changeOfPerson(before: Words, now: Words, by: By): AttributeId[] | null {
  const [a, b] = [before, now].map((words) => featuresOf(words, by));
  if (haveSureIdentifier(a!, b!)) return null;
  const differ = (field: keyof Features) => partedBy(only(a!, field), only(b!, field), true) !== null;
  const isOther = before.kind !== now.kind || differ('names') || haveOtherTrades(a!, b!);
  const isNamedOtherwise = isOther || haveOtherFamily(a!, b!);
  if (!isNamedOtherwise) return null;
  const toldBy = (roles: readonly (MatchingRole | undefined)[]) =>
    Object.keys(now.values).filter((id) => roles.includes(tellersOf(by.model).get(id)?.role));
  const names = toldBy(['name']);
  const found = [
    ...(differ('dates') ? toldBy(['date']) : []),
    ...(differ('identifiers') ? toldBy(identifierRoles) : []),
  ];
  if (found.length > 0) return [...names, ...found];
  // Who marries has another family name, and may have moved long before: then it is no question, unless all comes at once.
  const isMarriage = !isOther && (!names.some((id) => by.told.has(id)) || haveSameDate(a!, b!));
  return !isMarriage && haveOtherContacts(a!, b!) ? names : null;
}

function featuresOf({ kind, values }: Words, { system, scorer, model }: By): Features {
  const said = Object.fromEntries(entriesOf(values).map(([id, value]) => [id, [value]])) as Said;
  return scorer.features.of(evidenceOf(kind, said, system, model));
}

/** As if the record had said nothing but this. */
function only(features: Features, field: keyof Features): Features {
  const nothing = Object.entries(features).map(([name, value]) => [name, Array.isArray(value) ? [] : value]);
  return { ...(Object.fromEntries(nothing) as Features), [field]: features[field] };
}

function haveOtherFamily(a: Features, b: Features): boolean {
  const levels = a.names.flatMap((one) => b.names.map((other) => familyLevel(one.family, other.family)));
  return levels.length > 0 && levels.every((level) => level === family.different);
}

function haveOtherTrades(a: Features, b: Features): boolean {
  const [one, other] = [a, b].map(({ trades }) => trades.flatMap(({ words }) => words));
  return one!.length > 0 && other!.length > 0 && !one!.some((word) => other!.includes(word));
}

function haveSameDate(a: Features, b: Features): boolean {
  return a.dates.some(({ text }) => b.dates.some((other) => other.text === text));
}

function haveSureIdentifier(a: Features, b: Features): boolean {
  return a.identifiers.some((one) => one.isSure && b.identifiers.some(({ text }) => text === one.text));
}

/** House by house: the same street and number, however it is spelled. */
const oneHouse = 3;

/** Both can be reached, and neither where the other can be. */
function haveOtherContacts(a: Features, b: Features): boolean {
  const canBeReached = ({ emails, phones, places }: Features) => emails.length + phones.length + places.length > 0;
  if (!canBeReached(a) || !canBeReached(b)) return false;
  const same = (one: readonly { text: string }[], other: readonly { text: string }[]) =>
    one.some(({ text }) => other.some((value) => value.text === text));
  if (same(a.emails, b.emails) || same(a.phones, b.phones)) return false;
  return !a.places.some((one) => b.places.some((other) => addressLevel(one, other) >= oneHouse));
}
