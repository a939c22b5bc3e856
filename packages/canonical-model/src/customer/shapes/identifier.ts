import { foldText } from '../fold-text.ts';
import { parts } from './part.ts';
import { plainShape } from './shape.ts';

/** A number that some register gave out, in the scheme that its attribute is of. */
export const identifier = plainShape(parts.identifier, {
  code: 'not-an-identifier',
  detail: 'An identifier is a text.',
  isText: true,
  toFind: foldText,
});
