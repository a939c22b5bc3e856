import type { System } from '@cinch/api-contract';
import { Badge, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ButtonLink, TextLink } from '../../components/link.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { SystemName } from '../../components/system-name.tsx';
import type { Column } from '../../components/table/column.ts';
import { ListTable } from '../../components/table/list-table.tsx';
import { useWholeList } from '../../components/table/listed.ts';
import { Time } from '../../components/time.tsx';
import { Closing } from '../../components/runs/closing.tsx';
import { ActDialog } from '../../components/act-dialog.tsx';
import { useMay } from '../../api/may.ts';
import { OutboundPanel } from './outbound-panel.tsx';
import { systemsQuery } from '../../api/systems.ts';
import { RegisterForm } from './register-form.tsx';

const route = getRouteApi('/signed-in/systems');
const rowKey = ({ code }: System) => code;

export function SystemListPage() {
  const list = useWholeList(useQuery(systemsQuery), rowKey);
  const { act, ...view } = route.useSearch();
  const navigate = route.useNavigate();
  const mayRegister = useMay('POST /api/v1/systems');
  const close = () => void navigate({ search: view, resetScroll: false });
  return (
    <PageFrame
      title="Systems"
      lead="Those that the hub hears and writes to: what each may do, how its records are read, and how equal its copy is."
    >
      <Stack gap="md">
        <Panel
          title="Known to the hub"
          flush
          aside={
            mayRegister && (
              <ButtonLink size="xs" to="." search={{ ...view, act: 'register' }} resetScroll={false}>
                Register a system
              </ButtonLink>
            )
          }
        >
          <ListTable
            label="Systems"
            list={list}
            columns={columns}
            view={view}
            file="systems"
            empty={{
              title: 'No systems yet',
              advice: mayRegister ? 'Register the first one.' : 'An admin registers the first one.',
            }}
          />
        </Panel>
        <OutboundPanel />
      </Stack>
      {mayRegister && act === 'register' && (
        <ActDialog title="Register a system" onClose={close}>
          <RegisterForm onCancel={close} />
        </ActDialog>
      )}
    </PageFrame>
  );
}

const columns: readonly Column<System>[] = [
  {
    header: 'System',
    value: ({ name }) => name,
    cell: ({ code, name }) => (
      <TextLink to="/systems/$code" params={{ code }} fw={600} underline="hover">
        <SystemName code={code} name={name} />
      </TextLink>
    ),
  },
  {
    header: 'State',
    width: '24%',
    value: (system) =>
      badgesOf(system)
        .map(({ text }) => text)
        .join(', '),
    cell: (system) => <SystemBadges system={system} />,
  },
  {
    header: 'Mapping',
    value: ({ mappingVersion }) => mappingVersion,
    cell: ({ mappingVersion }) => (mappingVersion === null ? 'none yet' : `version ${mappingVersion}`),
  },
  {
    header: 'Records',
    figure: true,
    value: ({ records }) => records,
    cell: ({ records }) => records.toLocaleString('en'),
  },
  {
    header: 'Waiting',
    figure: true,
    value: ({ waiting }) => waiting,
    cell: ({ waiting }) => waiting.toLocaleString('en'),
  },
  {
    header: 'Last refresh',
    width: '24%',
    value: ({ lastRun }) => lastRun?.closedAt ?? null,
    cell: ({ lastRun }) =>
      lastRun === null ? (
        'none yet'
      ) : (
        <>
          <TextLink to="/refreshes/$id" params={{ id: String(lastRun.runId) }} underline="hover">
            {lastRun.closing ? <Closing closing={lastRun.closing} /> : lastRun.phase}
          </TextLink>
          {lastRun.closedAt && (
            <Text size="sm" c="dimmed">
              <Time at={lastRun.closedAt} />
            </Text>
          )}
        </>
      ),
  },
];

export function SystemBadges({ system }: { system: System }) {
  return (
    <Group gap={6}>
      {badgesOf(system).map(({ text, color }) => (
        <Badge key={text} color={color}>
          {text}
        </Badge>
      ))}
    </Group>
  );
}

function badgesOf({ outbound, lane, laneBraked, inbound }: System): { text: string; color: string }[] {
  return [
    outbound === 'armed' ? { text: 'armed', color: 'leaf' } : { text: 'observed only', color: 'slate' },
    ...(lane === 'on' && !laneBraked
      ? [
          outbound === 'armed'
            ? { text: 'changes sent at once', color: 'lagoon' }
            : { text: 'changes wait until armed', color: 'slate' },
        ]
      : []),
    ...(laneBraked ? [{ text: 'lane paused itself', color: 'amber' }] : []),
    ...(inbound === 'paused' ? [{ text: 'pushes paused', color: 'amber' }] : []),
  ];
}
