import { masked, type Customer, type GoldenValue } from '@cinch/api-contract';
import type { CanonicalModel } from '../api/canonical-model-shape.ts';
import { sentenceCase } from '../texts.ts';

type Json = GoldenValue['value'];
type Group = { [member: string]: Json };

/** One field in which a person types a value, or a part of it. */
export interface ValueField {
  /** The member of the value; empty where the value is no group. */
  member: string;
  label: string;
  input: 'text' | 'lines' | 'date' | 'phone' | 'money' | 'number' | 'instant' | readonly Choice[];
  hint?: string;
}

interface Choice {
  value: string;
  label: string;
}

const text = (member: string, label: string): ValueField => ({ member, label, input: 'text' });
const only = (input: ValueField['input'], hint?: string) => (label: string) => [
  { member: '', label, input, ...(hint === undefined ? {} : { hint }) },
];

const personName = [text('given', 'Given name'), text('middle', 'Middle name'), text('family', 'Family name')];
const organizationName = [text('legal', 'Legal name'), text('tradingAs', 'Trading as')];

/** How values of a shape are typed. Of any other they are a text. */
const forms: Readonly<Record<string, (label: string, kind: Customer['kind']) => readonly ValueField[]>> = {
  name: (_, kind) => (kind === 'person' ? personName : organizationName),
  date: only('date'),
  instant: only('instant', 'In UTC, such as 2026-03-01T08:15:30Z'),
  phone: only('phone', 'With its country, such as +1 202-555-0143'),
  address: () => [
    { member: 'lines', label: 'Street, a line each', input: 'lines' },
    text('locality', 'City'),
    text('region', 'Region or state'),
    text('postalCode', 'Postal code'),
    text('country', 'Country, as a code such as US'),
  ],
  money: () => [{ member: 'amount', label: 'Amount', input: 'money' }, text('currency', 'Currency, such as USD')],
  count: only('number'),
  number: only('number'),
  yesNo: only(choicesOf(['yes', 'no'])),
  phase: only(choicesOf(['prospect', 'active', 'dormant', 'former', 'deceased'])),
  longText: only('lines'),
};

function choicesOf(values: readonly string[]): Choice[] {
  return values.map((value) => ({ value, label: sentenceCase(value) }));
}

/** The attributes that a value can be pinned for: all plain ones of the kind, and the items that the golden record tells of. */
export function pinnableOf({ kind, values }: Pick<Customer, 'kind' | 'values'>, model: CanonicalModel): Choice[] {
  const plain = model.attributes
    .filter(({ retired, kinds }) => !retired && kinds.includes(kind))
    .map(({ id, label }) => ({ value: id, label }));
  const items = values
    .filter(({ attribute, display }) => itemKeyOf(attribute) !== null && display !== masked)
    .map(({ attribute, label }) => ({ value: attribute, label: `${label}: ${itemKeyOf(attribute)}` }));
  return [...plain, ...items];
}

/** An item is there or not: it has no fields of its own. */
export function fieldsOf(attribute: string, kind: Customer['kind'], model: CanonicalModel): readonly ValueField[] {
  const declared = model.attributes.find(({ id }) => id === attribute);
  if (!declared) return [];
  const { shape, label, codeSet } = declared;
  const set = model.codeSets.find(({ id }) => id === codeSet);
  const codes = set?.codes.filter(({ retired }) => !retired);
  if (codes) return only(codes.map((one) => ({ value: one.code, label: one.label })))(label);
  return (forms[shape] ?? only('text'))(label, kind);
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
  if (input === 'lines' && Array.isArray(part)) return part.join('\n');
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

function partOf({ input, member }: ValueField, content: string): Json {
  switch (input) {
    case 'lines':
      // A long text is one text, however many lines it has.
      if (member === '') return content;
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
    case 'number':
      return Number(content.replaceAll(',', ''));
    case 'instant': {
      const at = Date.parse(content);
      return Number.isNaN(at) ? content : new Date(at).toISOString();
    }
    default:
      return content;
  }
}
