import { Alert, List } from '@mantine/core';
import { IconAlertTriangle } from '../icons.tsx';
import { useQuery } from '@tanstack/react-query';
import { countOf, sentenceCase } from '../../texts.ts';
import type { Contradiction } from './contradictions.ts';
import { decisionsQuery } from './queries.ts';

interface Props {
  contradictions: readonly Contradiction[];
  /** Whose decisions they may be: these say more, with their values, than the refusal does. */
  customerId?: string | undefined;
}

/** Decisions that stand in the way of an act. They are replaced only when the act is sent once more. */
export function ContradictionList({ contradictions, customerId }: Props) {
  const isShown = contradictions.length > 0;
  const known = useQuery({ ...decisionsQuery(customerId ?? ''), enabled: isShown && customerId !== undefined }).data;
  if (!isShown) return null;
  const one = contradictions.length === 1;
  return (
    <Alert
      role="alert"
      color="amber"
      icon={<IconAlertTriangle aria-hidden />}
      title={`${countOf(contradictions.length, 'decision')} ${one ? 'says' : 'say'} otherwise`}
    >
      <List size="sm" mb="xs">
        {contradictions.map(({ decisionId, words }) => (
          <List.Item key={decisionId}>
            {known?.find((decision) => decision.decisionId === decisionId)?.words} {sentenceCase(words)}
          </List.Item>
        ))}
      </List>
      {one ? 'It does' : 'They do'} not stand any more once you replace {one ? 'it' : 'them'}; the history keeps{' '}
      {one ? 'it' : 'them'}.
    </Alert>
  );
}

/** On the button that sends the act: what else it does. */
export function withReplacing(act: string, { length }: readonly Contradiction[]): string {
  return length === 0 ? act : `${act} and replace ${countOf(length, 'decision')}`;
}
