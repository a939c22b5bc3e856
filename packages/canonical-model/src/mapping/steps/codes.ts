import type { Json } from '../../json.ts';
import type { StepDocument } from '../document.ts';
import { Failure, type Step } from './step.ts';

/** A table of codes. A value that shares its code with others is read back as what the table makes of the code. */
export function codesStep({ native, table, writeAs = {}, otherwise }: Extract<StepDocument, { step: 'codes' }>): Step {
  const meaning = new Map(Object.entries(table));
  const written = new Map([...[...meaning].map(([code, text]) => [text, code] as const), ...Object.entries(writeAs)]);
  const codes = new Map([...written].map(([text, code]) => [text, nativeCode(code, native)]));
  return {
    takes: native,
    gives: 'text',
    loses: {
      onRead: new Set(meaning.values()).size < meaning.size || otherwise !== undefined,
      onWrite: [...written].some(([text, code]) => meaning.get(code) !== text),
    },
    read: (value) =>
      meaning.get(String(value)) ??
      otherwise ??
      new Failure(
        'unknown-code',
        'This code is not in the table of the mapping. Add it, or say what it means otherwise.',
      ),
    write: (value) => codes.get(value as string) ?? new Failure('no-code', 'The system has no code for this value.'),
  };
}

/** JSON has only texts as names of members, so the table's codes are texts whatever they are in the record. */
function nativeCode(code: string, native: 'text' | 'number' | 'boolean'): Json {
  if (native === 'boolean') return code === 'true';
  return native === 'number' ? Number(code) : code;
}

/** Whether the table can name a code of this type so: `true`, `7`, but not `yes` or `07`. */
export function isCodeOf(native: 'text' | 'number' | 'boolean', code: string): boolean {
  return String(nativeCode(code, native)) === code && code !== 'NaN';
}
