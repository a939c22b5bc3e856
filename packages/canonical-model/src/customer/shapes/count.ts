import { parts } from './part.ts';
import { plainShape } from './shape.ts';

export const count = plainShape(parts.count, {
  code: 'not-a-count',
  detail: 'This is not a whole number.',
  order: Number,
  sum: (values) => values.reduce<number>((sum, value) => sum + (value as number), 0),
  strategies: ['minimum', 'maximum', 'sum'],
});
