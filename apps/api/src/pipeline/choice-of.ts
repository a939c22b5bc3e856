import type { Resolution } from '@cinch/api-contract';
import { assertionId } from '@cinch/canonical-model';
import { ProblemError } from '../platform/problem-error.ts';
import type { DecisionBodies } from '../stages/decisions/decision.ts';
import type { OpenQuestion } from '../stages/decisions/decisions.store.ts';

/** The choice of one of the candidates, when it still answers the question that the steward was shown. */
export function choiceOf(
  question: OpenQuestion,
  resolution: Pick<Resolution, 'chosen' | 'basis'>,
): { body: DecisionBodies['choice']; records: number[] } {
  const records = checked(question, resolution);
  const { chosen, basis } = resolution;
  const said = question.candidates.map((one) => [assertionId(one), { value: one.value, at: one.at }]);
  return { body: { attribute: question.attribute, chosen, basis, shown: Object.fromEntries(said) }, records };
}

/** The records that the choice is about, when it still answers the question that the steward was shown. */
function checked(question: OpenQuestion, { chosen, basis }: Pick<Resolution, 'chosen' | 'basis'>): number[] {
  if (question.candidates.every(({ position }) => position.startsWith('pin.')))
    throw new ProblemError(
      'not-possible',
      'Different pins came together here: undo those that are wrong among the decisions of the customer.',
    );
  const shown = question.candidates.map(assertionId);
  const same = question.open && basis.length === shown.length && shown.every((id) => basis.includes(id));
  if (!same)
    throw new ProblemError(
      'conflict-changed',
      'The values have changed since they were shown. Look at the conflict again and choose anew.',
    );
  if (!shown.includes(chosen))
    throw new ProblemError('invalid-request', 'The chosen value is none of the candidates: choose one of them.');
  return [...new Set(question.candidates.map((candidate) => candidate.recordId))];
}
