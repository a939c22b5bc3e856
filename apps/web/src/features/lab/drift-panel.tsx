import type { Show } from '@cinch/lab';
import { Text } from '@mantine/core';
import { Panel } from '../../components/panel.tsx';
import { armLook, percent } from './arm-look.ts';
import { LineChart } from './line-chart.tsx';

/** Drift by arm over the days, with the band of all plays. */
export function DriftPanel({ show, day }: { show: Show; day: number }) {
  const lines = show.arms.map(({ id, label, summary, samples }) => ({
    key: id,
    name: label,
    look: armLook[id],
    points: summary.byDay.map((one) => ({ x: one.day, y: one.drift.mean, low: one.drift.low, high: one.drift.high })),
    marks: samples.filter(({ open }) => open.includes(false)).map((sample) => sample.day),
  }));
  return (
    <Panel title="Drift by arm">
      <Text size="sm" c="dimmed" mb="xs">
        The share of all values that are not what people meant, at an instant of each day; the band is the least and the
        greatest of {show.input.seeds} plays. Marks below the axis: days on which call and response could not ask.
      </Text>
      <LineChart
        label={`Drift over ${show.input.days} days, by arm`}
        lines={lines}
        last={show.input.days}
        at={day}
        xName="days"
        asText={(share) => percent(share)}
      />
    </Panel>
  );
}
