import { expect, it } from 'vitest';
import { ownProblem, ProblemError } from '../../api/problem-error.ts';
import { contradictionsIn } from './contradictions.ts';

const refused = (code: string) =>
  new ProblemError({
    ...ownProblem(code, 'Refused', 'Look at it.', 409),
    errors: [{ path: '12', code: 'choice', detail: 'the choice of 2026-03-01 by Robin' }],
  });

it('a refusal that names decisions offers each of them to be replaced', () => {
  expect(contradictionsIn(refused('contradicts'))).toEqual([
    { decisionId: 12, words: 'the choice of 2026-03-01 by Robin' },
  ]);
});

it('any other refusal offers nothing to be replaced', () => {
  expect([contradictionsIn(refused('invalid-request')), contradictionsIn(null)]).toEqual([[], []]);
});
