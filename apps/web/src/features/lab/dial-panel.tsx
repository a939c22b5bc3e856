import type { DialPoint, Show } from '@cinch/lab';
import { proposedPeriod } from '@cinch/lab/propose';
import type { System, SystemSchedule } from '@cinch/api-contract';
import { Alert, Button, Group, NativeSelect, Progress, Slider, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useMay } from '../../api/may.ts';
import { systemsQuery } from '../../api/systems.ts';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { armLook, percent } from './arm-look.ts';
import { LineChart } from './line-chart.tsx';
import { useTakeSchedule } from './queries.ts';
import { useLabWork } from './use-lab-work.ts';

/** Hours that a schedule can lie between two refreshes, as the hub allows it. */
const mostHours = 168;
const refreshed = ['pessimistic', 'hub'] as const;

/** How often to refresh: what each period leaves drifted and costs, and the longest that keeps within what is asked. */
export function DialPanel({ show }: { show: Show }) {
  const [arm, setArm] = useState<(typeof refreshed)[number]>('pessimistic');
  const [most, setMost] = useState(0.5);
  const { result, isBusy, progress, failure, start, cancel } = useLabWork('periods');
  return (
    <Panel title="How often to refresh">
      <Stack>
        <Text size="sm" c="dimmed">
          The same customers with refreshes every day, every second day, and so on: what was drifted on the worst day,
          and what the refreshes cost.
        </Text>
        <Group align="end">
          <NativeSelect
            label="Refreshed by"
            data={refreshed.map((id) => ({ value: id, label: show.arms.find((one) => one.id === id)!.label }))}
            value={arm}
            onChange={({ currentTarget }) => setArm(currentTarget.value as typeof arm)}
          />
          <Button disabled={isBusy} onClick={() => start({ kind: 'periods', input: show.input, arm })}>
            Try the periods
          </Button>
          {isBusy && (
            <>
              <Progress value={100 * progress} w="14rem" aria-label="How many periods were tried" />
              <Button variant="default" onClick={cancel}>
                Stop trying
              </Button>
            </>
          )}
        </Group>
        {failure && (
          <Alert color="red" role="alert">
            {failure}
          </Alert>
        )}
        {result && <Periods points={result.points} most={most} onMost={setMost} codes={show.codes} />}
      </Stack>
    </Panel>
  );
}

interface PeriodsProps {
  points: readonly DialPoint[];
  /** In percent. */
  most: number;
  onMost: (most: number) => void;
  codes: readonly string[];
}

function Periods({ points, most, onMost, codes }: PeriodsProps) {
  const proposed = proposedPeriod(points, most / 100);
  const systems = useQuery(systemsQuery).data ?? [];
  const line = (key: 'worst' | 'mean', name: string, look: (typeof armLook)['hub']) => ({
    key,
    name,
    look,
    points: points.map((one) => ({ x: one.refreshDays, y: one[key].mean, low: one[key].low, high: one[key].high })),
  });
  return (
    <Stack>
      <LineChart
        label="Drift by the days between two refreshes"
        lines={[line('worst', 'Worst day', armLook['changes-two-way']), line('mean', 'Mean of all days', armLook.hub)]}
        last={points.at(-1)!.refreshDays}
        at={proposed}
        xName="days between refreshes"
        asText={(share) => percent(share)}
      />
      {points.every(({ worst }) => worst.mean === points[0]!.worst.mean) && (
        <Text size="sm" maw="46rem">
          The period makes no difference to what was played: what is lost is sent again, and nothing happened that
          nobody told of. Real systems do change untold: play what this hub has seen of yours.
        </Text>
      )}
      <DataTable
        label="Refresh periods"
        columns={columns}
        rows={points}
        rowKey={({ refreshDays }) => refreshDays}
        empty={{ title: 'No period was tried' }}
      />
      <Stack gap={4} maw="30rem">
        <Text size="sm" fw={600} id="lab-most-drift">
          At most {most.toFixed(2)} % drifted on the worst day
        </Text>
        <Slider
          aria-labelledby="lab-most-drift"
          thumbProps={{ 'aria-labelledby': 'lab-most-drift' }}
          min={0.05}
          max={3}
          step={0.05}
          label={null}
          value={most}
          onChange={onMost}
        />
      </Stack>
      <Text fw={600} role="status">
        {proposed === null
          ? 'None of the periods keeps within that: refresh every day, and look at what drifts most.'
          : `A refresh every ${proposed === 1 ? 'day' : `${proposed} days`} keeps within that.`}
      </Text>
      {proposed !== null && (
        <Group>
          {systems
            .filter(({ code }) => codes.includes(code))
            .map((system) => (
              <TakeOver key={system.code} system={system} days={proposed} />
            ))}
        </Group>
      )}
    </Stack>
  );
}

function TakeOver({ system, days }: { system: System; days: number }) {
  const may = useMay('PUT /api/v1/systems/:system/schedule');
  const take = useTakeSchedule(system);
  if (!may) return null;
  const hours = Math.min(mostHours, 24 * days);
  const isTaken = system.schedule.every === 'hours' && system.schedule.hours === hours;
  const schedule: SystemSchedule = { every: 'hours', hours, applies: system.schedule.applies };
  return (
    <Stack gap={4}>
      <Button
        variant="default"
        disabled={isTaken}
        loading={take.isPending}
        onClick={() =>
          take.mutate(schedule, {
            onSuccess: () =>
              notifications.show({
                message: `${system.name} is refreshed every ${hours} hours`,
                closeButtonProps: { 'aria-label': 'Close' },
              }),
          })
        }
      >
        {isTaken ? `${system.name} is refreshed so` : `Refresh ${system.name} every ${hours} hours`}
      </Button>
      {24 * days > mostHours && <Text size="xs">A schedule is at most {mostHours} hours long.</Text>}
      {take.error && <ProblemAlert error={take.error} />}
    </Stack>
  );
}

const columns: readonly Column<DialPoint>[] = [
  { header: 'Every', cell: ({ refreshDays }) => (refreshDays === 1 ? 'day' : `${refreshDays} days`) },
  { header: 'Worst day', figure: true, cell: ({ worst }) => percent(worst.mean, 3) },
  { header: 'Worst of all plays', figure: true, cell: ({ worst }) => percent(worst.high, 3) },
  { header: 'Mean', figure: true, cell: ({ mean }) => percent(mean.mean, 3) },
  { header: 'kB a day', figure: true, cell: ({ bytesADay }) => (bytesADay / 1000).toFixed(1) },
  { header: 'Rows a day', figure: true, cell: ({ rowsADay }) => rowsADay.toFixed(1) },
  { header: 'Acts a week', figure: true, cell: ({ actsADay }) => (7 * actsADay).toFixed(1) },
];
