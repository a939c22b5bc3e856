import { parts } from './part.ts';
import { plainShape } from './shape.ts';

/** One of few values that systems share, such as an industry or a language. */
export const code = plainShape(parts.code, {
  code: 'not-a-code',
  detail: 'A code is a text, not empty and without white space around it.',
  isText: true,
});
