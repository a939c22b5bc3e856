import type { RefreshRun } from '@cinch/api-contract';
import { Alert, List, Text } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { TextLink } from '../../components/link.tsx';
import { countOf } from '../../texts.ts';
import { percentOf } from '../systems/limit-words.ts';
import type { ItemFilter } from './queries.ts';

type Reason = RefreshRun['brake'][number];

/** Why the run stopped by itself, each reason with the way to its rows below. */
export function BrakeAlert({ brake, system }: Pick<RefreshRun, 'brake' | 'system'>) {
  if (brake.length === 0) return null;
  return (
    <Alert color="amber" icon={<IconHandStop aria-hidden />} title="The brake holds this plan: nothing has been sent">
      <List size="sm">
        {brake.map((reason) => (
          <List.Item key={reason.code}>
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
  'surplus-share': 'missing',
  'empty-input': 'missing',
};

function sentenceOf({ code, count, of, limit, fromRows }: Reason): string {
  const share = `${Math.round((100 * count) / Math.max(1, of))} %`;
  const allowed = `the limit of this system is ${percentOf(limit)}${fromRows ? `, from ${countOf(fromRows, 'row')} on` : ''}`;
  const rows = countOf(of, 'row');
  switch (code) {
    case 'changed-share':
      return `It would write ${count.toLocaleString('en')} of ${rows} (${share}); ${allowed}. A wrong mapping or rule looks like this.`;
    case 'surplus-share':
      return `${count.toLocaleString('en')} of ${rows} (${share}) are missing there or should not be there; ${allowed}. A listing that was cut off looks like this.`;
    case 'empty-input':
      return `The system listed nothing, though the hub knows ${countOf(count, 'record')} of it. An empty database, or the wrong one, looks like this.`;
  }
}
