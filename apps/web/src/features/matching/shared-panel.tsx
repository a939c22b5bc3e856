import { Button, Group, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { Time } from '../../components/time.tsx';
import { useMay } from '../../api/may.ts';
import type { MatchModel } from './model-shape.ts';
import { useSharedLook } from './queries.ts';

interface Line {
  kind: keyof NonNullable<MatchModel['shared']>;
  value: string;
  names: number;
}

const kindNames: Record<string, string> = {
  phones: 'Phone',
  emails: 'E-mail',
  houses: 'House',
  dates: 'Birth date',
};

/** What more people share than live in one household is no clue to who somebody is. */
export function SharedPanel({ model: { shared } }: { model: MatchModel }) {
  const mayLook = useMay('POST /api/v1/rules/matching/shared');
  const look = useSharedLook();
  const lines = Object.entries(kindNames).flatMap(([kind]) =>
    Object.entries(shared?.[kind as 'phones'] ?? {}).map(([value, names]) => ({ kind, value, names }) as Line),
  );
  return (
    <Panel title="Shared values" flush>
      <Stack gap="sm" px="1.25rem" pt="xs" pb="sm">
        <Text size="sm" maw="46rem">
          A switchboard’s phone, an office’s mailbox, a care home, a date that stands for none: what more than twelve
          people share says nothing of who somebody is. The hub looks once a day, publishes a version that names such
          values, and lets them count again when they are shared no longer.
          {shared && (
            <>
              {' '}
              Counted <Time at={shared.at} />.
            </>
          )}
        </Text>
        {mayLook && (
          <Group gap="sm">
            <Button
              variant="default"
              loading={look.isPending}
              onClick={() => look.mutate(undefined, { onSuccess: tell })}
            >
              Look now
            </Button>
          </Group>
        )}
        <ProblemAlert error={look.error} />
      </Stack>
      <DataTable
        label="Values that do not count"
        columns={columns}
        rows={lines}
        rowKey={({ kind, value }) => `${kind} ${value}`}
        empty={{ title: 'No value is shared by that many' }}
      />
    </Panel>
  );
}

function tell({ version }: { version: number | null }): void {
  const message =
    version === null ? 'Nothing is shared otherwise than before' : `Match model ${version} is published: it names them`;
  notifications.show({ message, closeButtonProps: { 'aria-label': 'Close' } });
}

const columns: readonly Column<Line>[] = [
  { header: 'Of', width: '9rem', cell: ({ kind }) => kindNames[kind] },
  { header: 'Value', cell: ({ kind, value }) => (kind === 'dates' ? dayOf(value) : value) },
  { header: 'People by name', figure: true, width: '10rem', cell: ({ names }) => names.toLocaleString('en') },
];

function dayOf(text: string): string {
  return `${text.slice(0, 4)}-${text.slice(4, 6)}-${text.slice(6)}`;
}
