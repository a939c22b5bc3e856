import { parts } from './part.ts';
import { plainShape } from './shape.ts';

/** Text that is read and not looked for, such as a remark. */
export const longText = plainShape(parts.longText, {
  code: 'not-a-text',
  detail: 'This is not a text, or it is empty or has white space around it.',
  isVaguerWhenCut: true,
});
