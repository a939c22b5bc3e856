import type { ErrorCause, UnknownCodes } from '@cinch/api-contract';
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { problemOf } from '../../api/problem-error.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ReachReport } from '../../components/reach-report.tsx';
import { countOf } from '../../texts.ts';
import { unknownCodesQuery, useTieCodes } from './queries.ts';

/** The codes of one fault, each with the records that wait for it, and what it is to mean from now on. */
export function TieDialog({ cause, onClose }: { cause: ErrorCause; onClose: () => void }) {
  const query = useQuery(unknownCodesQuery(cause.system, cause.path));
  return (
    <ActDialog title={`Codes that are not known at ${cause.path}`} onClose={onClose}>
      <Loaded query={query}>{(unknown) => <Ties unknown={unknown} onClose={onClose} />}</Loaded>
    </ActDialog>
  );
}

function Ties({ unknown, onClose }: { unknown: UnknownCodes; onClose: () => void }) {
  const { system, path, offered, codes, records } = unknown;
  const [chosen, setChosen] = useState<Record<string, string>>({});
  const [count, setCount] = useState('');
  const tie = useTieCodes(system);
  const ties = Object.entries(chosen).flatMap(([native, code]) => (code === '' ? [] : [{ native, code }]));
  const problem = tie.isError ? problemOf(tie.error) : null;
  const asksCount = problem?.code === 'reach-unseen';
  const send = () =>
    tie.mutate(
      { path, ties, ...(asksCount && { count: Number(count) }) },
      {
        onSuccess: ({ version }) => {
          notifications.show({
            message: `Mapping ${version} is in force: what waited for ${countOf(ties.length, 'code')} is read now`,
            closeButtonProps: { 'aria-label': 'Close' },
          });
          onClose();
        },
      },
    );
  if (codes.length === 0) return <Text size="sm">All of its codes are known by now: what waited is being read.</Text>;
  return (
    <Stack>
      <Text size="sm">
        {countOf(records, 'record')} cannot be read here. Say what a code means: the mapping gets its next version, and
        the records are read by it.
      </Text>
      {codes.map(({ native, records: waiting }) => (
        <NativeSelect
          key={native}
          label={native}
          description={`${countOf(waiting, 'record')} with it`}
          value={chosen[native] ?? ''}
          data={[
            { value: '', label: 'Not yet' },
            ...offered.map(({ code, label }) => ({ value: code, label: label === code ? code : `${label} (${code})` })),
          ]}
          onChange={({ currentTarget: { value } }) => setChosen((before) => ({ ...before, [native]: value }))}
        />
      ))}
      <ProblemAlert error={tie.error} />
      {asksCount && problem.reach && <ReachReport reach={problem.reach} />}
      {asksCount && (
        <TextInput
          label="How many customers it changes"
          description="Type the number that stands above."
          inputMode="numeric"
          autoComplete="off"
          value={count}
          onChange={({ currentTarget }) => setCount(currentTarget.value)}
        />
      )}
      <Group gap="sm">
        <Button
          disabled={ties.length === 0 || (asksCount && !/^\d+$/.test(count.trim()))}
          loading={tie.isPending}
          onClick={send}
        >
          Tie {countOf(ties.length, 'code')}
        </Button>
      </Group>
    </Stack>
  );
}
