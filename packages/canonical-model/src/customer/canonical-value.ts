import type { Json } from '../json.ts';
import { groupMembers, phases, type AttributeShape, type Value } from './attributes.ts';
import { longest, most } from '../limits.ts';
import { isIsoDate, isIsoInstant } from './calendar.ts';

/** Why a value is not of its attribute's canonical shape. The detail never repeats the value: it may be personal. */
export interface ValueProblem {
  code: string;
  detail: string;
}

export type GroupShape = keyof typeof groupMembers;
type PlainShape = Exclude<AttributeShape, GroupShape>;
type Rule = ValueProblem & { test(value: Json): boolean; longest: number };
type MemberRule = Omit<Rule, 'code'>;

const plainRules: Record<PlainShape, Rule> = {
  date: textRule(longest.code, isIsoDate, 'not-a-date', 'This is not a day of the calendar written yyyy-MM-dd.'),
  instant: textRule(
    longest.code,
    isIsoInstant,
    'not-an-instant',
    'This is not an instant in UTC such as 2026-03-01T08:15:30.125Z.',
  ),
  e164: textRule(
    longest.code,
    (text) => /^\+[1-9]\d{6,14}$/.test(text),
    'not-a-phone-number',
    'This is not an international phone number such as +12025550143.',
  ),
  email: textRule(
    longest.email,
    (text) => /^[^\s@]+@[^\s@]+$/.test(text),
    'not-an-email',
    'This is not an e-mail address: one @ with text on both sides and no white space.',
  ),
  identifier: textRule(longest.code, () => true, 'not-an-identifier', 'An identifier is a text.'),
  count: {
    longest: longest.code,
    test: Number.isSafeInteger,
    code: 'not-a-count',
    detail: 'This is not a whole number.',
  },
  phase: textRule(
    longest.code,
    (text) => (phases as readonly string[]).includes(text),
    'not-a-phase',
    `This is not a phase; there are ${phases.join(', ')}.`,
  ),
  consent: textRule(
    longest.code,
    (text) => text === 'yes' || text === 'no',
    'not-a-consent',
    'A consent is yes or no; what is unknown is left out.',
  ),
};

const groups: Record<GroupShape, { code: string; needs: readonly string[] }> = {
  name: { code: 'not-a-name', needs: [] },
  address: { code: 'not-an-address', needs: [] },
  money: { code: 'not-money', needs: ['amount', 'currency'] },
  furtherPhone: { code: 'not-a-phone-number', needs: ['number'] },
  furtherEmail: { code: 'not-an-email', needs: ['address'] },
  furtherAddress: { code: 'not-an-address', needs: [] },
  product: { code: 'not-a-product', needs: ['sku'] },
  right: { code: 'not-a-right', needs: ['code'] },
};

const plainText = (limit: number): MemberRule => ({
  test: isCanonicalText,
  longest: limit,
  detail: 'must be a text, not empty and without white space around it',
});
const day: MemberRule = {
  test: plainRules.date.test,
  longest: longest.code,
  detail: 'must be a day written yyyy-MM-dd',
};

const longestPlaces = new Set(['locality', 'region', 'postalCode', 'country']);

/** What members hold that are not plain text. */
const memberRules: Record<string, MemberRule> = {
  lines: {
    longest: longest.addressLine,
    test: (value) => Array.isArray(value) && value.length > 0 && value.every(isCanonicalText),
    detail: 'must be a list of texts, not empty and without white space around it',
  },
  verified: { longest: longest.code, test: (value) => typeof value === 'boolean', detail: 'must be true or false' },
  number: {
    longest: longest.code,
    test: plainRules.e164.test,
    detail: 'must be an international phone number such as +12025550143',
  },
  amount: {
    longest: longest.amount,
    test: (value) => typeof value === 'string' && /^(?!-0\.00$)-?(0|[1-9]\d*)\.\d{2}$/.test(value),
    detail: 'must be an amount with two places, such as "2500.00"',
  },
  currency: {
    longest: longest.code,
    test: (value) => typeof value === 'string' && /^[A-Z]{3}$/.test(value),
    detail: 'must be a currency code of three letters, such as USD',
  },
  purchasedAt: day,
  validFrom: day,
  validTo: day,
};

/**
 * What keeps a value from being canonical, or null. Canonical texts are not empty and have no white space around them;
 * groups hold at least one member and only members of their shape.
 */
export function valueProblem(shape: AttributeShape, value: Value | null): ValueProblem | null {
  if (value === null) return null;
  if (isGroupShape(shape)) return groupProblem(shape, value);
  const rule = plainRules[shape];
  if (isTooLong(value, rule.longest)) return tooLong('This', rule.longest);
  return rule.test(value) ? null : { code: rule.code, detail: rule.detail };
}

/** The members without which a group says nothing. */
export function neededMembers(shape: GroupShape): readonly string[] {
  return groups[shape].needs;
}

export function isGroupShape(shape: AttributeShape): shape is GroupShape {
  return shape in groupMembers;
}

function groupProblem(shape: GroupShape, value: Json): ValueProblem | null {
  const { code, needs } = groups[shape];
  const rules = rulesOf[shape];
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { code, detail: `This must be an object with any of the members ${namesOf(rules)}.` };
  }
  let isEmpty = true;
  for (const member of Object.keys(value)) {
    const content = value[member];
    if (content === undefined) continue;
    isEmpty = false;
    const rule = rules.get(member);
    if (!rule) return { code, detail: `There is no member "${member}"; there are ${namesOf(rules)}.` };
    if (isTooLong(content, rule.longest)) return tooLong(`The member "${member}"`, rule.longest);
    if (Array.isArray(content) && content.length > most.addressLines) return tooMany(member);
    if (!rule.test(content)) return { code, detail: `The member "${member}" ${rule.detail}.` };
  }
  if (isEmpty) return { code, detail: 'A group without members is written null.' };
  const lacking = needs.find((member) => value[member] === undefined);
  return lacking === undefined ? null : { code, detail: `The member "${lacking}" must be there.` };
}

/** The rules of each shape's members: asked for every value that is read, so they are put together once. */
const rulesOf = Object.fromEntries(
  Object.entries(groupMembers).map(([shape, members]) => [
    shape,
    new Map(members.map((member) => [member as string, ruleOf(shape as GroupShape, member)])),
  ]),
) as Record<GroupShape, Map<string, MemberRule>>;

function ruleOf(shape: GroupShape, member: string): MemberRule {
  if (shape === 'furtherEmail' && member === 'address') {
    return { test: plainRules.email.test, longest: longest.email, detail: 'must be an e-mail address' };
  }
  if (longestPlaces.has(member)) return plainText(longest.place);
  if (shape === 'name') return plainText(longest.name);
  return memberRules[member] ?? plainText(member === 'name' ? longest.product : longest.code);
}

/** The one text, or any of the texts. */
function isTooLong(value: Json, limit: number): boolean {
  if (typeof value === 'string') return value.length > limit;
  return Array.isArray(value) && value.some((line) => typeof line === 'string' && line.length > limit);
}

function tooLong(what: string, limit: number): ValueProblem {
  return { code: 'too-long', detail: `${what} is longer than the ${limit} characters that the hub keeps.` };
}

function tooMany(member: string): ValueProblem {
  return {
    code: 'too-many',
    detail: `The member "${member}" has more than the ${most.addressLines} that the hub keeps.`,
  };
}

function namesOf(rules: Map<string, MemberRule>): string {
  return [...rules.keys()].join(', ');
}

function textRule(limit: number, test: (text: string) => boolean, code: string, detail: string): Rule {
  return { test: (value) => isCanonicalText(value) && test(value), longest: limit, code, detail };
}

function isCanonicalText(value: Json): value is string {
  return typeof value === 'string' && value !== '' && value.trim() === value;
}
