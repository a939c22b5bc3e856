import { document as limits } from './limits.ts';

/** A document that is too large for anybody to look at what it says. */
export interface SizeProblem {
  path: '';
  code: 'too-large';
  detail: string;
}

/** Null for a document of the size that documents have. Stops as soon as it is known to be larger, and never recurses. */
export function sizeProblem(document: unknown): SizeProblem | null {
  let [values, letters] = [0, 0];
  let level = [document];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limits.levels) return problem(`is nested more than ${limits.levels} levels deep`);
    const next: unknown[] = [];
    for (const value of level) {
      values += 1;
      if (typeof value === 'string') letters += value.length;
      if (typeof value === 'object' && value !== null) {
        if (!Array.isArray(value)) for (const name of Object.keys(value)) letters += name.length;
        for (const member of Object.values(value)) next.push(member);
      }
      if (values + next.length > limits.values) return problem(`holds more than ${limits.values} values`);
      if (letters > limits.letters) return problem(`holds more than ${limits.letters} characters`);
    }
    level = next;
  }
  return null;
}

function problem(what: string): SizeProblem {
  return { path: '', code: 'too-large', detail: `The document ${what}: leave out what is no part of it.` };
}
