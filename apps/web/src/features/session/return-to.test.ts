import { describe, expect, it } from 'vitest';
import { safeReturnTo } from './return-to.ts';

describe('after the log-in', () => {
  it.each(['/conflicts', '/customers?search=o%27neill', '/refreshes/7?kind=change#items'])(
    'leads back to %s',
    (path) => {
      expect(safeReturnTo(path)).toBe(path);
    },
  );

  it.each([
    undefined,
    7,
    '',
    'conflicts',
    '//evil.example',
    '/\\evil.example',
    'https://evil.example/',
    '/\t/evil.example',
  ])('starts over for %j', (path) => {
    expect(safeReturnTo(path)).toBe('/');
  });

  it('does not lead from the log-in to the log-in', () => {
    expect(safeReturnTo('/login?returnTo=%2Flogin')).toBe('/');
  });
});
