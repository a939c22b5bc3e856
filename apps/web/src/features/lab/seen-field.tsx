import type { ChangeRates } from '@cinch/api-contract';
import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { percent } from './arm-look.ts';
import { changeRatesQuery } from './queries.ts';
import { seenOf } from './seen.ts';

interface Props {
  pair: readonly [string, string];
  /** What is played by; null: as is usual. */
  seen: ChangeRates | null;
  onSeen: (seen: ChangeRates | null, aYear: number) => void;
}

/** Whether what happens to customers is drawn as is usual, or as this hub has seen it of the two systems. */
export function SeenField({ pair, seen, onSeen }: Props) {
  const rates = useQuery(changeRatesQuery).data;
  const known = rates && seenOf(rates, pair);
  if (!rates) return null;
  if (!known)
    return (
      <Text size="sm" c="dimmed">
        What happens to customers is drawn as is usual: this hub has not seen these two systems change for a day yet.
      </Text>
    );
  const days = Math.round(rates.days);
  const drift =
    known.compared === 0 ? '' : ` Refreshes found ${percent(known.drifted / known.compared)} of the rows drifted.`;
  return (
    <Group gap="sm">
      {seen === null ? (
        <Button variant="default" onClick={() => onSeen(rates, known.aYear)}>
          From this hub’s last {days} days
        </Button>
      ) : (
        <Button variant="default" onClick={() => onSeen(null, known.aYear)}>
          As is usual
        </Button>
      )}
      <Text size="sm" c="dimmed" maw="46rem">
        {seen === null ? 'Seen: ' : 'Played as seen: '}
        {known.changes.toLocaleString('en')} changes of {rates.customers.toLocaleString('en')} customers in {days} days,{' '}
        {percent(known.unheard / known.changes)} of them heard by a refresh alone.{drift}
      </Text>
    </Group>
  );
}
