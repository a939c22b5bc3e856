import type { RefreshRun } from '@cinch/api-contract';
import { Alert, List } from '@mantine/core';
import { IconHandStop } from '@tabler/icons-react';
import { TextLink } from '../../components/link.tsx';
import { countOf } from '../../texts.ts';
import type { ItemFilter } from './queries.ts';

type Reason = RefreshRun['brake'][number];

/** Why the run stopped by itself, each reason with the way to its rows below. */
export function BrakeAlert({ brake }: Pick<RefreshRun, 'brake'>) {
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
    </Alert>
  );
}

const kindOf: Record<Reason['code'], ItemFilter['kind']> = {
  'changed-share': 'change',
  'surplus-share': 'missing',
  'empty-input': 'missing',
};

function sentenceOf({ code, count, of, limit }: Reason): string {
  const share = `${Math.round((100 * count) / Math.max(1, of))} %`;
  const usual = `${Math.round(100 * limit)} %`;
  const rows = countOf(of, 'row');
  switch (code) {
    case 'changed-share':
      return `It would write ${count.toLocaleString('en')} of ${rows} (${share}); up to ${usual} is usual. A wrong mapping or rule looks like this.`;
    case 'surplus-share':
      return `${count.toLocaleString('en')} of ${rows} (${share}) are missing there or should not be there; up to ${usual} is usual. A listing that was cut off looks like this.`;
    case 'empty-input':
      return `The system listed nothing, though the hub knows ${countOf(count, 'record')} of it. An empty database, or the wrong one, looks like this.`;
  }
}
