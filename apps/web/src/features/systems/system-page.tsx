import { SegmentedControl, Stack, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import type { System } from '@cinch/api-contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { EmptyView } from '../../components/empty-view.tsx';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { useMay } from '../../api/may.ts';
import { ComparisonPanel } from './comparison-panel.tsx';
import { DuplicatePanel } from './duplicate-panel.tsx';
import { KeysPanel } from './keys-panel.tsx';
import { LimitsPanel } from './limits-panel.tsx';
import { MappingPanel } from './mapping-panel.tsx';
import { NextStepsPanel } from './next-steps-panel.tsx';
import { systemsQuery } from '../../api/systems.ts';
import { systemTabs } from './queries.ts';
import { OwnViewsPanel } from './own-views-panel.tsx';
import { SchedulePanel } from './schedule-panel.tsx';
import { ScopePanel } from './scope-panel.tsx';
import { SpanPanel } from './span-panel.tsx';
import { SurplusPanel } from './surplus-panel.tsx';
import { SystemBadges } from './system-list-page.tsx';
import { InboundSwitch, SystemSwitches } from '../../components/switches/system-switches.tsx';
import { TakeBackPanel } from './take-back-panel.tsx';
import { ValuesPanel } from './values-panel.tsx';

const route = getRouteApi('/signed-in/systems/$code');
const tabNames = {
  state: 'State',
  mapping: 'Mapping',
  values: 'Values',
  keys: 'Keys',
  duplicates: 'Duplicates',
  surplus: 'Surplus',
  'own-views': 'Own views',
  'taken-back': 'Taken back',
};

export function SystemPage() {
  const { code } = route.useParams();
  const { tab } = route.useSearch();
  const navigate = route.useNavigate();
  // Side by side they are wider than a phone.
  const isNarrow = useMediaQuery('(max-width: 48em)');
  const query = useQuery(systemsQuery);
  const system = query.data?.find((one) => one.code === code);
  const seesMapping = useMay('GET /api/v1/systems/:system/mapping');
  const seesKeys = useMay('GET /api/v1/systems/:system/keys');
  const tabs = systemTabs.filter((one) => (one !== 'mapping' || seesMapping) && (one !== 'keys' || seesKeys));
  return (
    <PageFrame
      title={system?.name ?? code}
      back={
        <TextLink to="/systems" underline="hover">
          Systems
        </TextLink>
      }
      aside={system && <SystemBadges system={system} />}
    >
      <Loaded query={query}>
        {() =>
          system ? (
            <>
              <div>
                <SegmentedControl
                  orientation={isNarrow ? 'vertical' : 'horizontal'}
                  aria-label="What is shown of the system"
                  // On a narrow screen all of them have no room in one line.
                  style={{ flexWrap: 'wrap' }}
                  value={tab}
                  data={tabs.map((value) => ({ value, label: tabNames[value] }))}
                  onChange={(value) => void navigate({ search: { tab: tabs.find((one) => one === value) ?? 'state' } })}
                />
              </div>
              {tab === 'mapping' && seesMapping ? (
                <MappingPanel key={code} code={code} />
              ) : tab === 'keys' && seesKeys ? (
                <KeysPanel key={code} system={system} />
              ) : tab === 'values' ? (
                <ValuesPanel system={system} />
              ) : tab === 'duplicates' ? (
                <DuplicatePanel code={code} />
              ) : tab === 'surplus' ? (
                <SurplusPanel key={code} system={system} />
              ) : tab === 'own-views' ? (
                <OwnViewsPanel key={code} system={system} />
              ) : tab === 'taken-back' ? (
                <TakeBackPanel key={code} system={system} />
              ) : (
                <State system={system} />
              )}
            </>
          ) : (
            <Panel>
              <EmptyView title={`There is no system ${code}`}>Choose one from the list of systems.</EmptyView>
            </Panel>
          )
        }
      </Loaded>
    </PageFrame>
  );
}

function State({ system }: { system: System }) {
  const mayChange = useMay('PUT /api/v1/systems/:system/lane');
  return (
    <>
      <NextStepsPanel system={system} />
      <Panel title="What goes in and out">
        <Stack gap="md">
          <InboundSwitch system={system} mayChange={mayChange} />
          {system.adapterUrl === null ? (
            <Text size="sm" c="dimmed">
              It only pushes: it has no adapter address, so the hub cannot refresh it.
            </Text>
          ) : (
            <>
              <SystemSwitches system={system} mayChange={mayChange} />
              <Text size="sm" c="dimmed" style={{ overflowWrap: 'anywhere' }}>
                Its adapter answers at {system.adapterUrl}.
              </Text>
              {system.warnings.map((warning) => (
                <Text key={warning} size="sm" role="note">
                  {warning}
                </Text>
              ))}
            </>
          )}
        </Stack>
      </Panel>
      <ScopePanel system={system} />
      {system.adapterUrl !== null && (
        <>
          <SchedulePanel system={system} />
          <ComparisonPanel system={system} />
          <SpanPanel key={system.code} system={system} />
          <LimitsPanel system={system} />
        </>
      )}
    </>
  );
}
