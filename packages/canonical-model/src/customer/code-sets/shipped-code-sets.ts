import en from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import { countryOf } from '../country.ts';
import { codeSetFrom, type CodeSet } from './code-set.ts';

/**
 * Sets that every hub has, kept by libraries and not by documents: countries of ISO 3166, and currencies (ISO 4217) and languages
 * (ISO 639-1) as the Unicode data of the platform lists them.
 */
const makers: Readonly<Record<string, () => CodeSet>> = {
  country: () => {
    const names = Object.entries(en.countries as Record<string, string | string[]>);
    const set = declared('country', 'Country', new Map(names.map(([code, name]) => [code, [name].flat()[0]!])));
    return { ...set, find: countryOf };
  },
  currency: () => {
    const names = new Intl.DisplayNames(['en'], { type: 'currency' });
    const codes = Intl.supportedValuesOf('currency');
    return declared('currency', 'Currency', new Map(codes.map((code) => [code, names.of(code) ?? code])));
  },
  language: () => {
    const names = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });
    const found = new Map<string, string>();
    for (const code of pairsOfLetters()) {
      const name = names.of(code);
      // A code that was given up leads to the one that took its place.
      if (name !== undefined && Intl.getCanonicalLocales(code)[0] === code) found.set(code, name);
    }
    return declared('language', 'Language', found);
  },
};

export const shippedCodeSetIds: readonly string[] = Object.keys(makers);

const made = new Map<string, CodeSet>();

/** Put together when it is first asked for. */
export function shippedCodeSet(id: string): CodeSet | undefined {
  if (!Object.hasOwn(makers, id)) return undefined;
  const set = made.get(id) ?? makers[id]!();
  made.set(id, set);
  return set;
}

function declared(id: string, label: string, labels: ReadonlyMap<string, string>): CodeSet {
  const codes = [...labels].map(([code, name]) => ({ code, label: name, retired: false }));
  return codeSetFrom({ id, label, codes });
}

function* pairsOfLetters(): Generator<string> {
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  for (const first of letters) for (const second of letters) yield first + second;
}
