import type { Conflict } from '@cinch/api-contract';
import { Blockquote, Button, Group, Stack, Text } from '@mantine/core';
import { TextLink } from '../../components/link.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Time } from '../../components/time.tsx';
import { closedByInWords } from '../../texts.ts';
import { useMay } from '../../api/may.ts';
import { CandidateGrid, CandidateShown } from './candidate-card.tsx';
import { useUndo } from './queries.ts';

export function ClosedConflict({ conflict }: { conflict: Conflict }) {
  const { decision } = conflict;
  return (
    <Stack gap="lg">
      <CandidateGrid>
        {conflict.candidates.map((candidate) => (
          <CandidateShown
            key={candidate.assertionId}
            candidate={candidate}
            chosen={candidate.assertionId === decision?.chosen && !decision.undone}
          />
        ))}
      </CandidateGrid>
      <Panel title="How it closed">
        {decision ? <Decided decision={decision} /> : <ByItself conflict={conflict} />}
      </Panel>
    </Stack>
  );
}

function ByItself({ conflict }: { conflict: Conflict }) {
  return (
    <Text>
      {conflict.closedBy ? `${closedByInWords(conflict.closedBy)}.` : 'It closed without a decision.'}{' '}
      {conflict.closedAt && <Time at={conflict.closedAt} />}
    </Text>
  );
}

function Decided({ decision }: { decision: NonNullable<Conflict['decision']> }) {
  const undo = useUndo();
  const mayUndo = useMay('POST /api/v1/decisions/:decisionId/undo');
  return (
    <Stack gap="sm" align="flex-start">
      <Text>
        {decision.by} chose the value, <Time at={decision.at} />
        {decision.undone && '. The choice was undone later.'}
      </Text>
      {decision.reason && (
        <Blockquote p="sm" radius="sm" w="100%">
          {decision.reason}
        </Blockquote>
      )}
      {!decision.undone && (
        <>
          <Text role="status">
            The next refresh brings it to every system. <TextLink to="/refreshes">Go to the refreshes</TextLink>
          </Text>
          <ProblemAlert error={undo.error} />
          {mayUndo ? (
            <Group gap="sm">
              <Button variant="default" loading={undo.isPending} onClick={() => undo.mutate(decision.decisionId)}>
                Undo
              </Button>
              <Text size="sm" c="dimmed">
                The rules decide again, or the conflict opens once more.
              </Text>
            </Group>
          ) : (
            <Text size="sm" c="dimmed">
              A steward or an admin may undo it.
            </Text>
          )}
        </>
      )}
    </Stack>
  );
}
