import { describe, expect, it } from 'vitest';
import { fieldOf, limitTyped } from './limit-words.ts';
import { percentOf } from '../../components/percent-of.ts';

describe('a limit as a person types it', () => {
  it.each([
    ['changedShare', '20', 0.2],
    ['changedShare', ' 2.5 % ', 0.025],
    ['changedShare', '101', undefined],
    ['changedShare', 'many', undefined],
    ['laneRows', '500', 500],
    ['laneRows', '0.5', undefined],
    ['laneRows', '-1', undefined],
    ['laneRows', '', null],
  ] as const)('%s: “%s” is %s', (name, text, limit) => {
    expect(limitTyped(name, text)).toBe(limit);
  });

  it('shows a share in percent, and nothing for a default', () => {
    expect([fieldOf('changedShare', 0.07), fieldOf('changedRows', 7), fieldOf('laneRows', null)]).toEqual([
      '7',
      '7',
      '',
    ]);
    expect(percentOf(0.025)).toBe('2.5 %');
  });
});
