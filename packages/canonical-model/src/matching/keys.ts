import type { CustomerKind, NameValue } from '../customer/attributes.ts';
import { foldText } from '../customer/fold-text.ts';
import type { Said } from './evidence.ts';

/**
 * The deterministic keys of a source record: two records that share one are the same customer. They are made of everything that
 * the record itself ever asserted, so that a later edit does not tear a customer apart, and never of values that the hub delivered.
 * The kind is part of each key: persons never match organisations.
 */
export function matchKeys(kind: CustomerKind, said: Said): string[] {
  const keys = new Set<string>();
  for (const value of said['identifier.national'] ?? [])
    keys.add(`${kind}|identifier.national|${foldText(String(value))}`);
  for (const { short, full, family } of namesOf(kind, said)) {
    for (const email of said['email.primary'] ?? []) keys.add(`${kind}|email+name|${foldText(String(email))}|${short}`);
    for (const phone of said['phone.primary'] ?? []) keys.add(`${kind}|phone+name|${String(phone)}|${short}`);
    for (const date of said.birthDate ?? []) if (family && full) keys.add(`${kind}|birth+name|${String(date)}|${full}`);
  }
  return [...keys].sort();
}

/**
 * The weaker keys of a source record: two customers that share one without being linked are a possible duplicate, for a person to
 * decide. A housemate shares a phone, a namesake lives in the same town: none of these makes one customer by itself.
 */
export function maybeKeys(kind: CustomerKind, said: Said): string[] {
  const keys = new Set<string>();
  for (const email of said['email.primary'] ?? []) keys.add(`${kind}|email|${foldText(String(email))}`);
  for (const phone of said['phone.primary'] ?? []) keys.add(`${kind}|phone|${String(phone)}`);
  for (const { family, full } of namesOf(kind, said)) {
    for (const address of said['address.primary'] ?? []) {
      const { postalCode } = address as { postalCode?: string };
      if (full && postalCode) keys.add(`${kind}|name+postal|${full}|${postalArea(postalCode)}`);
    }
    for (const date of said.birthDate ?? []) if (family) keys.add(`${kind}|family+birth|${family}|${String(date)}`);
  }
  return [...keys].sort();
}

interface NameParts {
  /** Survives a system's cut and initials: family name to 8 letters and given initial, or 12 letters of an organisation. */
  short: string;
  full: string | null;
  /** Null for an organisation. */
  family: string | null;
}

function namesOf(kind: CustomerKind, said: Said): NameParts[] {
  return (said.name ?? []).flatMap((value): NameParts[] => {
    const name = value as NameValue;
    if (kind === 'organization') {
      const legal = letters(name.legal ?? '');
      return legal ? [{ short: legal.slice(0, 12), full: legal, family: null }] : [];
    }
    const [family, given] = [letters(name.family ?? ''), letters(name.given ?? '')];
    if (!family) return [];
    const short = `${family.slice(0, 8)}|${given.slice(0, 1)}`;
    return [{ short, full: given ? `${family}|${given}` : null, family }];
  });
}

/** The first five letters and digits: what is left of an American code without its four further digits. */
function postalArea(postalCode: string): string {
  return letters(postalCode).slice(0, 5);
}

function letters(text: string): string {
  return foldText(text).replace(/[^\p{L}\p{N}]/gu, '');
}
