import type { NameValue } from '../../customer/shapes/name.ts';
import { Failure, losesOnWrite, type Step } from './step.ts';

/** One text "Family, Given M": the middle name is kept as its initial. */
export function personNameStep(): Step {
  return {
    takes: 'text',
    gives: 'name',
    loses: losesOnWrite,
    read: (value) => readName(value as string),
    write: (value) => writeName(value as NameValue),
  };
}

const noFamilyName = new Failure('no-family-name', 'A name of the form "Family, Given M" needs a family name.');

function readName(text: string): (NameValue & Record<string, string>) | Failure {
  const comma = text.indexOf(',');
  const family = words(comma < 0 ? text : text.slice(0, comma)).join(' ');
  if (family === '') return noFamilyName;
  const given = comma < 0 ? [] : words(text.slice(comma + 1));
  const hasInitial = given.length > 1 && /^\p{L}$/u.test(given.at(-1) as string);
  const middle = hasInitial ? given.pop() : undefined;
  return {
    ...(given.length > 0 && { given: given.join(' ') }),
    ...(middle && { middle }),
    family,
  };
}

function writeName({ given, middle, family }: NameValue): string | Failure {
  // A comma inside the family name would be read back as its end.
  const familyWords = words((family ?? '').replaceAll(',', ' '));
  if (familyWords.length === 0) return noFamilyName;
  const givenWords = words(given ?? '');
  // An initial alone would be read back as the given name.
  const initial = givenWords.length > 0 && middle ? [Array.from(middle.trim())[0] as string] : [];
  const rest = [...givenWords, ...initial].join(' ');
  return rest === '' ? familyWords.join(' ') : `${familyWords.join(' ')}, ${rest}`;
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== '');
}
