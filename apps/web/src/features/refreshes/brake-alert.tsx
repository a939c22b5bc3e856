import type { RefreshRun } from '@cinch/api-contract';
import { Alert, List, Text } from '@mantine/core';
import { IconHandStop } from '../../components/icons.tsx';
import { TextLink } from '../../components/link.tsx';
import { sentenceOf, type Reason } from '../../components/runs/brake-words.ts';
import type { ItemFilter } from '../../components/runs/item-filter.ts';

/** Why the run stopped by itself, each reason with the way to its rows below. */
export function BrakeAlert({ brake, system }: Pick<RefreshRun, 'brake' | 'system'>) {
  if (brake.length === 0) return null;
  return (
    <Alert
      color="amber"
      icon={<IconHandStop aria-hidden />}
      title="The brake holds this plan: nothing of it has been sent"
    >
      <List size="sm">
        {brake.map((reason) => (
          <List.Item key={`${reason.code} ${reason.attribute}`}>
            {sentenceOf(reason)}{' '}
            <TextLink to="." search={{ kind: kindOf[reason.code] }} resetScroll={false}>
              Look at these rows
            </TextLink>
          </List.Item>
        ))}
      </List>
      <Text size="sm" mt="xs">
        <TextLink to="/systems/$code" params={{ code: system }}>
          The limits of this system
        </TextLink>
      </Text>
    </Alert>
  );
}

const kindOf: Record<Reason['code'], ItemFilter['kind']> = {
  'changed-share': 'change',
  'created-share': 'create',
  'kind-share': 'change',
  'values-share': 'change',
  'emptied-share': 'change',
  'surplus-share': 'missing',
  'empty-input': 'missing',
  unseen: 'change',
};
