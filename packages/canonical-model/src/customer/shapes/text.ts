import { parts } from './part.ts';
import { plainShape } from './shape.ts';

export const text = plainShape(parts.text, {
  code: 'not-a-text',
  detail: 'This is not a text, or it is empty or has white space around it.',
  isVaguerWhenCut: true,
  isText: true,
});
