import type { FieldRule, ParsedPath, RowData } from '@cinch/system-adapter';
import { isList, listRule } from './list-rules.ts';
import * as rules from './value-rules.ts';

export const lifecycles = ['prospect', 'active', 'dormant', 'former', 'deceased'];

const plainFields: Record<string, FieldRule> = {
  'person.given': rules.text(),
  'person.middle': rules.text(),
  'person.family': rules.requiredName,
  'organization.legalName': rules.requiredName,
  'organization.tradingAs': rules.text(),
  lifecycle: rules.oneOf(lifecycles, 'lifecycle-unknown'),
  consent: rules.consent,
  creditLimit: rules.creditLimit,
  'creditLimit.amount': rules.amount,
  'creditLimit.currency': rules.currency,
};

/** The rule of a path, or null when BellyFat has no such field. */
export function ruleFor(path: ParsedPath, before: RowData | null, now: number): FieldRule | null {
  const [first, second] = path;
  if (!first || path.length > 2) return null;
  if (isList(first.name)) return listRule(first.name, path);
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
