import { expect, it } from 'vitest';
import { assertionId, assertionRef } from './golden.ts';

it.each(['7.420000.9f', '-.420000.9f', 'pin.8'])('an assertion at %s is found again by its name', (position) => {
  const ref = { recordId: 42, position };
  expect(assertionId(ref)).toBe(`42@${position}`);
  expect(assertionRef(assertionId(ref))).toEqual(ref);
});
