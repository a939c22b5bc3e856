import type { ShapeId } from '../customer/shapes/shapes.ts';
import type { Meaning } from './column-meanings.ts';
import type { StepDocument } from './document.ts';

/** How the values of a column are read, or null where they have no form that a step reads. */
export interface Guess {
  steps: StepDocument[];
  why: string;
}

interface Form {
  looks: RegExp;
  steps: StepDocument[];
  why: string;
}

const days: Form[] = [
  { looks: /^\d{4}-\d{2}-\d{2}$/, steps: [], why: 'days such as 1980-02-29' },
  { looks: /^\d{8}$/, steps: [{ step: 'date', format: 'yyyyMMdd' }], why: 'days such as 19800229' },
  { looks: /^\d{2}\.\d{2}\.\d{4}$/, steps: [{ step: 'date', format: 'dd.MM.yyyy' }], why: 'days such as 29.02.1980' },
];

const phones: Form[] = [
  { looks: /^\+[1-9]\d{6,14}$/, steps: [], why: 'numbers with their country, such as +12025550143' },
  {
    looks: /^[2-9]\d{9}$/,
    steps: [{ step: 'nationalNumber', countryCode: '1', digits: 10 }],
    why: 'ten digits, taken for numbers of North America: set countryCode otherwise if they are not',
  },
];

const instants: Form[] = [
  {
    looks: /^\d{4}-\d\d-\d\dT[\d:.]+Z$/,
    steps: [{ step: 'isoInstant' }],
    why: 'instants such as 2026-03-01T08:15:30Z',
  },
  { looks: /^\d{4}-\d\d-\d\dT[\d:.]+[+-]\d\d:\d\d$/, steps: [{ step: 'isoInstant' }], why: 'instants with an offset' },
  { looks: /^1\d{9}$/, steps: [{ step: 'epochSeconds' }], why: 'seconds since 1970' },
];

const texts: Form[] = [{ looks: /./s, steps: [], why: 'text' }];

const wholeNumbers: Form[] = [{ looks: /^-?\d{1,15}$/, steps: [], why: 'whole numbers' }];

const ofEnvelope: Readonly<Record<string, readonly Form[]>> = { changedAt: instants, version: wholeNumbers };

/** Null: no column of text can be guessed to hold one. */
const ofShape: Readonly<Record<ShapeId, readonly Form[] | null>> = {
  name: texts,
  date: days,
  instant: instants,
  phone: phones,
  email: [{ looks: /^[^\s@]+@[^\s@]+\.[^\s@]+$/, steps: [], why: 'e-mail addresses' }],
  address: texts,
  identifier: texts,
  money: null,
  number: [{ looks: /^-?\d{1,15}(\.\d+)?$/, steps: [], why: 'numbers' }],
  count: wholeNumbers,
  yesNo: null,
  code: texts,
  text: texts,
  longText: texts,
  phase: null,
};

const ofMember: Readonly<Record<string, readonly Form[]>> = {
  'address country': [{ looks: /^[A-Z]{2}$/, steps: [], why: 'countries by two letters' }],
  'name whole': [{ looks: /^[^,]+, *[^,]+$/, steps: [{ step: 'personName' }], why: 'names such as Smith, John Q' }],
};

const yes = /^(y|yes|true|t|1)$/i;
const no = /^(n|no|false|f|0)$/i;

/** @param values those of the column that are not empty */
export function guessSteps(meaning: Meaning, values: readonly string[]): Guess | null {
  const { shape } = meaning;
  const forms = formsOf(meaning);
  if (values.length === 0) return forms === texts ? { steps: [], why: 'by its name; it is empty in the sample' } : null;
  if (shape === 'yesNo') return consent(values);
  if (shape === 'date' && values.every((value) => /^\d{2}\/\d{2}\/\d{4}$/.test(value))) return slashed(values);
  const form = forms?.find(({ looks }) => values.every((value) => looks.test(value)));
  if (!form) return null;
  const isShouted =
    form.steps.length === 0 && form.why === 'text' && values.every((value) => value === value.toUpperCase());
  if (isShouted && isOfWords(meaning) && values.some((value) => /[A-Z]{2}/.test(value))) {
    return { steps: [{ step: 'case', native: 'upper', read: 'title' }], why: 'text in capitals' };
  }
  return { steps: form.steps, why: form.why };
}

function formsOf({ name, shape, member }: Meaning): readonly Form[] | null {
  if (shape === null) return ofEnvelope[name] ?? texts;
  return ofMember[`${shape} ${member}`] ?? ofShape[shape];
}

/** Written in capitals by some systems and not by others. */
function isOfWords({ shape, member }: Meaning): boolean {
  return shape === 'name' || (shape === 'address' && /^(locality|line\d)$/.test(member ?? ''));
}

/** Which number is the day can be told only where one of them is no month. */
function slashed(values: readonly string[]): Guess | null {
  const isDayFirst = values.some((value) => Number(value.slice(0, 2)) > 12);
  const isMonthFirst = values.some((value) => Number(value.slice(3, 5)) > 12);
  if (isDayFirst === isMonthFirst) return null;
  const format = isDayFirst ? 'dd/MM/yyyy' : 'MM/dd/yyyy';
  return { steps: [{ step: 'date', format }], why: `days as ${format}` };
}

function consent(values: readonly string[]): Guess | null {
  const codes = [...new Set(values)];
  if (!codes.every((code) => yes.test(code) || no.test(code))) return null;
  if (codes.filter((code) => yes.test(code)).length > 1 || codes.filter((code) => no.test(code)).length > 1)
    return null;
  const table = Object.fromEntries(codes.map((code) => [code, yes.test(code) ? 'yes' : 'no']));
  return { steps: [{ step: 'codes', native: 'text', table }], why: `codes ${codes.join(', ')}` };
}
