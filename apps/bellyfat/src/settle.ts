import type { Json, RefusedField, RowData } from '@cinch/system-adapter';
import { asObject } from './as-object.ts';
import { itemFaults, settledItems } from './items.ts';
import type { ContactList } from './list-rules.ts';

/** Brings a written row into BellyFat's order and says what a customer still lacks. */
export function settle(written: RowData, before: RowData | null): { data: RowData; missing: RefusedField[] } {
  const data = document(written, (list) => settledList(list, written[list], before?.[list]));
  return { data, missing: missingParts(data) };
}

/** The row with its members in one order, whoever made it, so that it has the same text in lists, receipts and events. */
function document(row: RowData, list: (name: ContactList) => Json): RowData {
  const { given, middle, family } = asObject(row.person);
  const { legalName, tradingAs } = asObject(row.organization);
  const { amount, currency } = asObject(row.creditLimit);
  return {
    customerId: row.customerId ?? null,
    ...(row.person && { person: { given: given ?? null, middle: middle ?? null, family: family ?? null } }),
    ...(row.organization && { organization: { legalName: legalName ?? null, tradingAs: tradingAs ?? null } }),
    birthDate: row.birthDate ?? null,
    phones: list('phones'),
    emails: list('emails'),
    addresses: list('addresses'),
    lifecycle: row.lifecycle ?? 'active',
    consent: row.consent ?? null,
    creditLimit: amount == null ? null : { amount, currency: currency ?? 'USD' },
    products: settledItems('products', row.products),
    rights: settledItems('rights', row.rights),
    revision: row.revision ?? null,
  };
}

function missingParts(data: RowData): RefusedField[] {
  if (data.person && data.organization) {
    return [
      { path: 'organization', code: 'kind-ambiguous', detail: 'A customer is a person or an organization, not both.' },
    ];
  }
  if (data.person && !asObject(data.person).family) {
    return [{ path: 'person.family', code: 'name-required', detail: 'A person must have a family name.' }];
  }
  if (!data.person && !asObject(data.organization).legalName) {
    const detail = 'A customer must be a person with a family name or an organization with a legal name.';
    return [{ path: 'organization.legalName', code: 'name-required', detail }];
  }
  return [...itemFaults('products', data), ...itemFaults('rights', data)];
}

/** Elements that say nothing go; the rest gets its defaults, and exactly one is primary. */
function settledList(list: ContactList, written: Json | undefined, before: Json | undefined): Json {
  const elements = (Array.isArray(written) ? written : [])
    .map(asObject)
    .filter((element) => saysSomething(list, element));
  const marked = elements.findIndex((element) => element.primary === true);
  const primary = Math.max(0, marked);
  const known = (Array.isArray(before) ? before : []).map(asObject);
  return elements.map((element, index) => settledElement(list, element, index === primary, known));
}

function saysSomething(list: ContactList, element: RowData): boolean {
  if (list === 'phones') return Boolean(element.e164);
  if (list === 'emails') return Boolean(element.address);
  const { lines, locality, region, postalCode } = element;
  return Boolean((Array.isArray(lines) && lines.length > 0) || locality || region || postalCode);
}

function settledElement(list: ContactList, element: RowData, primary: boolean, known: readonly RowData[]): RowData {
  const use = element.use || 'other';
  switch (list) {
    case 'phones':
      return { e164: element.e164 ?? null, use, primary };
    case 'emails': {
      // That an address was verified says nothing about the one that takes its place.
      const isKnown = known.some(({ address }) => address === element.address);
      const verified = (isKnown || known.length === 0) && element.verified === true;
      return { address: element.address ?? null, use, verified, primary };
    }
    case 'addresses':
      return {
        use,
        primary,
        lines: element.lines ?? [],
        locality: element.locality ?? null,
        region: element.region ?? null,
        postalCode: element.postalCode ?? null,
        country: element.country || 'US',
      };
  }
}
