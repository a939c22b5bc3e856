import type { Json } from '../../json.ts';
import { addressClass } from '../address-class.ts';
import { foldText } from '../fold-text.ts';
import { parts } from './part.ts';
import { groupShape } from './shape.ts';

const { lines, place, country } = parts;

export const address = groupShape(
  { lines, locality: place, region: place, postalCode: place, country },
  { code: 'not-an-address', words: wordsOfAddress, isVaguerWhenCut: true, classOf: addressClass, toFind: foldText },
);

function wordsOfAddress(value: Json): string {
  const { lines, locality, region, postalCode, country } = value as { [member: string]: Json };
  const place = [locality, region, postalCode].filter(Boolean).join(' ');
  return [...(Array.isArray(lines) ? lines : []), place, country].filter(Boolean).join(', ');
}
