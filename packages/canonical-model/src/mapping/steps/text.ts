import { titleCase, upperCase } from '../title-case.ts';
import type { StepDocument } from '../document.ts';
import { losesOnWrite, type Step } from './step.ts';

type Of<Name extends StepDocument['step']> = Extract<StepDocument, { step: Name }>;

/** The first `length` characters; what a cut leaves dangling at the end (white space, the comma before a lost given name) goes too. */
export function cutStep({ length }: Of<'cut'>): Step {
  return {
    takes: 'text',
    gives: 'text',
    loses: losesOnWrite,
    read: (value) => value,
    write: (value) => {
      const text = value as string;
      if (text.length <= length) return text;
      const kept = text.slice(0, length);
      return kept.replace(/[\s,]+$/, '') || kept;
    },
  };
}

const readCases = {
  'as-is': (text: string) => text,
  title: titleCase,
  upper: upperCase,
};

export function caseStep({ native, read }: Of<'case'>): Step {
  const readText = readCases[read];
  return {
    takes: 'text',
    gives: 'text',
    loses: losesOnWrite,
    read: (value) => readText(value as string),
    write: (value) => (native === 'upper' ? (value as string).toUpperCase() : (value as string).toLowerCase()),
  };
}
