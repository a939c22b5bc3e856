// The rules of ninety countries are 200 ms and 20 MB of every process that imports them: they are loaded where a model names them.
// oxlint-disable-next-line no-restricted-imports
import { createRequire } from 'node:module';
import { Failure } from '../mapping/steps/step.ts';
import { parts, type Part } from './shapes/part.ts';
import type { Shape } from './shapes/shape.ts';
import { shapes } from './shapes/shapes.ts';

/** Whose numbers an identifier's values are, with rules by which they are read and checked. */
export interface Scheme {
  /** As people call it, such as _German VAT Number_. */
  label: string;
  /**
   * The one form of a number that people write in several, or why it is none.
   * @param country that of the record, by two letters
   */
  read(text: string, country: () => string | null): string | Failure;
}

/** As much of what the library has of a scheme as is asked here. */
interface Validator {
  name: string;
  validate(text: string): { isValid: true; compact: string } | { isValid: false };
}

/** The VAT numbers of the European Union are written with the letters of their country before them. Greece writes EL. */
const ofUnion: Readonly<Record<string, string>> = {
  AT: 'at.uid', BE: 'be.vat', BG: 'bg.vat', CY: 'cy.vat', CZ: 'cz.dic', DE: 'de.vat', DK: 'dk.cvr', EE: 'ee.kmkr', EL: 'gr.vat', ES: 'es.nif',
  FI: 'fi.alv', FR: 'fr.tva', HR: 'hr.oib', HU: 'hu.anum', IE: 'ie.vat', IT: 'it.iva', LT: 'lt.pvm', LU: 'lu.tva', LV: 'lv.pvn', MT: 'mt.vat',
  NL: 'nl.btw', PL: 'pl.nip', PT: 'pt.nif', RO: 'ro.cif', SE: 'se.vat', SI: 'si.ddv', SK: 'sk.dph',
}; // prettier-ignore

const composed: Readonly<Record<string, Scheme>> = {
  lei: { label: 'Legal Entity Identifier', read: (text) => (isLei(bareOf(text)) ? bareOf(text) : notValid('LEI')) },
  'eu.vat': { label: 'European VAT Number', read: readUnionVat },
};

const known = new Map<string, Scheme | null>();

/**
 * The rules of a scheme: `country.name` as the library `stdnum` names them, `eu.vat`, or `lei`. Null: none are known, so that its numbers are
 * texts. Rules are loaded when a model first names their scheme.
 */
export function schemeOf(id: string): Scheme | null {
  const before = known.get(id);
  if (before !== undefined) return before;
  const scheme = Object.hasOwn(composed, id) ? composed[id]! : fromLibrary(id);
  known.set(id, scheme);
  return scheme;
}

/** A name with a point promises rules; any other is a scheme of one's own, such as `loyalty`. */
export function isKnownScheme(id: string): boolean {
  return !id.includes('.') || schemeOf(id) !== null;
}

export function shapeOfScheme(scheme: Scheme): Shape {
  const { identifier } = shapes;
  const isCanonical = (value: string) => scheme.read(value, () => null) === value;
  return {
    ...identifier,
    standard: (text, country) => scheme.read(text, country),
    problem: (value) => {
      const problem = identifier.problem(value);
      if (problem !== null || isCanonical(value as string)) return problem;
      const { code, detail } = notValid(scheme.label);
      return { code, detail };
    },
  };
}

/** The same as a member of a list’s items. */
export function partOfScheme(scheme: Scheme): Part {
  return {
    ...parts.identifier,
    standard: (text, country) => scheme.read(text, country),
    test: (content) => parts.identifier.test(content) && scheme.read(content as string, () => null) === content,
    must: `must be a valid ${scheme.label} in its plain form`,
  };
}

function fromLibrary(id: string): Scheme | null {
  const [country, name] = id.split('.');
  if (!/^[a-z]{2}$/.test(country!) || name === undefined) return null;
  let validator: Validator | undefined;
  try {
    // In a browser there is nothing to load from: there the numbers are texts.
    const require = createRequire(import.meta.url);
    validator = (require(`stdnum/lib/cjs/${country}`) as Record<string, Validator | undefined>)[name];
  } catch {
    return null;
  }
  if (!validator) return null;
  const { validate, name: label } = validator;
  return {
    label,
    read: (text) => {
      // Some rules do not know all the signs that people part digits by.
      const found = [text.toUpperCase(), bareOf(text)].map((form) => compactOf(validate, form));
      return found.find((compact) => compact !== null) ?? notValid(label);
    },
  };
}

function compactOf(validate: Validator['validate'], text: string): string | null {
  const result = validate(text);
  return result.isValid ? result.compact : null;
}

function readUnionVat(text: string, country: () => string | null): string | Failure {
  const bare = bareOf(text);
  const prefix = bare.slice(0, 2);
  const isPrefixed = Object.hasOwn(ofUnion, prefix);
  const own = isPrefixed ? prefix : (country() ?? '').replace('GR', 'EL');
  if (!Object.hasOwn(ofUnion, own)) return notValid('European VAT Number');
  const number = schemeOf(ofUnion[own]!)!.read(isPrefixed ? bare.slice(2) : bare, () => own);
  return number instanceof Failure ? number : own + number;
}

/** ISO 17442: 18 letters and digits, then two check digits by ISO/IEC 7064, MOD 97-10. */
function isLei(text: string): boolean {
  if (!/^[A-Z0-9]{18}\d{2}$/.test(text)) return false;
  let rest = 0;
  for (const sign of text) rest = Number(String(rest) + String(parseInt(sign, 36))) % 97;
  return rest === 1;
}

function bareOf(text: string): string {
  return text.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}

function notValid(label: string): Failure {
  return new Failure(
    'identifier-not-valid',
    `This is no valid ${label}: its length, its signs or its check digits are others. Mend it in its system.`,
  );
}
