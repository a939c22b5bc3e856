import { cleanText } from '../customer/clean-text.ts';
import type { Json } from '../json.ts';

/** A native value with an empty text or list as `null`: systems differ in how they write nothing, and it is no difference. */
export function nothingAsNull(raw: Json): Json {
  if (typeof raw === 'string') return raw.trim() === '' ? null : raw;
  return Array.isArray(raw) && raw.length === 0 ? null : raw;
}

/** What people and programs write where they know nothing. It says nothing: neither a value nor that there is none. */
export interface NothingDocument {
  /** Each also in capitals and in small letters. `Null` is not among them as it stands: some people are called so. */
  words: string[];
  /** Days that programs fill in, such as the first or the last that they know. */
  days: string[];
}

/** The list of a mapping that brings none of its own. It is the default of `nothing` in the description of the API. */
export const shippedNothing: NothingDocument = {
  words: (
    'null|(null)|<null>|nil|none|nan|undefined|#n/a|#null!|#ref!|#value!|n/a|n.a.|n.a|n/k|k.a.|s/d|s.d.|' +
    'tbd|tba|Unknown|Not known|Not available|Not applicable|Not specified|Not provided|No data|(blank)|' +
    '(none)|Unbekannt|Keine Angabe|Nicht bekannt|Inconnu|Non renseigné|Desconocido|Sin datos|Sconosciuto|' +
    'Onbekend|-|--|---|–|—|.|..|...|?|??|???|*|#|/|_|xxx|xxxx|0000|00000|000000|00000-0000|000-000-0000|' +
    '0000000000|+10000000000|0000-00-00|0000-00-00 00:00:00|0000-00-00T00:00:00Z|00.00.0000|00/00/0000|' +
    '00000000|none@none.com|noemail@noemail.com|no@email.com|na@na.com|null@null.com|unknown@unknown.com'
  ).split('|'),
  days: [
    '0001-01-01',
    '1111-11-11',
    '1753-01-01',
    '1899-12-30',
    '1899-12-31',
    '1900-01-01',
    '2999-12-31',
    '9999-12-30',
    '9999-12-31',
  ],
};

/** Read once a mapping: asked for every value of every record. */
export interface Nothing {
  isWord(text: string): boolean;
  isDay(text: string): boolean;
}

export function compileNothing({ words, days }: NothingDocument): Nothing {
  const said = new Set(words.map(cleanText).flatMap((word) => [word, word.toUpperCase(), word.toLowerCase()]));
  const filledIn = new Set(days);
  const longest = Math.max(0, ...[...said].map((word) => word.length));
  return {
    isWord: (text) => text.length <= longest && said.has(text),
    isDay: (text) => filledIn.has(text.length > dayLength ? text.slice(0, dayLength) : text),
  };
}

const dayLength = 'yyyy-MM-dd'.length;

/** What a native place says that holds one of these words or days. */
export const silence = Symbol('silence');
