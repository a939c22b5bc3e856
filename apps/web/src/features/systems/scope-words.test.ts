import { describe, expect, it } from 'vitest';
import { draftOf, ownRule, predicateInWords, predicateOf } from './scope-words.ts';

describe('a predicate of a scope as a choice', () => {
  it.each([
    ['everybody', 'everybody'],
    ['nobody', 'nobody'],
    [{ kind: 'person' }, 'persons'],
    [{ kind: 'organization' }, 'organizations'],
    [{ attribute: 'lifecycle', in: ['active'] }, ownRule],
  ])('%j is chosen as %s and comes back as it was', (predicate, choice) => {
    const draft = draftOf(predicate);
    expect(draft.choice).toBe(choice);
    expect(predicateOf(draft)).toEqual(predicate);
  });

  it('leaves what is no document yet to the hub, which says what is wrong', () => {
    expect(predicateOf({ choice: ownRule, text: '{ "kind"' })).toBe('{ "kind"');
  });

  it('says the common ones in words', () => {
    expect([predicateInWords({ kind: 'person' }), predicateInWords('nobody')]).toEqual(['Persons only', 'Nobody']);
  });
});
