import { emailClass } from '../email.ts';
import { foldText } from '../fold-text.ts';
import { parts } from './part.ts';
import { plainShape } from './shape.ts';

export const email = plainShape(parts.email, {
  code: 'not-an-email',
  detail: 'This is not an e-mail address such as jo.doe@example.com.',
  classOf: (value) => emailClass(value as string),
  isVaguerWhenCut: true,
  isText: true,
  toFind: foldText,
});
