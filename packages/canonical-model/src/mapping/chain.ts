import type { Json } from '../json.ts';
import { longest, most } from '../limits.ts';
import type { StepDocument } from './document.ts';
import { compileStep } from './steps/compile-step.ts';
import { Failure, type Flow, type Loss, type Outcome, type Step } from './steps/step.ts';
import { instantTextStep } from './steps/time.ts';

/** The steps of one native place, from what the system stores to what the canonical place takes. */
export interface Chain {
  loses: Loss;
  /** `null` where there is nothing: no member, an empty text, an empty list. */
  read(raw: Json): Outcome;
  write(value: Json): Outcome;
}

/** @param rest what the native place holds when there is no step */
export function compileChain(documents: readonly StepDocument[], rest: Flow): Chain {
  const steps = documents.map(compileStep);
  // An envelope counts in milliseconds, the customer's own instants are text.
  if (rest === 'instant' && steps.at(-1)?.gives === 'instant') steps.push(instantTextStep());
  const accept = acceptors[steps[0]?.takes ?? rest];
  return {
    loses: {
      onRead: steps.some((step) => step.loses.onRead),
      onWrite: steps.some((step) => step.loses.onWrite),
    },
    read: (raw) => {
      let value = accept(raw);
      for (const step of steps) {
        if (value === null || value instanceof Failure) return value;
        value = step.read(value);
      }
      return value;
    },
    write: (value) => {
      let native: Outcome = value;
      for (let at = steps.length - 1; at >= 0; at--) {
        if (native === null || native instanceof Failure) return native;
        native = (steps[at] as Step).write(native);
      }
      return native;
    },
  };
}

const tooLong = new Failure('too-long', `The text is longer than the ${longest.native} characters that the hub reads.`);
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
  if (raw === null) return null;
  if (typeof raw !== 'string') return new Failure('not-text', 'The mapping expects text here.');
  if (raw.length > longest.native) return tooLong;
  const text = raw.trim();
  return text === '' ? null : text;
}

function acceptNumber(raw: Json): Outcome {
  return raw === null || typeof raw === 'number'
    ? raw
    : new Failure('not-a-number', 'The mapping expects a number here.');
}

function acceptBoolean(raw: Json): Outcome {
  return raw === null || typeof raw === 'boolean'
    ? raw
    : new Failure('not-a-boolean', 'The mapping expects true or false here.');
}

function acceptLines(raw: Json): Outcome {
  if (raw === null) return null;
  if (!Array.isArray(raw) || !raw.every((line) => typeof line === 'string')) {
    return new Failure('not-lines', 'The mapping expects a list of texts here.');
  }
  if (raw.length > most.addressLines) return tooMany;
  if (raw.some((line) => line.length > longest.native)) return tooLong;
  const lines = raw.map((line) => line.trim()).filter((line) => line !== '');
  return lines.length === 0 ? null : lines;
}
