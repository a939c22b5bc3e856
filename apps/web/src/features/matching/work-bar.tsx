import type { MatchProgress } from '@cinch/api-contract';
import { Progress, Text } from '@mantine/core';

type Work = MatchProgress['works'][number];

const steps: Record<Work['step'], string> = {
  compare: 'Records compared',
  decide: 'Records put to their customers',
  count: 'Records counted',
  learn: 'Records learned of',
};

/** How far work on all records has come. */
export function WorkBar({ work: { step, done, of } }: { work: Work }) {
  const text = `${steps[step]}: ${done.toLocaleString('en')} of ${of.toLocaleString('en')}`;
  return (
    <div>
      <Text size="sm" mb={4}>
        {text}
      </Text>
      <Progress value={(100 * done) / Math.max(1, of)} aria-label={text} />
    </div>
  );
}
