import type { GoldenAttribute } from './golden.ts';

const laterValue = 'A later value would win.';

const byRule: Record<GoldenAttribute['rule'], string> = {
  owner: 'Another value of the owning system would win, or its acceptance of a change request.',
  'owner-by-phase': 'A later value of the system that owns the phase it is said in would win.',
  'source-priority':
    'A value of a system that stands higher in the order, or a later one of the same system, would win.',
  'most-recent': laterValue,
  'valid-first': 'A later value that passes the checks of its shape would win.',
  'most-frequent': 'A value that more records say would win.',
  'most-complete': 'A value that says more would win.',
  longest: 'A longer value would win.',
  minimum: 'A smaller value would win.',
  maximum: 'A greater value would win.',
  sum: 'It changes with each of the values that it is made of.',
  union: 'A later word about this item would win.',
  'value-ranking': 'A value that stands higher in the ranking would win.',
  follow: 'It changes when another record wins the attribute that it follows.',
  trust: 'A value that is trusted more would win; trust falls with time.',
  consent: 'A later known answer would win.',
  transition: 'A move by the system that owns the phase left or entered would change it.',
  choice: 'A later value that differs would be judged anew, and so would all if the choice was undone.',
  pin: 'Only the end of the pin would let another value win.',
};

/** What would make another value win; null where nothing else was said. */
export function flipOf({ rule, losers }: Pick<GoldenAttribute, 'rule' | 'losers'>): string | null {
  return losers.length === 0 ? null : byRule[rule];
}
