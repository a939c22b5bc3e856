import { refreshRun } from '@cinch/api-contract';
import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { write } from '../api/call.ts';
import { useMay } from '../api/may.ts';
import { ProblemAlert } from './problem-alert.tsx';

interface Props {
  /** What is refreshed, and nothing else. */
  asked: { system: string; sourceIds?: string[]; failedOf?: number; since?: string; until?: string; resend?: boolean };
  label: string;
  /** It is not said yet what. */
  disabled?: boolean;
}

/** Starts a refresh of some rows, which waits at its plan, and leads to it. */
export function RefreshSome({ asked, label, disabled = false }: Props) {
  const may = useMay('POST /api/v1/refreshes');
  const navigate = useNavigate();
  const queryClient = useQueryClient();
  const start = useMutation({
    mutationFn: () => write('POST', '/refreshes', { mode: 'plan', ...asked }, refreshRun.pick({ runId: true })),
    onSuccess: async ({ runId }) => {
      await queryClient.invalidateQueries();
      await navigate({ to: '/refreshes/$id', params: { id: String(runId) } });
    },
  });
  if (!may) return null;
  return (
    <>
      <Button variant="default" size="xs" disabled={disabled} loading={start.isPending} onClick={() => start.mutate()}>
        {label}
      </Button>
      <ProblemAlert error={start.error} />
    </>
  );
}
