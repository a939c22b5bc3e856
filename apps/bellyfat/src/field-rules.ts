import {
  type FieldRule,
  type Json,
  type ParsedPath,
  readPath,
  type RowData,
  type Verdict,
} from '@cinch/system-adapter';
import * as rules from './value-rules.ts';

export const lifecycles = ['prospect', 'active', 'dormant', 'former', 'deceased'];

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

export type ContactList = keyof typeof contactLists;
const contactListNames = Object.keys(contactLists) as ContactList[];

const plainFields: Record<string, FieldRule> = {
  'person.given': rules.text(),
  'person.middle': rules.text(),
  'person.family': rules.requiredName,
  'organization.legalName': rules.requiredName,
  'organization.tradingAs': rules.text(),
  lifecycle: rules.oneOf(lifecycles, 'lifecycle-unknown'),
  consent: rules.consent,
  'creditLimit.amount': rules.amount,
  'creditLimit.currency': rules.oneOf(['USD'], 'currency-unknown'),
  products: rules.items,
  rights: rules.items,
};

/** The rule of a path, or null when BellyFat has no such field. */
export function ruleFor(path: ParsedPath, before: RowData | null, now: number): FieldRule | null {
  const [first, second] = path;
  if (!first || path.length > 2) return null;
  const list = contactListNames.find((name) => name === first.name);
  if (list) return listRule(list, path);
  if (path.some((segment) => segment.select)) return null;
  const field = second ? `${first.name}.${second.name}` : first.name;
  if (field === 'birthDate') return rules.birthDate(now);
  if (field === 'customerId' || field === 'revision') {
    return () => ({ code: 'read-only', detail: 'BellyFat gives out this value itself.' });
  }
  if (before && isOtherKind(first.name, before)) {
    return () => ({ code: 'kind-fixed', detail: 'A person cannot become an organization, nor the other way round.' });
  }
  return Object.hasOwn(plainFields, field) ? (plainFields[field] ?? null) : null;
}

function isOtherKind(name: string, before: RowData): boolean {
  return (name === 'person' && !before.person) || (name === 'organization' && !before.organization);
}

function listRule(list: ContactList, [first, second]: ParsedPath): FieldRule | null {
  if (!first) return null;
  if (!first.select) return second ? null : (value) => judgeList(list, value);
  const members: MemberRules = contactLists[list];
  if (!Object.hasOwn(members, first.select.member)) return null;
  if (!second) return (value) => (value === null ? { value } : judgeElement(list, value));
  const rule = second.select ? undefined : memberRule(list, second.name);
  if (!rule) return null;
  // A postal code is judged by the country of its own element, which sorts before it and is written already.
  return (value, row, path) => rule(asObject(readPath(row, path.slice(0, 1))))(value, row, path);
}

function memberRule(list: ContactList, member: string): ((element: RowData) => FieldRule) | undefined {
  if (list === 'addresses' && member === 'postalCode') return (element) => rules.postalCode(element.country ?? null);
  const members: MemberRules = contactLists[list];
  const rule = Object.hasOwn(members, member) ? members[member] : undefined;
  return rule && (() => rule);
}

function judgeList(list: ContactList, value: Json): Verdict {
  if (value === null) return { value: [] };
  if (!Array.isArray(value)) return { code: 'not-a-list', detail: `"${list}" takes a list.` };
  const judged = value.map((element) => judgeElement(list, element));
  return (
    judged.find((verdict) => 'code' in verdict) ?? {
      value: judged.map((verdict) => ('value' in verdict ? verdict.value : null)),
    }
  );
}

function judgeElement(list: ContactList, element: Json): Verdict {
  const members = asObject(element);
  const result: RowData = {};
  for (const name of Object.keys(members).sort()) {
    const rule = memberRule(list, name);
    if (!rule) return { code: 'unknown-field', detail: `An element of "${list}" has no member "${name}".` };
    const verdict = rule(result)(members[name] ?? null, result, []);
    if ('code' in verdict) return verdict;
    result[name] = verdict.value;
  }
  return { value: result };
}

export function asObject(value: Json | undefined): RowData {
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? value : {};
}
