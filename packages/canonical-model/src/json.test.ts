import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, isSameJson, type Json } from './json.ts';

const name = fc.oneof(fc.constantFrom('a', 'b', '__proto__', 'constructor', 'toString'), fc.string({ maxLength: 2 }));
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json>(null, true, false, 0, 1, '', '1', 'a'),
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(name, fc.option(tie('json'), { nil: undefined as never }), { maxKeys: 3 }),
  ),
}));

describe('two values that are one fact', () => {
  it('are the same exactly when their canonical texts are', () => {
    fc.assert(
      fc.property(json, json, (one, other) => {
        expect(isSameJson(one, other)).toBe(canonicalJson(one) === canonicalJson(other));
        expect(isSameJson(one, structuredClone(one))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each<[string, Json | undefined, Json | undefined, boolean]>([
    ['absent and null', undefined, null, true],
    ['an empty list and an empty object', [], {}, false],
    ['members in another order', { a: 1, b: [2] }, { b: [2], a: 1 }, true],
    ['a member that is null and none', { a: null }, {}, false],
    ['a member that every object inherits', JSON.parse('{"__proto__":{}}') as Json, { a: {} }, false],
    ['a number and its text', { a: 1 }, { a: '1' }, false],
  ])('%s', (_, one, other, same) => {
    expect(isSameJson(one, other)).toBe(same);
    expect(isSameJson(other, one)).toBe(same);
  });
});
