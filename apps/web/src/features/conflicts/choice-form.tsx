import type { Conflict } from '@cinch/api-contract';
import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ContradictionList, withReplacing } from '../../components/decisions/contradiction-list.tsx';
import { contradictionsIn } from '../../components/decisions/contradictions.ts';
import { CandidateGrid, CandidateOption } from './candidate-card.tsx';
import classes from './choice-form.module.css';
import { useChoose } from './queries.ts';

export function ChoiceForm({ conflict }: { conflict: Conflict }) {
  const [chosen, setChosen] = useState<string>();
  const [forgotten, setForgotten] = useState(false);
  const choose = useChoose(conflict);
  const contradictions = contradictionsIn(choose.error);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    if (chosen === undefined) return setForgotten(true);
    const reason = String(new FormData(event.currentTarget).get('reason')).trim();
    const basis = conflict.candidates.map(({ assertionId }) => assertionId);
    choose.mutate({ chosen, reason, basis, replaces: contradictions.map(({ decisionId }) => decisionId) });
  };

  return (
    <form onSubmit={submit}>
      <Stack gap="lg">
        <fieldset className={classes.question} aria-describedby={forgotten ? 'pick-first' : undefined}>
          <legend>Which value is right?</legend>
          <CandidateGrid>
            {conflict.candidates.map((candidate) => (
              <CandidateOption
                key={candidate.assertionId}
                candidate={candidate}
                picked={candidate.assertionId === chosen}
                onPick={() => {
                  setChosen(candidate.assertionId);
                  setForgotten(false);
                }}
              />
            ))}
          </CandidateGrid>
          {forgotten && (
            <Text id="pick-first" role="alert" c="red" size="sm" mt="sm">
              Pick one of the values first.
            </Text>
          )}
        </fieldset>
        <Panel>
          <Stack>
            <Textarea
              label="Reason (optional)"
              description="Kept in the customer’s history, for whoever asks later."
              name="reason"
              maxLength={500}
              autosize
              minRows={2}
            />
            <ContradictionList contradictions={contradictions} customerId={conflict.customerId} />
            {contradictions.length === 0 && <ProblemAlert error={choose.error} />}
            <Group>
              <Button type="submit" loading={choose.isPending}>
                {withReplacing('Choose this value', contradictions)}
              </Button>
              <Text size="sm" c="dimmed">
                Until then every system keeps the value it holds. The next refresh after your choice brings it to every
                system.
              </Text>
            </Group>
          </Stack>
        </Panel>
      </Stack>
    </form>
  );
}
