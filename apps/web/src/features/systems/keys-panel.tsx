import type { SystemKey } from '@cinch/api-contract';
import { Badge, Button, Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { DataTable, type Column } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Panel } from '../../components/panel.tsx';
import { ProblemAlert } from '../../components/problem-alert.tsx';
import { ShownOnce } from '../../components/shown-once.tsx';
import { Time } from '../../components/time.tsx';
import { systemKeyStateInWords } from '../../texts.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { useMay } from '../../api/may.ts';
import { KeyForm } from './key-form.tsx';
import { keysQuery, useRevokeKey } from './key-queries.ts';

const mostLive = 2;
const stateColours: Record<SystemKey['state'], string> = { live: 'leaf', expired: 'amber', revoked: 'slate' };

/** The keys that a system calls the hub by. */
export function KeysPanel({ system }: { system: { code: string; name: string } }) {
  const mayChange = useMay('POST /api/v1/systems/:system/keys');
  const keys = useQuery(keysQuery(system.code));
  const revoke = useRevokeKey(system.code);
  const [made, setMade] = useState<string | null>(null);
  const [open, setOpen] = useState<'make' | SystemKey | null>(null);
  const live = (keys.data ?? []).filter(({ state }) => state === 'live').length;
  const close = () => {
    revoke.reset();
    setOpen(null);
  };
  return (
    <Panel
      title="Keys"
      flush
      aside={
        mayChange && (
          <Button size="xs" variant="default" disabled={live >= mostLive} onClick={() => setOpen('make')}>
            Make a key
          </Button>
        )
      }
    >
      <Text size="sm" c="dimmed" px="1.25rem" py="xs">
        {live >= mostLive
          ? 'Both keys live: put the new one in place, wait until the old one is idle, then revoke it.'
          : 'A key reads and writes this system only. Two may live at once, so that changing over leaves no gap.'}
      </Text>
      {made && (
        <ShownOnce title={`A key of ${system.name}`} secret={made} noun="key" onDone={() => setMade(null)}>
          It is shown only now: put it where {system.name} keeps its secrets.
        </ShownOnce>
      )}
      <Loaded query={keys}>
        {(list) => (
          <DataTable
            label={`Keys of ${system.name}`}
            columns={columns(mayChange ? setOpen : null)}
            rows={list}
            rowKey={({ keyId }) => keyId}
            empty={{ title: 'No key yet', advice: `Without one ${system.name} cannot push.` }}
          />
        )}
      </Loaded>
      {open === 'make' && (
        <ActDialog title={`Make a key of ${system.name}`} onClose={close}>
          <KeyForm system={system.code} onMade={setMade} onDone={close} />
        </ActDialog>
      )}
      {open !== null && open !== 'make' && (
        <ActDialog title={`Revoke the key ${open.name || open.prefix}`} onClose={close}>
          <Stack align="flex-start">
            <Text>Whoever still uses it is refused at once. A revoked key never works again.</Text>
            <ProblemAlert error={revoke.error} />
            <Button loading={revoke.isPending} onClick={() => revoke.mutate(open.keyId, { onSuccess: close })}>
              Revoke
            </Button>
          </Stack>
        </ActDialog>
      )}
    </Panel>
  );
}

function columns(onRevoke: ((key: SystemKey) => void) | null): readonly Column<SystemKey>[] {
  return [
    {
      header: 'Key',
      cell: ({ name, prefix }) => (
        <>
          {name && <Text fw={600}>{name}</Text>}
          <Code>{prefix}…</Code>
        </>
      ),
    },
    {
      header: 'State',
      cell: ({ state }) => <Badge color={stateColours[state]}>{systemKeyStateInWords(state)}</Badge>,
    },
    { header: 'Made', cell: ({ madeAt }) => <Time at={madeAt} /> },
    { header: 'Expires', cell: ({ expiresAt }) => (expiresAt ? <Time at={expiresAt} /> : 'Never') },
    { header: 'Last used', cell: ({ lastUsedAt }) => (lastUsedAt ? <Time at={lastUsedAt} /> : 'Never') },
    ...(onRevoke
      ? [
          {
            header: 'Acts',
            cell: (key: SystemKey) =>
              key.state === 'revoked' ? null : (
                <Button
                  size="xs"
                  variant="default"
                  aria-label={`Revoke ${key.name || key.prefix}`}
                  onClick={() => onRevoke(key)}
                >
                  Revoke
                </Button>
              ),
          },
        ]
      : []),
  ];
}
