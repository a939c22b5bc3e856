import { cutText } from '../../customer/cut-text.ts';
import { titleCase, upperCase } from '../title-case.ts';
import type { StepDocument } from '../document.ts';
import { Failure, losesOnWrite, type Step } from './step.ts';

type Of<Name extends StepDocument['step']> = Extract<StepDocument, { step: Name }>;

/** The first letters that have room; what a cut leaves dangling at the end (white space, the comma before a lost given name) goes too. */
export function cutStep({ length }: Of<'cut'>): Step {
  return {
    takes: 'text',
    gives: 'text',
    loses: losesOnWrite,
    read: (value) => value,
    write: (value) => {
      const text = value as string;
      if (text.length <= length) return text;
      const kept = cutText(text, length);
      if (kept === '') return new Failure('no-room', 'Not even the first letter has room there.');
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
