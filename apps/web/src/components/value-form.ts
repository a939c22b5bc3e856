import type { Customer, GoldenValue } from '@cinch/api-contract';

type Json = GoldenValue['value'];
type Group = { [member: string]: Json };

/** One field in which a person types a value, or a part of it. */
export interface ValueField {
  /** The member of the value; empty where the value is no group. */
  member: string;
  label: string;
  input: 'text' | 'lines' | 'date' | 'phone' | 'money' | 'count' | 'instant' | readonly string[];
  hint?: string;
}

interface ValueForm {
  label: string;
  fields: readonly ValueField[];
}

const text = (member: string, label: string): ValueField => ({ member, label, input: 'text' });
const only = (label: string, input: ValueField['input'], hint?: string): ValueForm => ({
  label,
  fields: [{ member: '', label, input, ...(hint === undefined ? {} : { hint }) }],
});
const money = (label: string): ValueForm => ({
  label,
  fields: [{ member: 'amount', label: 'Amount', input: 'money' }, text('currency', 'Currency, such as USD')],
});

const personName = [text('given', 'Given name'), text('middle', 'Middle name'), text('family', 'Family name')];
const organizationName = [text('legal', 'Legal name'), text('tradingAs', 'Trading as')];

/** How a value of each attribute is typed. */
const forms: Record<string, ValueForm> = {
  birthDate: only('Birth date', 'date'),
  'phone.primary': only('Phone', 'phone', 'With its country, such as +1 202-555-0143'),
  'email.primary': only('E-mail', 'text'),
  'address.primary': {
    label: 'Address',
    fields: [
      { member: 'lines', label: 'Street, a line each', input: 'lines' },
      text('locality', 'City'),
      text('region', 'Region or state'),
      text('postalCode', 'Postal code'),
      text('country', 'Country, as a code such as US'),
    ],
  },
  'identifier.national': only('National identifier', 'text'),
  lifecycle: only('Lifecycle', ['prospect', 'active', 'dormant', 'former', 'deceased']),
  'consent.marketing': only('Marketing consent', ['yes', 'no']),
  creditLimit: money('Credit limit'),
  lifetimeSpend: money('Lifetime spend'),
  points: only('Points', 'count'),
  lastTransaction: only('Last transaction', 'instant', 'In UTC, such as 2026-03-01T08:15:30Z'),
};

/** The attributes that a value can be pinned for: all plain ones, and the items that the golden record tells of. */
export function pinnableOf({ kind, values }: Pick<Customer, 'kind' | 'values'>): { value: string; label: string }[] {
  const plain = Object.entries(forms)
    .filter(([attribute]) => kind === 'person' || attribute !== 'birthDate')
    .map(([value, { label }]) => ({ value, label }));
  const items = values
    .filter(({ attribute }) => itemKeyOf(attribute) !== null)
    .map(({ attribute, label }) => ({ value: attribute, label: `${label}: ${itemKeyOf(attribute)}` }));
  return [{ value: 'name', label: 'Name' }, ...plain, ...items];
}

/** An item is there or not: it has no fields of its own. */
export function fieldsOf(attribute: string, kind: Customer['kind']): readonly ValueField[] {
  if (attribute === 'name') return kind === 'person' ? personName : organizationName;
  return forms[attribute]?.fields ?? [];
}

/** What the item is known by, as a reader sees it; null for an attribute that is no item. */
export function itemKeyOf(attribute: string): string | null {
  const at = attribute.indexOf(':');
  if (at < 0) return null;
  const key = JSON.parse(attribute.slice(at + 1)) as Json[];
  return key
    .filter((part) => part !== null)
    .flat()
    .join(' · ');
}

/** What stands in a field at first. */
export function textOf({ member, input }: ValueField, value: Json | undefined): string {
  const part = member === '' ? value : (value as Group | null | undefined)?.[member];
  if (part === null || part === undefined) return '';
  if (input === 'lines') return (part as string[]).join('\n');
  return String(part);
}

/** The value that was typed; undefined where nothing was. What is no value of its attribute the hub refuses, saying how it is written. */
export function valueOf(fields: readonly ValueField[], typed: (field: ValueField) => string): Json | undefined {
  const parts = fields.flatMap((field) => {
    const content = typed(field).trim();
    return content === '' ? [] : [[field.member, partOf(field, content)] as const];
  });
  const [first] = parts;
  if (!first) return undefined;
  return first[0] === '' ? first[1] : Object.fromEntries(parts);
}

function partOf({ input }: ValueField, content: string): Json {
  switch (input) {
    case 'lines':
      return content
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '');
    case 'phone':
      return content.replace(/[\s().-]/g, '');
    case 'money': {
      const [whole, places = ''] = content.replaceAll(',', '').split('.');
      return places.length > 2 ? content : `${whole}.${places.padEnd(2, '0')}`;
    }
    case 'count':
      return Number(content.replaceAll(',', ''));
    case 'instant': {
      const at = Date.parse(content);
      return Number.isNaN(at) ? content : new Date(at).toISOString();
    }
    default:
      return content;
  }
}
