import { foldText } from '../fold-text.ts';
import { parts } from './part.ts';
import { plainShape } from './shape.ts';

export const date = plainShape(parts.date, {
  code: 'not-a-date',
  detail: 'This is not a day of the calendar written yyyy-MM-dd.',
  isText: true,
  toFind: foldText,
  order: (value) => Date.parse(value as string),
  strategies: ['minimum', 'maximum'],
});
