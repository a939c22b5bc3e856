import type { Show } from '@cinch/lab';
import { Text } from '@mantine/core';
import { BarList } from '../../components/charts/bar-list.tsx';
import { Panel } from '../../components/panel.tsx';
import { percent } from './arm-look.ts';

/** Whether anybody was told of what had drifted. */
export function ToldPanel({ show }: { show: Show }) {
  const rounded = (share: number) => Number((100 * share).toFixed(3));
  return (
    <Panel title="Told and untold">
      <Text size="sm" c="dimmed" mb="sm">
        The share of all values that differed, on average over the days. Told: a question was open, a delivery was known
        to wait, a row known to be missing. Untold: every screen said that all is well.
      </Text>
      <BarList
        label="Drift told and untold, in percent"
        asText={(sum) => `${sum.toFixed(2)}\u00a0%`}
        bars={show.arms.map(({ id, label, summary }) => ({
          key: id,
          label,
          parts: [
            { name: 'Untold', value: rounded(summary.untold.mean), tone: 'wrong' },
            { name: 'Told', value: rounded(Math.max(0, summary.mean.mean - summary.untold.mean)), tone: 'person' },
          ],
          note: `Updates lost: ${summary.lost.mean.toFixed(1)}. Acts of people: ${Math.round(summary.acts.mean)}. ${
            summary.untoldAfterRefresh
              ? `Untold right after a refresh: at most ${percent(summary.untoldAfterRefresh.high, 3)}.`
              : ''
          }`,
        }))}
      />
    </Panel>
  );
}
