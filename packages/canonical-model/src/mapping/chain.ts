import { cleanText } from '../customer/clean-text.ts';
import type { Part } from '../customer/shapes/part.ts';
import { canonicalJson, type Json } from '../json.ts';
import { longest, most } from '../limits.ts';
import type { Conventions } from './conventions.ts';
import type { StepDocument } from './document.ts';
import { nothingAsNull, silence } from './nothing.ts';
import { compileStep } from './steps/compile-step.ts';
import { Failure, type Flow, type Loss, type Outcome, type Step } from './steps/step.ts';
import { instantTextStep } from './steps/time.ts';

/** The steps of one native place, from what the system stores to what the canonical place takes. */
export interface Chain {
  loses: Loss;
  /** `null` where there is nothing: no member, an empty text, an empty list. *Silence* where a word or a day says that nobody knows. */
  read(raw: Json, country?: () => string | null): Outcome | typeof silence;
  write(value: Json): Outcome;
  /** Whether two native values are two spellings of one: before any step is taken they say the same. */
  isSpelledAlike(one: Json, other: Json): boolean;
}

/** What the canonical place takes: its flow, which the native place holds when there is no step, and its standard form. */
export interface Place {
  flow: Flow;
  standard?: Part['standard'];
}

export function compileChain(
  documents: readonly StepDocument[],
  { flow: rest, standard = null }: Place,
  conventions: Conventions,
): Chain {
  const { nothing, isVerbatim } = conventions;
  const ownCountry = () => conventions.country;
  const steps = documents.map((document) => compileStep(document, conventions));
  // An envelope counts in milliseconds, the customer's own instants are text.
  if (rest === 'instant' && steps.at(-1)?.gives === 'instant') steps.push(instantTextStep());
  const taken = acceptors[steps[0]?.takes ?? rest];
  const accept = isVerbatim && taken === acceptText ? acceptVerbatim : taken;
  // A code that a table knows means what the table says.
  const [first] = documents;
  const known = new Set(first?.step === 'codes' ? Object.keys(first.table) : []);
  const takesAll = first?.step === 'codes' && first.otherwise !== undefined;
  const isNothing = (text: string) => nothing.isWord(text) && !takesAll && !known.has(text);
  const isDay = (steps.at(-1)?.gives ?? rest) === 'date' || rest === 'instant';
  /** Undefined for what only another place of the record, such as its country, makes readable: nothing can be said of its spelling. */
  const asSaid = (raw: Json): Json | undefined => {
    const value = accept(nothingAsNull(raw));
    if (value instanceof Failure) return raw;
    if (typeof value !== 'string') return value;
    if (isNothing(value)) return null;
    const standardised = steps.length === 0 && standard && !isVerbatim ? standard(value, ownCountry) : value;
    return standardised instanceof Failure ? undefined : standardised;
  };
  return {
    loses: {
      onRead: steps.some((step) => step.loses.onRead),
      onWrite: steps.some((step) => step.loses.onWrite),
    },
    read: (raw, country = ownCountry) => {
      let value = accept(raw);
      if (typeof value === 'string' && isNothing(value)) return silence;
      for (const step of steps) {
        if (value === null || value instanceof Failure) return value;
        value = step.read(value);
      }
      if (typeof value !== 'string' || isVerbatim) return value;
      if (isDay && nothing.isDay(value)) return silence;
      return standard ? standard(value, country) : value;
    },
    write: (value) => {
      let native: Outcome = value;
      for (let at = steps.length - 1; at >= 0; at--) {
        if (native === null || native instanceof Failure) return native;
        native = (steps[at] as Step).write(native);
      }
      if (typeof native !== 'string' || isVerbatim) return native;
      // As it would be read back.
      const text = cleanText(native) || null;
      const saysNothing = text !== null && (isNothing(text) || (isDay && nothing.isDay(String(value))));
      return saysNothing ? meansNothing : text;
    },
    isSpelledAlike: (one, other) => {
      const [a, b] = [asSaid(one), asSaid(other)];
      return a === undefined || b === undefined || canonicalJson(a) === canonicalJson(b);
    },
  };
}

const meansNothing = new Failure(
  'means-nothing',
  'The mapping reads this as a word or a day that says that nobody knows.',
);
const notText = new Failure('not-text', 'The mapping expects text here.');
const tooLong = new Failure('too-long', `The text is longer than the ${longest.native} characters that the hub reads.`);
const tooExact = new Failure(
  'number-too-large',
  'This whole number is too large to be exact as a JSON number (2^53 and above): send it as a text, in quotes.',
);
const tooMany = new Failure('too-many', `There are more than the ${most.addressLines} lines that the hub keeps.`);

const acceptors: Record<Flow, (raw: Json) => Outcome> = {
  text: acceptText,
  date: acceptText,
  phone: acceptText,
  number: acceptNumber,
  boolean: acceptBoolean,
  instant: acceptText,
  lines: acceptLines,
  name: () => new Failure('not-a-name', 'A name needs steps or members.'),
};

function acceptText(raw: Json): Outcome {
  if (typeof raw === 'number') return digitsOf(raw);
  if (raw === null) return null;
  if (typeof raw !== 'string') return notText;
  if (raw.length > longest.native) return tooLong;
  const text = cleanText(raw);
  return text === '' ? null : text;
}

function acceptVerbatim(raw: Json): Outcome {
  if (typeof raw !== 'string') return acceptText(raw);
  if (raw.length > longest.native) return tooLong;
  return raw.trim() || null;
}

/** Systems keep phones, postal codes and keys as whole numbers: what they mean are the digits. */
function digitsOf(raw: number): string | Failure {
  if (Number.isSafeInteger(raw)) return String(raw);
  return Number.isInteger(raw) ? tooExact : notText;
}

function acceptNumber(raw: Json): Outcome {
  if (raw === null || typeof raw === 'number') return raw;
  const number = typeof raw === 'string' && numeral.test(raw) ? Number(raw) : Number.NaN;
  return Number.isSafeInteger(number) ? number : new Failure('not-a-number', 'The mapping expects a number here.');
}

/** A whole number as a text, such as database drivers hand out large ones. */
const numeral = /^\s*-?(?:0|[1-9]\d*)\s*$/;

function acceptBoolean(raw: Json): Outcome {
  return raw === null || typeof raw === 'boolean'
    ? raw
    : new Failure('not-a-boolean', 'The mapping expects true or false here.');
}

function acceptLines(raw: Json): Outcome {
  if (raw === null) return null;
  if (!Array.isArray(raw) || !raw.every((line) => typeof line === 'string' || Number.isSafeInteger(line))) {
    return new Failure('not-lines', 'The mapping expects a list of texts here.');
  }
  if (raw.length > most.addressLines) return tooMany;
  const lines = raw.map(acceptText);
  const failure = lines.find((line) => line instanceof Failure);
  if (failure) return failure;
  const told = (lines as Json[]).filter((line) => line !== null);
  return told.length === 0 ? null : told;
}
