import codes from 'i18n-iso-countries/codes.json' with { type: 'json' };
import cs from 'i18n-iso-countries/langs/cs.json' with { type: 'json' };
import da from 'i18n-iso-countries/langs/da.json' with { type: 'json' };
import de from 'i18n-iso-countries/langs/de.json' with { type: 'json' };
import en from 'i18n-iso-countries/langs/en.json' with { type: 'json' };
import es from 'i18n-iso-countries/langs/es.json' with { type: 'json' };
import fi from 'i18n-iso-countries/langs/fi.json' with { type: 'json' };
import fr from 'i18n-iso-countries/langs/fr.json' with { type: 'json' };
import it from 'i18n-iso-countries/langs/it.json' with { type: 'json' };
import ja from 'i18n-iso-countries/langs/ja.json' with { type: 'json' };
import nl from 'i18n-iso-countries/langs/nl.json' with { type: 'json' };
import no from 'i18n-iso-countries/langs/no.json' with { type: 'json' };
import pl from 'i18n-iso-countries/langs/pl.json' with { type: 'json' };
import pt from 'i18n-iso-countries/langs/pt.json' with { type: 'json' };
import sv from 'i18n-iso-countries/langs/sv.json' with { type: 'json' };
import { foldText } from './fold-text.ts';

const languages = [en, de, fr, es, it, nl, pt, pl, cs, sv, da, no, fi, ja];

/** How people call countries beside the names that ISO and its translators list. */
const further: Readonly<Record<string, string>> = {
  uk: 'GB',
  england: 'GB',
  scotland: 'GB',
  wales: 'GB',
  northernireland: 'GB',
  greatbritain: 'GB',
  holland: 'NL',
  america: 'US',
  czechrepublic: 'CZ',
  brd: 'DE',
};

const alpha2 = new Set(codes.map(([two]) => two as string));
/** Names are many, and most texts are two letters: put together when the first other one is asked about. */
let named: Map<string, string> | null = null;

/** The two letters by which ISO 3166 knows the country that the text names, by its name in one of many languages or by a code; null for none. */
export function countryOf(text: string): string | null {
  if (alpha2.has(text)) return text;
  named ??= namesOfCountries();
  return named.get(letters(text)) ?? null;
}

function namesOfCountries(): Map<string, string> {
  const names = new Map<string, string>();
  for (const { countries } of languages)
    for (const [two, called] of Object.entries(countries as Record<string, string | string[]>))
      for (const name of [called].flat()) names.set(letters(name), two);
  for (const [two, three, number] of codes as [string, string, string][])
    for (const code of [two, three, number]) names.set(code.toLowerCase(), two);
  for (const [name, two] of Object.entries(further)) names.set(name, two);
  return names;
}

function letters(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{M}\p{N}]/gu, '')
    .replace(/^the(?=.{4})/, '');
}
