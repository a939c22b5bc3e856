import type { Json } from '../json.ts';
import type { Conventions } from './conventions.ts';
import type { LineDocument, StepDocument } from './document.ts';
import { compileField, type Codec } from './field-codec.ts';
import { silence } from './nothing.ts';

const text = { flow: 'text' } as const;

/**
 * Address lines that the system keeps in one place each. Empty places are left out when read; lines beyond the last place are
 * lost when written.
 */
export function compileLines(
  documents: readonly LineDocument[],
  steps: readonly StepDocument[],
  hasGaps: boolean,
  conventions: Conventions,
): Codec {
  const lines = documents.map((line) =>
    typeof line === 'string'
      ? compileField(line, steps, text, conventions)
      : compileStreetLine(line, steps, conventions),
  );
  const paths = lines.flatMap((line) => line.paths);
  return {
    paths,
    loses: { onRead: hasGaps ? paths : lines.flatMap((line) => line.loses.onRead), onWrite: true },
    read: (source, fields, unreadable) => {
      const values: Json[] = [];
      let isReadable = true;
      let isSilent = false;
      for (const line of lines) {
        const value = line.read(source, fields, unreadable);
        if (value === undefined) isReadable = false;
        else if (value === silence) isSilent = true;
        else if (value !== null) values.push(value);
      }
      if (!isReadable) return undefined;
      if (values.length > 0) return values;
      return isSilent ? silence : null;
    },
    silentPaths: (fields) => lines.flatMap((line) => line.silentPaths(fields)),
    isSpelledAlike: (path, one, other) =>
      lines.some((line) => line.paths.includes(path) && line.isSpelledAlike(path, one, other)),
    write: (value, fields) => {
      for (const [at, line] of lines.entries()) {
        const failure = line.write((value as string[] | null)?.[at] ?? null, fields);
        if (failure) return failure;
      }
      return null;
    },
  };
}

const houseNumber = /^(\d+[a-z]?(?:[-/]\d+[a-z]?)?)(?:\s+(\S.*))?$/i;

/** "8 Stanley Street" for a system that keeps the 8 apart. A street that starts with a number of its own ("4th Avenue") stays whole. */
function compileStreetLine(
  document: { number: string; street: string },
  steps: readonly StepDocument[],
  conventions: Conventions,
): Codec {
  const number = compileField(document.number, steps, text, conventions);
  const street = compileField(document.street, steps, text, conventions);
  return {
    paths: [document.number, document.street],
    loses: { ...number.loses, onRead: [...number.loses.onRead, ...street.loses.onRead] },
    read: (source, fields, unreadable) => {
      const parts = [number.read(source, fields, unreadable), street.read(source, fields, unreadable)];
      if (parts.includes(undefined)) return undefined;
      const words = parts.filter((part) => part !== null && part !== silence);
      if (words.length > 0) return words.join(' ');
      return parts.includes(silence) ? silence : null;
    },
    silentPaths: (fields) => [...number.silentPaths(fields), ...street.silentPaths(fields)],
    isSpelledAlike: (path, one, other) => (path === document.number ? number : street).isSpelledAlike(path, one, other),
    write: (line, fields) => {
      const found = line === null ? null : houseNumber.exec(line as string);
      return number.write(found?.[1] ?? null, fields) ?? street.write(found ? (found[2] ?? null) : line, fields);
    },
  };
}
