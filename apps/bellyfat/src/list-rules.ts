import {
  type FieldRule,
  type Json,
  type ParsedPath,
  readPath,
  type RowData,
  type Verdict,
} from '@cinch/system-adapter';
import { asObject } from './as-object.ts';
import * as rules from './value-rules.ts';

type MemberRules = Record<string, FieldRule>;

const use = rules.text();

/** The three lists of which each element has a use and one is primary. */
const contactLists = {
  phones: { e164: rules.phone, use, primary: rules.flag },
  emails: { address: rules.email, use, verified: rules.flag, primary: rules.flag },
  addresses: {
    use,
    primary: rules.flag,
    lines: rules.lines,
    locality: rules.text(),
    region: rules.text(),
    postalCode: rules.text(),
    country: rules.country,
  },
} as const satisfies Record<string, MemberRules>;

/** What only BellyFat keeps of a customer. Members beside these are kept as they come. */
const itemLists = {
  products: { sku: rules.code, name: rules.text(), purchasedAt: rules.day, serial: rules.text() },
  rights: {
    code: rules.code,
    scope: rules.text(),
    validFrom: rules.day,
    validTo: rules.day,
    status: rules.text(),
  },
} as const satisfies Record<string, MemberRules>;

export type ContactList = keyof typeof contactLists;
export type ItemList = keyof typeof itemLists;

const membersOf: Record<ContactList | ItemList, MemberRules> = { ...contactLists, ...itemLists };

export function isList(name: string): name is ContactList | ItemList {
  return Object.hasOwn(membersOf, name);
}

/** The rule of a path into a list: the list whole, the element that the path selects, or a member of that element. */
export function listRule(list: ContactList | ItemList, [first, second]: ParsedPath): FieldRule | null {
  if (!first) return null;
  if (!first.select) return second ? null : (value) => judgeList(list, value);
  const selected: RowData = Object.fromEntries(first.select.map(({ member, value }) => [member, value]));
  if (Object.keys(selected).some((member) => !Object.hasOwn(membersOf[list], member))) return null;
  if (!second) return (value) => (value === null ? { value } : judgeElement(list, value, selected));
  const rule = second.select ? undefined : memberRule(list, second.name);
  if (!rule) return null;
  // A postal code is judged by the country of its own element, which sorts before it and is written already.
  return (value, row, path) =>
    faultOf(list, selected) ?? rule(asObject(readPath(row, path.slice(0, 1))))(value, row, path);
}

function memberRule(list: ContactList | ItemList, member: string): ((element: RowData) => FieldRule) | undefined {
  if (list === 'addresses' && member === 'postalCode') return (element) => rules.postalCode(element.country ?? null);
  const members = membersOf[list];
  const rule = Object.hasOwn(members, member) ? members[member] : undefined;
  if (rule) return () => rule;
  return Object.hasOwn(itemLists, list) ? () => rules.asItIs : undefined;
}

function judgeList(list: ContactList | ItemList, value: Json): Verdict {
  if (value === null) return { value: [] };
  if (!Array.isArray(value)) return { code: 'not-a-list', detail: `"${list}" takes a list.` };
  const judged = value.map((element) => judgeElement(list, element));
  return (
    judged.find((verdict) => 'code' in verdict) ?? {
      value: judged.map((verdict) => ('value' in verdict ? verdict.value : null)),
    }
  );
}

function judgeElement(list: ContactList | ItemList, element: Json, selected: RowData = {}): Verdict {
  if (element === null || typeof element !== 'object' || Array.isArray(element)) {
    return { code: 'not-an-object', detail: `An element of "${list}" must be an object.` };
  }
  const fault = faultOf(list, selected);
  if (fault) return fault;
  let result: RowData = {};
  for (const name of Object.keys(element).sort()) {
    const rule = memberRule(list, name);
    if (!rule) return { code: 'unknown-field', detail: `An element of "${list}" has no member "${name}".` };
    const verdict = rule({ ...selected, ...result })(element[name] ?? null, result, []);
    if ('code' in verdict) return verdict;
    result = { ...result, [name]: verdict.value };
  }
  return { value: result };
}

/** An element made by a path holds what the path selects it by, so that must be as the rules would keep it. */
function faultOf(list: ContactList | ItemList, selected: RowData): Verdict | null {
  for (const [member, value] of Object.entries(selected)) {
    // An element that lacks a member is made without it.
    const verdict = value === null ? undefined : memberRule(list, member)?.(selected)(value, selected, []);
    if (!verdict) continue;
    if ('code' in verdict) return verdict;
    if (JSON.stringify(verdict.value) !== JSON.stringify(value)) {
      return { code: 'not-as-kept', detail: `Select by "${member}" as BellyFat keeps it.` };
    }
  }
  return null;
}
