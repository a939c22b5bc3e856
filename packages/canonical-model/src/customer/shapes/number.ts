import { parts } from './part.ts';
import { plainShape } from './shape.ts';

/** A measure, such as a score or a share. What is added up exactly is a count or money. */
export const number = plainShape(parts.number, {
  code: 'not-a-number',
  detail: 'This is not a number.',
  order: Number,
  strategies: ['minimum', 'maximum'],
});
