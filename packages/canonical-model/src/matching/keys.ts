import type { AttributeId, CustomerKind, NameValue, Value } from '../customer/attributes.ts';
import { foldText } from '../customer/fold-text.ts';

type Said = Partial<Record<AttributeId, readonly Value[]>>;

/**
 * The deterministic keys of a source record: two records that share one are the same customer. They are made of everything that
 * the record itself ever asserted, so that a later edit does not tear a customer apart, and never of values that the hub delivered.
 * The kind is part of each key: persons never match organisations.
 */
export function matchKeys(kind: CustomerKind, said: Said): string[] {
  const keys = new Set<string>();
  const names = (said.name ?? []).map((value) => nameKeys(kind, value as NameValue)).filter((name) => name !== null);
  for (const value of said['identifier.national'] ?? [])
    keys.add(`${kind}|identifier.national|${foldText(String(value))}`);
  for (const { short, full } of names) {
    for (const email of said['email.primary'] ?? []) keys.add(`${kind}|email+name|${foldText(String(email))}|${short}`);
    for (const phone of said['phone.primary'] ?? []) keys.add(`${kind}|phone+name|${String(phone)}|${short}`);
    for (const date of said.birthDate ?? []) if (full) keys.add(`${kind}|birth+name|${String(date)}|${full}`);
  }
  return [...keys].sort();
}

/** `short` survives a system's cut and initials: family name to 8 letters and given initial, or 12 letters of an organisation. */
function nameKeys(kind: CustomerKind, name: NameValue): { short: string; full: string | null } | null {
  if (kind === 'organization') return name.legal ? { short: letters(name.legal).slice(0, 12), full: null } : null;
  if (!name.family) return null;
  const [family, given] = [letters(name.family), letters(name.given ?? '')];
  return { short: `${family.slice(0, 8)}|${given.slice(0, 1)}`, full: given ? `${family}|${given}` : null };
}

function letters(text: string): string {
  return foldText(text).replace(/[^\p{L}\p{N}]/gu, '');
}
