import { describe, expect, it } from 'vitest';
import { differingPart } from './differing-part.ts';

describe('what of a text differs', () => {
  it.each([
    ['+1 202-555-0187', '+1 202-555-0146', ['+1 202-555-01', '87', '']],
    ['Jon Smith', 'John Smith', ['Jo', '', 'n Smith']],
    ['John Smith', 'Jon Smith', ['Jo', 'h', 'n Smith']],
    ['aaa', 'aa', ['aa', 'a', '']],
    ['abc', 'xyz', ['', 'abc', '']],
    ['same', 'same', ['same', '', '']],
    ['', 'x', ['', '', '']],
    ['👩‍👧 here', '👩‍👦 here', ['', '👩‍👧', ' here']],
  ] as const)('%s beside %s', (text, other, parts) => {
    expect(differingPart(text, other)).toEqual(parts);
    expect(differingPart(text, other).join('')).toBe(text);
  });
});
