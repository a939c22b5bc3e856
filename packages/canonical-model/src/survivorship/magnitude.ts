import type { Value } from '../customer/attributes.ts';
import type { Json } from '../json.ts';

/** Where a date, an instant, an amount or a count stands among its like. */
export function magnitude(value: Value): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return Date.parse(value);
  return Number((value as { amount: string }).amount);
}

/** How many texts a value is made of, and how many characters they have together. */
export function extent(value: Json): { parts: number; characters: number } {
  if (value === null || typeof value !== 'object') return { parts: 1, characters: [...String(value)].length };
  const parts = Object.values(value).filter((part) => part !== null);
  return parts
    .map(extent)
    .reduce((sum, part) => ({ parts: sum.parts + part.parts, characters: sum.characters + part.characters }), {
      parts: 0,
      characters: 0,
    });
}

/** The exact sum of decimal texts, with as many places as the longest of them has. */
export function sumOfAmounts(amounts: readonly string[]): string {
  const places = Math.max(...amounts.map((amount) => (amount.split('.')[1] ?? '').length));
  const units = amounts.reduce((sum, amount) => {
    const [whole, fraction = ''] = amount.split('.');
    return sum + BigInt(whole! + fraction.padEnd(places, '0'));
  }, 0n);
  const digits = units
    .toString()
    .replace('-', '')
    .padStart(places + 1, '0');
  const sign = units < 0n ? '-' : '';
  if (places === 0) return sign + digits;
  return `${sign}${digits.slice(0, -places)}.${digits.slice(-places)}`;
}
