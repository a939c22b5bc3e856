import { foldText } from '../fold-text.ts';
import { parts } from './part.ts';
import { plainShape } from './shape.ts';

export const email = plainShape(parts.email, {
  code: 'not-an-email',
  detail: 'This is not an e-mail address: one @ with text on both sides and no white space.',
  isVaguerWhenCut: true,
  isText: true,
  toFind: foldText,
});
