import type { Json } from '../../json.ts';
import { foldText } from '../fold-text.ts';
import { parts } from './part.ts';
import { groupShape } from './shape.ts';

/** Of a person or of an organisation: which members are there says which. */
export interface NameValue {
  [member: string]: string | undefined;
  given?: string;
  middle?: string;
  family?: string;
  legal?: string;
  tradingAs?: string;
}

const { text } = parts;

/** A system may keep it in one place, which a step reads. */
export const name = groupShape(
  { given: text, middle: text, family: text, legal: text, tradingAs: text },
  { code: 'not-a-name', words: wordsOfName, flow: 'name', isVaguerWhenCut: true, toFind: foldText },
);

function wordsOfName(value: Json): string {
  const { given, middle, family, legal, tradingAs } = value as NameValue;
  const person = [given, middle && (/^\p{L}$/u.test(middle) ? `${middle}.` : middle), family].filter(Boolean).join(' ');
  const organization = legal && tradingAs && legal !== tradingAs ? `${legal} (${tradingAs})` : (legal ?? tradingAs);
  return [person, organization].filter(Boolean).join(', ');
}
