import { ownViewAnswers, type OwnViewAnswers, type System } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import { queryOptions, useQuery } from '@tanstack/react-query';
import { read } from '../../api/call.ts';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Panel } from '../../components/panel.tsx';

type Day = OwnViewAnswers['days'][number];

const answersQuery = (code: string) =>
  queryOptions({
    queryKey: ['systems', code, 'own-views'],
    queryFn: ({ signal }) => read(`/systems/${encodeURIComponent(code)}/own-views`, ownViewAnswers, {}, signal),
  });

/** Of a system that asks the hub instead of keeping copies: how often it was answered. */
export function OwnViewsPanel({ system }: { system: System }) {
  const query = useQuery(answersQuery(system.code));
  return (
    <Panel title="Own views, by call" flush>
      <Loaded query={query}>{({ days }) => <Days system={system} days={days} />}</Loaded>
    </Panel>
  );
}

function Days({ system, days }: { system: System; days: readonly Day[] }) {
  const answered = days.reduce((sum, day) => sum + day.answered, 0);
  const all = days.reduce((sum, day) => sum + callsOf(day), 0);
  return (
    <>
      {all > 0 && (
        <Text px="1.25rem" pt="md" fw={600}>
          {shareOf(answered, all)} of {all.toLocaleString('en')} calls in the last 30 days were answered.
        </Text>
      )}
      <Text size="sm" c="dimmed" px="1.25rem" py="md">
        A system that asks for its view of a customer each time it shows one keeps nothing that could drift, and has the
        hub’s outages as its own. Calls that found no hub at all are not counted here: it was not there to count them.
      </Text>
      <DataTable
        label="Own views by day"
        columns={columns}
        rows={days}
        rowKey={({ day }) => day}
        empty={{
          title: `${system.name} has not asked for its own views lately`,
          advice: 'It asks by GET /systems/{system}/customers/{id}, with its key.',
        }}
      />
    </>
  );
}

const callsOf = ({ answered, unanswered }: Day) => answered + unanswered;

/** Cut, not rounded: one call in a million that was not answered is not 100 %. */
function shareOf(answered: number, all: number): string {
  return `${(Math.floor((answered / all) * 100_000) / 1_000).toFixed(3)} %`;
}

const columns: readonly Column<Day>[] = [
  { header: 'Day (UTC)', cell: ({ day }) => day },
  { header: 'Calls', figure: true, cell: (day) => callsOf(day).toLocaleString('en') },
  { header: 'Not answered', figure: true, cell: ({ unanswered }) => unanswered.toLocaleString('en') },
  { header: 'Answered', figure: true, cell: (day) => shareOf(day.answered, callsOf(day)) },
];
