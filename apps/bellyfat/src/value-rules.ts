import type { FieldRule, Json, RowData, Verdict } from '@cinch/system-adapter';
import { asObject } from './as-object.ts';

const earliestBirthYear = 1900;

/** Text without white space around, and one space where there was more within. */
function tidy(text: string): string {
  return text.trim().replace(/\s+/g, ' ');
}

/** A rule on text that may be empty; it sees the tidied text. */
export function text(judge: (text: string, row: RowData) => Verdict = (tidied) => ({ value: tidied })): FieldRule {
  return (value, row) => {
    if (value === null) return { value: null };
    if (typeof value !== 'string') return { code: 'not-text', detail: 'This field takes text.' };
    const tidied = tidy(value);
    return tidied === '' ? { value: null } : judge(tidied, row);
  };
}

export const requiredName: FieldRule = (value) =>
  typeof value === 'string' && tidy(value) !== ''
    ? { value: tidy(value) }
    : { code: 'name-required', detail: 'A person must have a family name, an organization a legal name.' };

export const phone = text((typed) => {
  const compact = typed.replace(/[\s().-]/g, '');
  return /^\+[1-9]\d{6,14}$/.test(compact)
    ? { value: compact }
    : { code: 'phone-invalid', detail: 'A phone must be international, such as +12025550143.' };
});

export const email = text((typed) =>
  /^[^\s@]+@[^\s@]+$/.test(typed)
    ? { value: typed }
    : { code: 'email-invalid', detail: 'An e-mail must have the form name@domain.' },
);

/** The parser takes 31 February for a day in March; the way back shows it. */
function isDay(typed: string): boolean {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? Date.parse(`${typed}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(typed);
}

export const day = text((typed) =>
  isDay(typed) ? { value: typed } : { code: 'date-invalid', detail: 'A date must be a day such as 2025-03-01.' },
);

export function birthDate(now: number): FieldRule {
  return text((typed) =>
    isDay(typed) && Date.parse(`${typed}T00:00:00Z`) <= now && Number(typed.slice(0, 4)) >= earliestBirthYear
      ? { value: typed }
      : {
          code: 'birth-date-implausible',
          detail: `A birth date must be a day from ${earliestBirthYear} until today, such as 1984-05-17.`,
        },
  );
}

export function postalCode(country: Json): FieldRule {
  const isUS = country === null || country === 'US';
  return text((typed) =>
    !isUS || /^\d{5}(-?\d{4})?$/.test(typed)
      ? { value: typed }
      : { code: 'postal-code-invalid', detail: 'A postal code in the US must have 5 or 9 digits.' },
  );
}

export const country = text((typed) =>
  /^[A-Za-z]{2}$/.test(typed)
    ? { value: typed.toUpperCase() }
    : { code: 'country-unknown', detail: 'A country must be a code of two letters, such as US.' },
);

export const lines: FieldRule = (value) => {
  if (value === null) return { value: [] };
  if (!Array.isArray(value) || !value.every((line) => typeof line === 'string')) {
    return { code: 'not-lines', detail: 'Address lines must be a list of texts.' };
  }
  return { value: value.map(tidy).filter((line) => line !== '') };
};

export const flag: FieldRule = (value) =>
  typeof value === 'boolean' ? { value } : { code: 'not-a-flag', detail: 'This field takes true or false.' };

export const consent: FieldRule = (value) => (value === null ? { value } : flag(value, {}, []));

export const amount = text((typed) =>
  /^\d{1,12}(\.\d{2})?$/.test(typed)
    ? { value: typed }
    : { code: 'amount-invalid', detail: 'An amount must have the form 2500.00.' },
);

export function oneOf(allowed: readonly string[], code: string): FieldRule {
  return (value) =>
    typeof value === 'string' && allowed.includes(value)
      ? { value }
      : { code, detail: `This field takes one of: ${allowed.join(', ')}.` };
}

/** A credit limit has one currency, and none where it is empty. */
const limitCurrency = oneOf(['USD'], 'currency-unknown');
export const currency: FieldRule = (value, row, path) => (value === null ? { value } : limitCurrency(value, row, path));

export const creditLimit: FieldRule = (value, row, path) => {
  if (value === null) return { value };
  const { amount: sum = null, currency: unit = null, ...others } = asObject(value);
  if (sum === null || Object.keys(others).length > 0) {
    return { code: 'not-a-credit-limit', detail: 'A credit limit has an amount and a currency.' };
  }
  const judged = amount(sum, row, path);
  const named = currency(unit, row, path);
  if ('code' in judged) return judged;
  return 'code' in named ? named : { value: { amount: judged.value, currency: named.value } };
};

/** What a product or a right is known by. */
export const code: FieldRule = (value) =>
  typeof value === 'string' && tidy(value) !== ''
    ? { value: tidy(value) }
    : { code: 'code-required', detail: 'A product must have a sku, a right a code.' };

export const asItIs: FieldRule = (value) => ({ value });
