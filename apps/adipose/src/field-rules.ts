import type { FieldRule, Verdict } from '@cinch/system-adapter';
import type { AdiposeCustomer } from './customer.ts';

const nameLength = 24;
const lineLength = 30;
const cityLength = 20;

/** Upper case, cut to the width of the column; a cut leaves neither a space nor a comma dangling at the end. */
function upperCut(text: string, length: number): string {
  const upper = text.trim().toUpperCase();
  // Half of a pair of code units is no letter.
  return upper.length <= length
    ? upper
    : upper
        .slice(0, length)
        .replace(/[\uD800-\uDBFF]$/, '')
        .replace(/[\s,]+$/, '');
}

/** A rule on text that may be empty: white space alone counts as empty. */
function text(judge: (text: string) => Verdict): FieldRule {
  return (value) => {
    if (value === null) return { value: null };
    if (typeof value !== 'string') return { code: 'not-text', detail: 'This field takes text.' };
    const trimmed = value.trim();
    return trimmed === '' ? { value: null } : judge(trimmed);
  };
}

function oneOf(allowed: readonly string[], code: string): FieldRule {
  return (value) =>
    typeof value === 'string' && allowed.includes(value.trim().toUpperCase())
      ? { value: value.trim().toUpperCase() }
      : { code, detail: `This field takes ${allowed.join(' or ')}.` };
}

function wholeNumber(isOptional: boolean): FieldRule {
  return (value) =>
    (isOptional && value === null) || Number.isSafeInteger(value)
      ? { value }
      : { code: 'not-a-whole-number', detail: 'This field takes a whole number.' };
}

const readOnly: FieldRule = () => ({ code: 'read-only', detail: 'Adipose gives out this value itself.' });

export const fieldRules: Record<keyof AdiposeCustomer, FieldRule> = {
  acct_no: readOnly,
  cust_type: oneOf(['P', 'B'], 'type-unknown'),
  name: (value) => {
    if (typeof value !== 'string' || value.trim() === '') {
      return { code: 'name-required', detail: 'A customer must have a name.' };
    }
    return { value: upperCut(value, nameLength) };
  },
  phone: text((typed) => {
    const digits = typed.replace(/[\s().-]/g, '');
    return /^\d{10}$/.test(digits)
      ? { value: digits }
      : { code: 'phone-not-10-digits', detail: 'A phone must have 10 national digits, such as 2025550143.' };
  }),
  email: text((typed) =>
    /^[^\s@]+@[^\s@]+$/.test(typed)
      ? { value: typed.toLowerCase() }
      : { code: 'email-invalid', detail: 'An e-mail must have the form name@domain.' },
  ),
  addr1: text((typed) => ({ value: upperCut(typed, lineLength) })),
  addr2: text((typed) => ({ value: upperCut(typed, lineLength) })),
  city: text((typed) => ({ value: upperCut(typed, cityLength) })),
  st: text((typed) =>
    /^[A-Za-z]{2}$/.test(typed)
      ? { value: typed.toUpperCase() }
      : { code: 'state-invalid', detail: 'A state must have two letters, such as IL.' },
  ),
  zip: text((typed) => {
    const parts = /^(\d{5})(?:-?(\d{4}))?$/.exec(typed);
    return parts
      ? { value: parts[2] ? `${parts[1]}-${parts[2]}` : typed }
      : { code: 'zip-invalid', detail: 'A ZIP code must have 5 or 9 digits.' };
  }),
  status: oneOf(['A', 'I'], 'status-unknown'),
  mkt_ok: oneOf(['Y', 'N'], 'consent-unknown'),
  credit_limit_cents: wholeNumber(false),
  lifetime_cents: wholeNumber(false),
  loyalty_pts: wholeNumber(false),
  last_txn_at: wholeNumber(true),
  upd: readOnly,
  ver: readOnly,
};
