import type { System } from '@cinch/api-contract';
import { Button, Group, NativeSelect, Stack, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { InstantField } from '../../components/instant-field.tsx';
import { isSameJson } from '../../components/json-text.ts';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { portionKinds, portionOf, type PortionKind } from './portion.ts';
import { usePreviewTakeBack, useTakeBack } from './take-back-queries.ts';
import { TakeBackReport } from './take-back-report.tsx';

interface Props {
  system: System;
  /** What the page that led here is about. */
  batch: number | undefined;
  run: number | undefined;
}

/** What is to be taken back is named, looked at, and only then taken back, with a reason. */
export function TakeBackForm({ system, batch, run }: Props) {
  const [kind, setKind] = useState<PortionKind>(run === undefined ? 'batchId' : 'runId');
  const [number, setNumber] = useState(String(run ?? batch ?? ''));
  const [from, setFrom] = useState('');
  const [to, setTo] = useState('');
  const [reason, setReason] = useState('');
  const preview = usePreviewTakeBack(system.code);
  const take = useTakeBack(system.code);
  const what = portionOf(kind, number, from, to);
  const seen = what && isSameJson(preview.variables ?? null, what) ? preview.data : undefined;
  const send = () =>
    what &&
    seen &&
    take.mutate(
      { what, entries: seen.entries, reason },
      {
        onSuccess: () => {
          preview.reset();
          setReason('');
          notifications.show({
            message: `What ${system.name} told there does not count any more`,
            closeButtonProps: { 'aria-label': 'Close' },
          });
        },
      },
    );
  return (
    <Stack p="md">
      <Group gap="sm" align="end">
        <NativeSelect
          label="What is taken back"
          data={portionKinds.map(({ value, label }) => ({ value, label }))}
          value={kind}
          onChange={({ currentTarget }) =>
            setKind(portionKinds.find(({ value }) => value === currentTarget.value)?.value ?? 'batchId')
          }
        />
        {kind === 'time' ? (
          <>
            <InstantField label="From" value={from} onChange={setFrom} />
            <InstantField label="Until before" value={to} onChange={setTo} />
          </>
        ) : (
          <TextInput
            label="Its number"
            inputMode="numeric"
            autoComplete="off"
            value={number}
            onChange={({ currentTarget }) => setNumber(currentTarget.value)}
          />
        )}
        <Button
          variant={seen ? 'default' : 'filled'}
          disabled={what === null || seen !== undefined}
          loading={preview.isPending}
          onClick={() => what && preview.mutate(what)}
        >
          Look at what that changes
        </Button>
      </Group>
      {seen && (
        <>
          <TakeBackReport preview={seen} />
          <TextInput
            label="Reason"
            description="Stands in the history of every customer that it changes."
            autoComplete="off"
            value={reason}
            onChange={({ currentTarget }) => setReason(currentTarget.value)}
          />
          <div>
            <Button loading={take.isPending} disabled={reason.trim() === '' || seen.entries === 0} onClick={send}>
              Take it back
            </Button>
          </div>
        </>
      )}
      <ProblemAlert error={preview.error ?? take.error} />
    </Stack>
  );
}
