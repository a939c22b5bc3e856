import { titleCase, upperCase } from '../title-case.ts';
import type { StepDocument } from '../document.ts';
import { Failure, losesNothing, losesOnWrite, type Step } from './step.ts';

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

export function codesStep({ table, writeAs = {}, otherwise }: Of<'codes'>): Step {
  const meaning = new Map(Object.entries(table));
  const codes = new Map([...[...meaning].map(([code, text]) => [text, code] as const), ...Object.entries(writeAs)]);
  const isManyToOne = new Set(meaning.values()).size < meaning.size || otherwise !== undefined;
  return {
    takes: 'text',
    gives: 'text',
    loses: isManyToOne ? { onRead: true, onWrite: false } : losesNothing,
    read: (value) =>
      meaning.get(value as string) ??
      otherwise ??
      new Failure(
        'unknown-code',
        'This code is not in the table of the mapping. Add it, or say what it means otherwise.',
      ),
    write: (value) => codes.get(value as string) ?? new Failure('no-code', 'The system has no code for this value.'),
  };
}
