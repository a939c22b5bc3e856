import type { RefreshRun } from '@cinch/api-contract';
import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Time } from '../../components/time.tsx';
import { useMay } from '../../api/may.ts';
import { ItemsPanel } from './items-panel.tsx';
import { PhaseBadge } from '../../components/runs/phase-badge.tsx';
import { runQuery } from './queries.ts';
import { RunFigures } from './run-figures.tsx';
import { RunOutcome } from './run-outcome.tsx';
import { RunSteps } from './run-steps.tsx';

const route = getRouteApi('/signed-in/refreshes/$id');

export function RefreshPage() {
  const { id } = route.useParams();
  const query = useQuery(runQuery(id));
  const run = query.data;
  return (
    <PageFrame
      title={run ? titleOf(run) : 'Refresh run'}
      back={
        <TextLink to="/refreshes" underline="hover">
          Refreshes
        </TextLink>
      }
      aside={run && <PhaseBadge phase={run.phase} />}
      lead={run && <Started run={run} />}
    >
      <Loaded query={query}>
        {(shown) => (
          <Stack gap="lg">
            <RunSteps run={shown} />
            <RunOutcome run={shown} />
            <RunFigures run={shown} />
            <ItemsPanel run={shown} />
          </Stack>
        )}
      </Loaded>
    </PageFrame>
  );
}

function titleOf({ mode, systemName }: RefreshRun): string {
  return mode === 'events' ? `${systemName}, between refreshes` : `Refresh of ${systemName}`;
}

function Started({ run }: { run: RefreshRun }) {
  const mayTakeBack = useMay('POST /api/v1/systems/:system/take-backs');
  return (
    <Group component="span" gap={6}>
      <Text span size="sm">
        Run {run.runId}, started <Time at={run.startedAt} /> by {run.startedBy}
        {run.closedAt && (
          <>
            , ended <Time at={run.closedAt} />
          </>
        )}
      </Text>
      {mayTakeBack && run.closedAt && (
        <TextLink
          to="/systems/$code"
          params={{ code: run.system }}
          search={{ tab: 'taken-back', run: run.runId }}
          size="sm"
          underline="hover"
        >
          Take back what it heard
        </TextLink>
      )}
    </Group>
  );
}
