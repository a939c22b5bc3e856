import { Group, NumberInput } from '@mantine/core';
import type { MatchModel } from './model-shape.ts';

type Thresholds = MatchModel['thresholds'];

interface Props {
  thresholds: Thresholds;
  onChange: (thresholds: Thresholds) => void;
}

/** The two lines of the scale as figures that the keyboard can move, by half bits. */
export function ThresholdFields({ thresholds, onChange }: Props) {
  return (
    <Group gap="md" align="start">
      {fields.map(({ of, label, description }) => (
        <NumberInput
          key={of}
          label={label}
          description={description}
          value={thresholds[of]}
          min={-20}
          max={40}
          step={0.5}
          decimalScale={2}
          suffix=" bits"
          w="min(17rem, 100%)"
          onChange={(value) => {
            if (typeof value === 'number') onChange({ ...thresholds, [of]: value });
          }}
        />
      ))}
    </Group>
  );
}

const fields = [
  { of: 'review', label: 'A person is asked from', description: 'Lower: more questions, fewer duplicates missed.' },
  { of: 'link', label: 'The hub links from', description: 'Higher: fewer wrong links, more questions.' },
] as const;
