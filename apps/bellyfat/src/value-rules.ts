import type { FieldRule, Json, RowData, Verdict } from '@cinch/system-adapter';

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

export function birthDate(now: number): FieldRule {
  return text((typed) => {
    const time = /^\d{4}-\d{2}-\d{2}$/.test(typed) ? Date.parse(`${typed}T00:00:00Z`) : Number.NaN;
    // The parser takes 31 February for a day in March; the way back shows it.
    const isDay = !Number.isNaN(time) && new Date(time).toISOString().startsWith(typed);
    return isDay && time <= now && Number(typed.slice(0, 4)) >= earliestBirthYear
      ? { value: typed }
      : {
          code: 'birth-date-implausible',
          detail: `A birth date must be a day from ${earliestBirthYear} until today, such as 1984-05-17.`,
        };
  });
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

/** Products and rights are kept as they are given; only their form is judged. */
export const items: FieldRule = (value) => {
  if (value === null) return { value: [] };
  const isList =
    Array.isArray(value) && value.every((item) => item !== null && typeof item === 'object' && !Array.isArray(item));
  return isList ? { value } : { code: 'not-a-list', detail: 'This field takes a list of objects.' };
};
