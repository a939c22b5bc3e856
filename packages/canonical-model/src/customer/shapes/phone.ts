import { isGivenOut } from '../phone-number.ts';
import { parts } from './part.ts';
import { plainShape } from './shape.ts';

export const phone = plainShape(parts.phone, {
  code: 'not-a-phone-number',
  detail: 'This is not an international phone number such as +12025550143.',
  isText: true,
  doubt: (value) =>
    isGivenOut(value as string)
      ? null
      : { code: 'number-not-given-out', detail: 'The numbering plan of its country gives out no such number.' },
  toFind: digitsOf,
});

/** However it is written and typed. */
export function digitsOf(words: string): string {
  return words.replace(/\D/g, '');
}
