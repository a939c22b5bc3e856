import { canonicalJson, type Json } from '../../json.ts';
import { most } from '../../limits.ts';
import type { Flow } from '../../mapping/steps/step.ts';
import type { Strategy } from '../../survivorship/golden.ts';
import type { Part } from './part.ts';

/** Why a value is not of its attribute's canonical shape. The detail never repeats the value: it may be personal. */
export interface ValueProblem {
  code: string;
  detail: string;
}

export type Parts = Readonly<Record<string, Part>>;

/**
 * What a value may be, and all that the hub knows of such values without knowing what they are for. Shapes are code, closed and few: one
 * entry each in the record of `shapes.ts`, from which whatever depends on the shape reads.
 */
export interface Shape {
  /** What a native place holds when its entry has no steps; null where only its members can be mapped. */
  flow: Flow | null;
  /** The one form of what a system writes in several; null: as it stands, or said of the members. */
  standard: Part['standard'];
  /** Of a group, which survives whole: its members by name. */
  parts: Parts | null;
  /** The members without which a group says nothing. */
  needs: readonly string[];
  /** What keeps a value that is there from being canonical. */
  problem(value: Json): ValueProblem | null;
  /** Why a canonical value may be none after all: it is shown, and loses to one that passes where the rule is *valid first*. */
  doubt(value: Json): ValueProblem | null;
  /** What two values have in common that say the same: values of one class never compete. */
  classOf(value: Json): string;
  /** The value on one line, as screens show it. */
  words(value: Json): string;
  /** A shorter value may be a vaguer one. A shortened phone number, date or identifier is another one. */
  isVaguerWhenCut: boolean;
  /** It is one text, so that it can match a pattern. */
  isText: boolean;
  /** What a person types to find it, of its words; null where too many customers share a value for that. */
  toFind: ((words: string) => string) | null;
  /** Its empty value is no answer: it neither wins nor is written. */
  emptyIsNoAnswer: boolean;
  /** Its values are states that follow each other: all of them are kept, not the last one alone. */
  isState: boolean;
  /** Where a value stands among its like; null where they have no order. */
  order: ((value: Json) => number) | null;
  /** What values of one unit come to together; null where they cannot be added. */
  sum: ((values: readonly Json[]) => Json) | null;
  /** Strategies for values like these, which others have no use for. */
  strategies: readonly Strategy[];
}

const usual: Omit<Shape, 'flow' | 'standard' | 'parts' | 'needs' | 'problem' | 'words'> = {
  doubt: () => null,
  classOf: canonicalJson,
  isVaguerWhenCut: false,
  isText: false,
  toFind: null,
  emptyIsNoAnswer: false,
  isState: false,
  order: null,
  sum: null,
  strategies: [],
};

/** A shape whose values are one part each. `detail`: what is wrong with one that is none, in a sentence. */
export function plainShape(part: Part, { code, detail, ...own }: ValueProblem & Partial<Shape>): Shape {
  return {
    ...usual,
    flow: part.flow,
    standard: part.standard,
    parts: null,
    needs: [],
    problem: (value) => {
      if (isTooLong(value, part.longest)) return tooLong('This', part.longest);
      return part.test(value) ? null : { code, detail };
    },
    words: (value) => part.words(value, ''),
    ...own,
  };
}

/** A shape whose values are groups: they hold at least one member, and only members of theirs. */
export function groupShape(
  parts: Parts,
  { code, ...own }: { code: string; words(value: Json): string } & Partial<Shape>,
): Shape {
  const needs = own.needs ?? [];
  // Asked for every value that is read.
  const known = new Map(Object.entries(parts));
  const names = [...known.keys()].join(', ');
  return {
    ...usual,
    flow: null,
    standard: null,
    parts,
    needs,
    problem: (value) => {
      if (value === null || typeof value !== 'object' || Array.isArray(value))
        return { code, detail: `This must be an object with any of the members ${names}.` };
      let isEmpty = true;
      for (const member of Object.keys(value)) {
        const content = value[member];
        if (content === undefined) continue;
        isEmpty = false;
        const part = known.get(member);
        if (!part) return { code, detail: `There is no member "${member}"; there are ${names}.` };
        if (isTooLong(content, part.longest)) return tooLong(`The member "${member}"`, part.longest);
        if (Array.isArray(content) && content.length > most.addressLines) return tooMany(member);
        if (!part.test(content)) return { code, detail: `The member "${member}" ${part.must}.` };
      }
      if (isEmpty) return { code, detail: 'A group without members is written null.' };
      const lacking = needs.find((member) => value[member] === undefined);
      return lacking === undefined ? null : { code, detail: `The member "${lacking}" must be there.` };
    },
    ...own,
  };
}

/** The one text, or any of the texts. */
function isTooLong(value: Json, limit: number): boolean {
  if (typeof value === 'string') return value.length > limit;
  return Array.isArray(value) && value.some((line) => typeof line === 'string' && line.length > limit);
}

function tooLong(what: string, limit: number): ValueProblem {
  return { code: 'too-long', detail: `${what} is longer than the ${limit} characters that the hub keeps.` };
}

function tooMany(member: string): ValueProblem {
  return {
    code: 'too-many',
    detail: `The member "${member}" has more than the ${most.addressLines} that the hub keeps.`,
  };
}
