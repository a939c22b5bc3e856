import { parts } from './part.ts';
import { plainShape } from './shape.ts';

export const phone = plainShape(parts.phone, {
  code: 'not-a-phone-number',
  detail: 'This is not an international phone number such as +12025550143.',
  isText: true,
  toFind: digitsOf,
});

/** However it is written and typed. */
export function digitsOf(words: string): string {
  return words.replace(/\D/g, '');
}
