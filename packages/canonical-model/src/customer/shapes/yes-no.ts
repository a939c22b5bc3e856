import { parts } from './part.ts';
import { plainShape } from './shape.ts';

/** *Yes* or *no*; unknown is the absence of a value, and nobody's consent is not the answer *no consent was given*. */
export const yesNo = plainShape(parts.yesNo, {
  code: 'not-a-consent',
  detail: 'A consent is yes or no; what is unknown is left out.',
  emptyIsNoAnswer: true,
  strategies: ['consent'],
});
