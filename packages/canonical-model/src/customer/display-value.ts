import type { Json } from '../json.ts';
import { attributes, type AttributeId, type NameValue, type Value } from './attributes.ts';

/** The value on one line, as screens show it. */
export function displayValue(attribute: AttributeId, value: Value | null): string {
  if (value === null) return 'none';
  switch (attributes[attribute].shape) {
    case 'name':
      return displayName(value as NameValue);
    case 'address':
      return displayAddress(value as { [member: string]: Json });
    case 'e164':
      return displayPhone(String(value));
    case 'date':
    case 'email':
    case 'identifier':
      return String(value);
  }
}

function displayName({ given, middle, family, legal, tradingAs }: NameValue): string {
  const person = [given, middle && (/^\p{L}$/u.test(middle) ? `${middle}.` : middle), family].filter(Boolean).join(' ');
  const organization = legal && tradingAs && legal !== tradingAs ? `${legal} (${tradingAs})` : (legal ?? tradingAs);
  return [person, organization].filter(Boolean).join(', ');
}

function displayAddress({ lines, locality, region, postalCode, country }: { [member: string]: Json }): string {
  const place = [locality, region, postalCode].filter(Boolean).join(' ');
  return [...(Array.isArray(lines) ? lines : []), place, country].filter(Boolean).join(', ');
}

/** North American numbers in their usual groups; others as they are, since groups differ by country. */
function displayPhone(phone: string): string {
  return phone.replace(/^\+1(\d{3})(\d{3})(\d{4})$/, '+1 $1-$2-$3');
}
