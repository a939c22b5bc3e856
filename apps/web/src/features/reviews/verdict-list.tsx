import type { Decision, MatchPair } from '@cinch/api-contract';
import { Badge, Blockquote, Group, Stack, Text } from '@mantine/core';
import { ButtonLink } from '../../components/link.tsx';
import { Time } from '../../components/time.tsx';
import { useMay } from '../../api/may.ts';

/** What people said of the two, the latest first; what stands can be undone. */
export function VerdictList({ pair }: { pair: MatchPair }) {
  if (pair.decisions.length === 0)
    return (
      <Text c="dimmed">
        Nobody decided it: the hub brought the two together by what they say. Split them on the customer’s page if they
        are not the same.
      </Text>
    );
  return (
    <Stack gap="lg">
      {pair.decisions.map((decision) => (
        <Verdict key={decision.decisionId} decision={decision} pair={pair} />
      ))}
    </Stack>
  );
}

function Verdict({ decision, pair }: { decision: Decision; pair: MatchPair }) {
  const [one, other] = pair.records;
  const stands = decision.undoneAt === null;
  const mayUndo = useMay('POST /api/v1/decisions/:decisionId/undo');
  return (
    <Stack gap={4} align="flex-start">
      <Group gap="sm">
        <Text inherit td={stands ? undefined : 'line-through'}>
          {decision.words}
        </Text>
        {stands && <Badge color="leaf">stands</Badge>}
      </Group>
      {decision.reason && (
        <Blockquote p="xs" my={4} radius="sm" w="100%">
          {decision.reason}
        </Blockquote>
      )}
      <Text size="sm" c="dimmed">
        {decision.by}, <Time at={decision.at} />
        {decision.undoneAt !== null && (
          <>
            ; undone by {decision.undoneBy}, <Time at={decision.undoneAt} />
          </>
        )}
      </Text>
      {stands && mayUndo && (
        <ButtonLink
          to="/match-reviews/$one/$other"
          params={{ one: String(one.recordId), other: String(other.recordId) }}
          search={{ undo: decision.decisionId }}
          resetScroll={false}
          variant="default"
          size="xs"
          mt={4}
          aria-label={`Undo: ${decision.words}`}
        >
          Undo
        </ButtonLink>
      )}
    </Stack>
  );
}
