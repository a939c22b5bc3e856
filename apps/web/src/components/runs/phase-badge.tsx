import type { RefreshRun } from '@cinch/api-contract';
import { Badge, Loader } from '@mantine/core';
import { phaseInWords } from '../../texts.ts';
import { isUnderWay } from './under-way.ts';

const colours: Partial<Record<RefreshRun['phase'], string>> = {
  planned: 'amber',
  failed: 'red',
  closed: 'slate',
  cancelled: 'slate',
  standing: 'slate',
};

export function PhaseBadge({ phase }: { phase: RefreshRun['phase'] }) {
  return (
    <Badge
      color={colours[phase] ?? 'lagoon'}
      leftSection={isUnderWay({ phase }) && <Loader size={10} color="currentColor" aria-hidden />}
    >
      {phaseInWords(phase)}
    </Badge>
  );
}
