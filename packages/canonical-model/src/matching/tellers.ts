import { itemListOf, type AttributeId, type Value } from '../customer/attributes.ts';
import type { ItemListDocument, MatchingRole } from '../customer/model/canonical-model.ts';
import type { Attribute, Model } from '../customer/model/model.ts';
import { parts } from '../customer/shapes/part.ts';
import type { NameValue } from '../customer/shapes/name.ts';
import { shapes } from '../customer/shapes/shapes.ts';
import { wordsOf } from './words.ts';

/** What a record said, gathered by what it tells matching, whatever its attributes are called. */
export interface Gathered {
  names: NameValue[];
  dates: string[];
  phones: string[];
  emails: string[];
  /** Each with its scheme before it. */
  identifiers: string[];
  places: Value[];
  traits: Map<string, string[]>;
}

/** An attribute or a list of the canonical model that tells matching something. */
export interface Teller {
  id: AttributeId;
  role: MatchingRole;
  /** Before the numbers of an identifier; '' for the scheme that the match model calls national. */
  prefix: string;
  gather(values: readonly Value[], into: Gathered): void;
}

/** The scheme that the match model says more of than of any other. */
const nationalScheme = 'national';
/** Behind the scheme of identifiers that nobody shares. */
export const exclusiveMark = '!';

const known = new WeakMap<Model, ReadonlyMap<string, Teller>>();

/** What of the model in force tells matching something, by the ids of attributes and lists. */
export function tellersOf(model: Model): ReadonlyMap<string, Teller> {
  const found = known.get(model);
  if (found) return found;
  const membersOf = (id: string) => model.document.lists.find((one) => one.id === id)?.members ?? [];
  const declared = [...model.plainIds, ...model.listIds].map((id) => model.attributeOf(id));
  const tellers = declared.flatMap((one) =>
    one.matching ? [[one.id, tellerOf(one, one.matching, membersOf(one.id))] as const] : [],
  );
  const made = new Map(tellers);
  known.set(model, made);
  return made;
}

/** The teller of an attribute, or of the list that an item is on. */
export function tellerIn(tellers: ReadonlyMap<string, Teller>, id: AttributeId): Teller | undefined {
  return tellers.get(itemListOf(id) ?? id);
}

/** Whether what was said already comes to other evidence by another model. What it adds was said by nobody yet. */
export function tellsOtherwise(before: Model, after: Model): boolean {
  const [now, then] = [tellersOf(before), tellersOf(after)];
  const told = (teller: Teller | undefined) => teller && `${teller.role} ${teller.prefix}`;
  const declared = [...before.document.attributes, ...before.document.lists];
  return declared.some(({ id }) => told(now.get(id)) !== told(then.get(id)));
}

function tellerOf(declared: Attribute, role: MatchingRole, members: Members): Teller {
  const prefix = prefixOf(declared.scheme ?? declared.id, role);
  return { id: declared.id, role, prefix, gather: gatherers[role](declared, members) };
}

function prefixOf(scheme: string, role: MatchingRole): string {
  const mark = role === 'exclusiveIdentifier' ? exclusiveMark : '';
  return scheme === nationalScheme && mark === '' ? '' : `${scheme}${mark}:`;
}

type Members = readonly ItemListDocument['members'][number][];
type Gatherer = (declared: Attribute, members: Members) => Teller['gather'];

/** Of a list, whichever members are identifiers, each in its own scheme. */
const gatherIdentifiers =
  (role: MatchingRole): Gatherer =>
  ({ id, scheme, isList }, members) => {
    const add = (numbers: readonly unknown[], prefix: string, into: Gathered) => {
      for (const number of texts(numbers)) {
        const joined = wordsOf(number).join('');
        if (joined !== '') into.identifiers.push(prefix + joined);
      }
    };
    if (!isList) return (values, into) => add(values, prefixOf(scheme ?? id, role), into);
    const own = members.flatMap((member) =>
      member.shape === 'identifier' ? [[member.id, prefixOf(member.scheme ?? id, role)] as const] : [],
    );
    return (values, into) => {
      const items = groups<{ [member: string]: Value }>(values);
      for (const [member, prefix] of own) {
        add(
          items.map((item) => item[member]),
          prefix,
          into,
        );
      }
    };
  };

const gatherers: Record<MatchingRole, Gatherer> = {
  name: () => (values, into) => into.names.push(...groups<NameValue>(values)),
  date: () => (values, into) => into.dates.push(...texts(values)),
  contact: gatherContacts,
  place: () => (values, into) => into.places.push(...groups<{ [member: string]: Value }>(values)),
  identifier: gatherIdentifiers('identifier'),
  exclusiveIdentifier: gatherIdentifiers('exclusiveIdentifier'),
  trait:
    ({ id }) =>
    (values, into) => {
      const said = values.filter((value) => value !== null && typeof value !== 'object').map(String);
      into.traits.set(id, [...(into.traits.get(id) ?? []), ...said]);
    },
};

/** Of a list, whichever members are phones or e-mails. */
function gatherContacts({ shape, isList }: Attribute): Teller['gather'] {
  if (!isList) return (values, into) => into[shape === shapes.phone ? 'phones' : 'emails'].push(...texts(values));
  const membersOf = (part: object) =>
    Object.entries(shape.parts ?? {}).flatMap(([member, one]) => (one === part ? [member] : []));
  const [phones, emails] = [membersOf(parts.phone), membersOf(parts.email)];
  return (values, into) => {
    for (const item of groups<{ [member: string]: Value }>(values)) {
      into.phones.push(...texts(phones.map((member) => item[member])));
      into.emails.push(...texts(emails.map((member) => item[member])));
    }
  };
}

function texts(values: readonly unknown[]): string[] {
  return values.filter((value) => typeof value === 'string');
}

function groups<Group>(values: readonly Value[]): Group[] {
  return values.filter((value) => value !== null && typeof value === 'object') as Group[];
}
