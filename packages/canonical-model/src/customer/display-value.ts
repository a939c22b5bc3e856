import type { Json } from '../json.ts';
import { attributeOf, type AttributeId, type NameValue, type Value } from './attributes.ts';

type Group = { [member: string]: Json };

/** The value on one line, as screens show it. */
export function displayValue(attribute: AttributeId, value: Value | null): string {
  if (value === null) return 'none';
  const group = value as Group;
  switch (attributeOf(attribute).shape) {
    case 'name':
      return displayName(value as NameValue);
    case 'address':
      return displayAddress(group);
    case 'e164':
      return displayPhone(value);
    case 'instant':
      return String(value).replace('T', ' ').replace('.000Z', 'Z').replace('Z', ' UTC');
    case 'money':
      return `${grouped(String(group['amount']))} ${String(group['currency'])}`;
    case 'furtherPhone':
      return withRemarks(displayPhone(group['number'] ?? ''), [group['use']]);
    case 'furtherEmail':
      return withRemarks(group['address'], [group['use'], displayVerified(group['verified'])]);
    case 'furtherAddress':
      return withRemarks(displayAddress(group), [group['use']]);
    case 'product':
      return displayProduct(group);
    case 'right':
      return displayRight(group);
    case 'count':
      return grouped(String(value));
    case 'date':
    case 'email':
    case 'identifier':
    case 'phase':
    case 'consent':
      return String(value);
  }
}

function displayName({ given, middle, family, legal, tradingAs }: NameValue): string {
  const person = [given, middle && (/^\p{L}$/u.test(middle) ? `${middle}.` : middle), family].filter(Boolean).join(' ');
  const organization = legal && tradingAs && legal !== tradingAs ? `${legal} (${tradingAs})` : (legal ?? tradingAs);
  return [person, organization].filter(Boolean).join(', ');
}

function displayAddress({ lines, locality, region, postalCode, country }: Group): string {
  const place = [locality, region, postalCode].filter(Boolean).join(' ');
  return [...(Array.isArray(lines) ? lines : []), place, country].filter(Boolean).join(', ');
}

/** North American numbers in their usual groups; others as they are, since groups differ by country. */
function displayPhone(phone: Json): string {
  return String(phone).replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1-$2-$3');
}

function displayVerified(verified: Json | undefined): Json {
  if (typeof verified !== 'boolean') return null;
  return verified ? 'verified' : 'not verified';
}

function displayProduct({ sku, name, serial, purchasedAt }: Group): string {
  const bought = purchasedAt ? `, bought ${String(purchasedAt)}` : '';
  return withRemarks(name ?? sku, [name ? sku : null, serial && `serial ${String(serial)}`]) + bought;
}

function displayRight({ code, scope, validFrom, validTo, status }: Group): string {
  const from = validFrom ? ` from ${String(validFrom)}` : '';
  const to = validTo ? ` to ${String(validTo)}` : '';
  return withRemarks(`${String(code)}${scope ? ` for ${String(scope)}` : ''}${from}${to}`, [status]);
}

function withRemarks(text: Json | undefined, remarks: readonly (Json | undefined)[]): string {
  const said = remarks.filter(Boolean).join(', ');
  return said === '' ? String(text) : `${String(text)} (${said})`;
}

/** A whole number or decimal text with its thousands set apart. */
function grouped(amount: string): string {
  return amount.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',');
}
