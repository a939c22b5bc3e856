import {
  getCountryCallingCode,
  parsePhoneNumberFromString,
  type CountryCode,
  type PhoneNumber,
} from 'libphonenumber-js/max';
import { Failure } from '../mapping/steps/step.ts';

/** An international number, with the extension behind it where it has one (RFC 3966). */
const international = /^\+[1-9]\d{6,14}(?:;ext=\d{1,7})?$/;

export function isPhoneNumber(text: string): boolean {
  return international.test(text);
}

const notANumber = new Failure(
  'not-a-phone-number',
  'This is not one phone number that its country has: too short, too long, or something else. It stays with the record as it was sent.',
);
const noCountry = new Failure(
  'no-country',
  'This number names no country: send it with + and its country code, or name the country in the mapping ("country": "US").',
);

/**
 * The number as +12025550143, with `;ext=12` behind it where it has an extension: read as people write it, by the numbering plans of all countries.
 * @param home where a number without a country code belongs: a country by two letters, or digits, a country code; null where nobody knows
 */
export function standardPhone(text: string, home: string | null): string | Failure {
  if (international.test(text)) return text;
  // Who writes 00 means +, also where people dial otherwise; some put it in brackets, or a scheme before it.
  const number = parsed(text, home) ?? parsed(text.replace(/^(?:tel:)?[(\s]*(?:00|\+)[)\s]*/i, '+'), home);
  if (number) return number.number + (number.ext ? `;ext=${number.ext}` : '');
  return home === null && /^[\d\s()/.-]{5,}$/.test(text) ? noCountry : notANumber;
}

function parsed(text: string, home: string | null): PhoneNumber | null {
  // The whole text is the number: one found within it would be a guess.
  const number = parsePhoneNumberFromString(text, {
    extract: false,
    ...(home !== null && (/^\d/.test(home) ? { defaultCallingCode: home } : { defaultCountry: home as CountryCode })),
  });
  return number?.isPossible() && international.test(number.number) ? number : null;
}

/** Whether the plan of its country gives out such numbers: one that is only as long as they are may be a slip or a filler. */
export function isGivenOut(phone: string): boolean {
  const known = givenOut.get(phone);
  if (known !== undefined) return known;
  const is = parsePhoneNumberFromString(withoutExtension(phone))?.isValid() ?? false;
  if (givenOut.size >= mostRemembered) givenOut.clear();
  givenOut.set(phone, is);
  return is;
}

/** To look one up takes as long as reading a whole record, and of one customer several systems tell it again and again. */
const givenOut = new Map<string, boolean>();
const mostRemembered = 10_000;

export function withoutExtension(phone: string): string {
  const at = phone.indexOf(';');
  return at < 0 ? phone : phone.slice(0, at);
}

/** As the country's people write it, or abroad; with its extension. */
export function writtenPhone(phone: string, country: string | null): string {
  const [number = '', extension] = phone.split(';ext=');
  const known = parsePhoneNumberFromString(number);
  if (!known) return phone;
  if (extension) known.setExt(extension);
  return country !== null && known.countryCallingCode === getCountryCallingCode(country as CountryCode)
    ? known.formatNational()
    : known.formatInternational();
}
