import type { RefreshRun } from '@cinch/api-contract';
import { Button, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { RefreshSome } from '../../components/refresh-some.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { countOf } from '../../texts.ts';
import { useMay } from '../../api/may.ts';
import { useApplyPlan, useCancelRun } from './queries.ts';
import { canBeCancelled, progressOf } from './run-progress.ts';

/** What an admin may do about a run that has not ended. A braked plan asks for its count: nobody types a number without looking. */
export function RunActs({ run }: { run: RefreshRun }) {
  const mayApply = useMay('POST /api/v1/refreshes/:runId/apply');
  const apply = useApplyPlan(run);
  const cancel = useCancelRun(run);
  const [typed, setTyped] = useState('');
  const { failed, parked } = run.counts;
  if (!canBeCancelled(run))
    return run.phase === 'closed' && failed + parked > 0 ? (
      <Group gap="sm">
        <RefreshSome asked={{ system: run.system, failedOf: run.runId }} label="Try again what failed" />
        {parked > 0 && (
          <RefreshSome
            asked={{ system: run.system, failedOf: run.runId, resend: true }}
            label="Send again what is parked"
          />
        )}
      </Group>
    ) : null;
  if (!mayApply) return run.phase === 'planned' && <Text c="dimmed">An admin applies or cancels it.</Text>;
  const [reason] = run.brake;
  const isHeld = reason !== undefined && typed.trim() !== String(reason.count);
  return (
    <>
      {run.phase === 'planned' && reason && (
        <TextInput
          label="How many rows it is about"
          description={`Type ${reason.count} to let the plan go on.`}
          inputMode="numeric"
          autoComplete="off"
          w="min(20rem, 100%)"
          value={typed}
          onChange={({ currentTarget }) => setTyped(currentTarget.value)}
        />
      )}
      <Group gap="sm">
        {run.phase === 'planned' && run.planHash !== null && (
          <Button
            loading={apply.isPending}
            disabled={isHeld}
            onClick={() => apply.mutate({ planHash: run.planHash ?? '', ...(reason && { count: reason.count }) })}
          >
            Apply this plan ({countOf(progressOf(run).changes, 'change')})
          </Button>
        )}
        <Button variant="default" loading={cancel.isPending} onClick={() => cancel.mutate(undefined)}>
          Cancel
        </Button>
      </Group>
      <ProblemAlert error={apply.error ?? cancel.error} />
    </>
  );
}
