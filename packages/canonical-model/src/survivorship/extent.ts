import type { Json } from '../json.ts';

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
