import { parts } from './part.ts';
import { plainShape } from './shape.ts';

export const instant = plainShape(parts.instant, {
  code: 'not-an-instant',
  detail: 'This is not an instant in UTC such as 2026-03-01T08:15:30.125Z.',
  isText: true,
  order: (value) => Date.parse(value as string),
  strategies: ['minimum', 'maximum'],
});
