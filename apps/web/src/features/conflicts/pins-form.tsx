import type { Conflict } from '@cinch/api-contract';
import { useState } from 'react';
import { Panel } from '../../components/panel.tsx';
import { ActForm } from '../../components/decisions/act-form.tsx';
import { usePin } from '../../components/decisions/queries.ts';
import { CandidateGrid, CandidateOption } from './candidate-card.tsx';
import classes from './choice-form.module.css';

/** A choice cannot settle what pins say, since pins bind beyond it: one pin takes the place of all. */
export function PinsForm({ conflict }: { conflict: Conflict }) {
  const [picked, setPicked] = useState<string>();
  const pin = usePin(conflict);
  const { attribute, candidates } = conflict;
  const wishOf = () => {
    const candidate = candidates.find(({ assertionId }) => assertionId === picked);
    return candidate ? { attribute, value: candidate.value } : 'Pick one of the values first.';
  };
  return (
    <Panel>
      <ActForm
        act={pin}
        customerId={conflict.customerId}
        wishOf={wishOf}
        submit="Pin this value"
        means="It takes the place of the other pins, and the next refresh brings it to every system that may take it."
        said={`${conflict.label} is pinned. Undo it from the customer’s decisions.`}
      >
        <fieldset className={classes.question}>
          <legend>Which pin is to bind?</legend>
          <CandidateGrid>
            {candidates.map((candidate) => (
              <CandidateOption
                key={candidate.assertionId}
                candidate={candidate}
                picked={candidate.assertionId === picked}
                onPick={() => setPicked(candidate.assertionId)}
              />
            ))}
          </CandidateGrid>
        </fieldset>
      </ActForm>
    </Panel>
  );
}
