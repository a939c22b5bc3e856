import type { Json } from '../../json.ts';
import { longest } from '../../limits.ts';
import type { Failure, Flow } from '../../mapping/steps/step.ts';
import { dayOfText } from '../../mapping/day-of-text.ts';
import { countryOf } from '../country.ts';
import { isEmail, standardEmail } from '../email.ts';
import { isPhoneNumber, standardPhone } from '../phone-number.ts';
import { isIsoDate, isIsoInstant } from '../calendar.ts';

/** What is one text, number or truth value: a value by itself, or a member of a group. */
export interface Part {
  /** What a native place of it holds when its entry has no steps. */
  flow: Flow;
  /** The one form of what a system writes in several; null: as it stands. */
  standard: Standard | null;
  /** The one text, or any of the texts. */
  longest: number;
  test(content: Json): boolean;
  /** What it must be, as the end of a sentence that begins with what it is about. */
  must: string;
  /** @param label what the member is called, for what says nothing by itself */
  words(content: Json, label: string): string;
}

/**
 * The standard form of a clean text, or why it is none. What is in its form already comes back as it is, and a text that nobody can make
 * anything of comes back for the shape to judge. `country`: that of the record, else of its mapping, by two letters.
 */
type Standard = (text: string, country: () => string | null) => string | Failure;

/** Parts by what a list’s member, or a group, names them. Who adds one adds it here and nowhere else. */
export const parts = {
  text: plainText(longest.name),
  longText: plainText(longest.longText),
  code: plainText(longest.code),
  identifier: plainText(longest.code),
  place: plainText(longest.place),
  country: { ...plainText(longest.place), standard: (name) => countryOf(name) ?? name },
  lines: {
    flow: 'lines',
    standard: null,
    longest: longest.addressLine,
    test: (content) => Array.isArray(content) && content.length > 0 && content.every(isCanonicalText),
    must: 'must be a list of texts, not empty and without white space around it',
    words: (content) => (content as string[]).join(', '),
  },
  flag: {
    flow: 'boolean',
    standard: null,
    longest: longest.code,
    test: (content) => typeof content === 'boolean',
    must: 'must be true or false',
    words: (content, label) => (content === true ? label.toLowerCase() : `not ${label.toLowerCase()}`),
  },
  yesNo: text(
    longest.code,
    (content) => content === 'yes' || content === 'no',
    'must be yes or no; what is unknown is left out',
  ),
  date: text(longest.code, isIsoDate, 'must be a day written yyyy-MM-dd', {
    flow: 'date',
    standard: dayOfText,
  }),
  instant: text(longest.code, isIsoInstant, 'must be an instant in UTC such as 2026-03-01T08:15:30.125Z', {
    flow: 'instant',
    words: (content) => String(content).replace('T', ' ').replace('.000Z', 'Z').replace('Z', ' UTC'),
  }),
  phone: text(
    longest.code,
    isPhoneNumber,
    'must be an international phone number such as +12025550143, with ;ext=12 behind it for an extension',
    {
      flow: 'phone',
      words: wordsOfPhone,
      standard: (phone, country) => (isPhoneNumber(phone) ? phone : standardPhone(phone, country())),
    },
  ),
  email: text(longest.email, isEmail, 'must be an e-mail address', { standard: standardEmail }),
  amount: text(
    longest.amount,
    (content) => /^(?!-0\.00$)-?(0|[1-9]\d*)\.\d{2}$/.test(content),
    'must be an amount with two places, such as "2500.00"',
  ),
  currency: text(
    longest.code,
    (content) => /^[A-Z]{3}$/.test(content),
    'must be a currency code of three letters, such as USD',
    { standard: (code) => code.toUpperCase() },
  ),
  count: {
    flow: 'number',
    standard: null,
    longest: longest.code,
    test: Number.isSafeInteger,
    must: 'must be a whole number',
    words: (content) => inThousands(String(content)),
  },
  number: {
    flow: 'number',
    standard: null,
    longest: longest.code,
    test: Number.isFinite,
    must: 'must be a number',
    words: (content) => inThousands(String(content)),
  },
} as const satisfies Record<string, Part>;

function plainText(limit: number): Part {
  return text(limit, () => true, 'must be a text, not empty and without white space around it');
}

function text(
  limit: number,
  test: (content: string) => boolean,
  must: string,
  more: Partial<Pick<Part, 'flow' | 'words' | 'standard'>> = {},
): Part {
  return {
    flow: 'text',
    standard: null,
    longest: limit,
    test: (content) => isCanonicalText(content) && test(content),
    must,
    words: String,
    ...more,
  };
}

function isCanonicalText(content: Json): content is string {
  return typeof content === 'string' && content !== '' && content.trim() === content;
}

/** North American numbers in their usual groups; others as they are, since groups differ by country. */
function wordsOfPhone(phone: Json): string {
  return String(phone)
    .replace(/^\+1(\d{3})(\d{3})(\d{4})(?!\d)/, '+1 $1-$2-$3')
    .replace(';ext=', ' ext. ');
}

/** A whole number or decimal text with its thousands set apart. */
export function inThousands(amount: string): string {
  return amount.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/g, ',');
}
