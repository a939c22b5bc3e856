import type { Json } from '../../json.ts';
import { Failure } from '../../mapping/steps/step.ts';
import { parts, type Part } from '../shapes/part.ts';
import type { Shape } from '../shapes/shape.ts';
import { shapes } from '../shapes/shapes.ts';
import type { CodeSet } from './code-set.ts';

/** The shape of a code that is one of a set’s. */
export function shapeOfSet(set: CodeSet): Shape {
  const { code } = shapes;
  return {
    ...code,
    standard: standardIn(set),
    words: (value) => set.labelOf(String(value)),
    problem: (value) => {
      const problem = code.problem(value);
      if (problem !== null || set.has(String(value))) return problem;
      return { code: 'unknown-code', detail: notInSet(set) };
    },
  };
}

/** The same as a member of a list’s items. */
export function partOfSet(set: CodeSet): Part {
  return {
    ...parts.code,
    standard: standardIn(set),
    words: (content) => set.labelOf(String(content)),
    test: (content: Json) => parts.code.test(content) && set.has(content as string),
    must: `must be a code of the set ${set.label}`,
  };
}

function standardIn(set: CodeSet): NonNullable<Part['standard']> {
  return (text) => set.find(text) ?? new Failure('unknown-code', notInSet(set));
}

function notInSet({ label }: CodeSet): string {
  return `This is no code of the set ${label}. Tie it to one in the mapping, or add it to the set.`;
}
