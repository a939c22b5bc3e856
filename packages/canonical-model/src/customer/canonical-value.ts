import type { Json } from '../json.ts';
import { groupMembers, type AttributeShape, type Value } from './attributes.ts';
import { isIsoDate } from './calendar.ts';

/** Why a value is not of its attribute's canonical shape. The detail never repeats the value: it may be personal. */
export interface ValueProblem {
  code: string;
  detail: string;
}

const plainShapes: Record<
  Exclude<AttributeShape, 'name' | 'address'>,
  ValueProblem & { test(text: string): boolean }
> = {
  date: {
    test: isIsoDate,
    code: 'not-a-date',
    detail: 'This is not a day of the calendar written yyyy-MM-dd.',
  },
  e164: {
    test: (text) => /^\+[1-9]\d{6,14}$/.test(text),
    code: 'not-a-phone-number',
    detail: 'This is not an international phone number such as +12025550143.',
  },
  email: {
    test: (text) => /^[^\s@]+@[^\s@]+$/.test(text),
    code: 'not-an-email',
    detail: 'This is not an e-mail address: one @ with text on both sides and no white space.',
  },
  identifier: {
    test: () => true,
    code: 'not-an-identifier',
    detail: 'An identifier is a text.',
  },
};

/**
 * What keeps a value from being canonical, or null. Canonical texts are not empty and have no white space around them;
 * groups hold at least one member and only members of their shape.
 */
export function valueProblem(shape: AttributeShape, value: Value | null): ValueProblem | null {
  if (value === null) return null;
  if (shape === 'name' || shape === 'address') return groupProblem(shape, value);
  const rule = plainShapes[shape];
  if (isCanonicalText(value) && rule.test(value)) return null;
  return { code: rule.code, detail: rule.detail };
}

function groupProblem(shape: 'name' | 'address', value: Json): ValueProblem | null {
  const members: readonly string[] = groupMembers[shape];
  const code = shape === 'name' ? 'not-a-name' : 'not-an-address';
  if (value === null || typeof value !== 'object' || Array.isArray(value)) {
    return { code, detail: `This must be an object with any of the members ${members.join(', ')}.` };
  }
  const entries = Object.entries(value).filter(([, member]) => member !== undefined);
  if (entries.length === 0) return { code, detail: 'A group without members is written null.' };
  for (const [member, content] of entries) {
    if (!members.includes(member)) {
      return { code, detail: `There is no member "${member}"; there are ${members.join(', ')}.` };
    }
    const fits =
      member === 'lines'
        ? Array.isArray(content) && content.length > 0 && content.every(isCanonicalText)
        : isCanonicalText(content);
    if (!fits) {
      return {
        code,
        detail: `The member "${member}" must be ${member === 'lines' ? 'a list of texts' : 'a text'}, not empty and without white space around it.`,
      };
    }
  }
  return null;
}

function isCanonicalText(value: Json): value is string {
  return typeof value === 'string' && value !== '' && value.trim() === value;
}
