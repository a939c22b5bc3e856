import type { Customer } from '@cinch/api-contract';
import { Badge, Code, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { z } from 'zod';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { Time } from '../../components/time.tsx';
import { customerTabInWords } from '../../texts.ts';
import { DecisionList } from '../../components/decisions/decision-list.tsx';
import { OpenAct } from '../../components/decisions/open-act.tsx';
import { decisionsQuery } from '../../components/decisions/queries.ts';
import { AsOfPanel } from './as-of-panel.tsx';
import { CustomerActs } from './customer-acts.tsx';
import { customerTabs, type customerView } from './customer-view.ts';
import { GoldenValues } from './golden-values.tsx';
import { HistoryTimeline } from './history-timeline.tsx';
import { MemberComparison } from './member-comparison.tsx';
import { customerQuery } from '../../api/customers.ts';
import { historyQuery, viewsQuery } from './queries.ts';
import { SystemViews } from './system-views.tsx';

const route = getRouteApi('/signed-in/customers/$id');

export function CustomerPage() {
  const { id } = route.useParams();
  const { at, ...open } = route.useSearch();
  const tab = open.tab ?? 'golden';
  const navigate = route.useNavigate();
  const show = (search: z.input<typeof customerView>) => void navigate({ search, resetScroll: false });
  const query = useQuery(customerQuery(id));
  const decisions = useQuery(decisionsQuery(id));
  const customer = query.data;
  return (
    <PageFrame
      title={customer ? customer.display || customer.customerId : 'Customer'}
      back={
        <TextLink to="/customers" underline="hover">
          Customers
        </TextLink>
      }
      aside={customer && <State customer={customer} />}
      lead={
        customer && (
          <Text span size="sm">
            <Code>{customer.customerId}</Code> · version {customer.version}, changed <Time at={customer.changedAt} />
          </Text>
        )
      }
    >
      <Loaded query={query}>
        {(shown) => (
          <Stack gap="lg">
            <CustomerActs customer={shown} />
            <Tabs value={tab} onChange={(next) => show({ tab: tabNamed(next) })} keepMounted={false}>
              <Tabs.List mb="lg">
                {customerTabs.map((one) => (
                  <Tabs.Tab key={one} value={one}>
                    {customerTabInWords(one)}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value="golden">
                <Stack gap="lg">
                  <Panel title="Golden record" flush>
                    <GoldenValues customer={shown} />
                  </Panel>
                  <Panel title="What each system holds" flush>
                    <MemberComparison customer={shown} />
                  </Panel>
                </Stack>
              </Tabs.Panel>
              <Tabs.Panel value="systems">
                <ViewsTab id={id} />
              </Tabs.Panel>
              <Tabs.Panel value="decisions">
                <Panel title="Decisions" flush>
                  <Loaded query={decisions}>{(made) => <DecisionList decisions={made} customerId={id} />}</Loaded>
                </Panel>
              </Tabs.Panel>
              <Tabs.Panel value="history">
                <Stack gap="lg">
                  <AsOfPanel customer={shown} at={at} onAt={(asked) => show({ tab: 'history', at: asked })} />
                  <HistoryPanel id={id} />
                </Stack>
              </Tabs.Panel>
            </Tabs>
            <OpenAct
              customer={shown}
              decisions={decisions.data ?? []}
              open={open}
              onChange={(act) => show({ tab: open.tab, at, ...act })}
            />
          </Stack>
        )}
      </Loaded>
    </PageFrame>
  );
}

function ViewsTab({ id }: { id: string }) {
  return <Loaded query={useQuery(viewsQuery(id))}>{(views) => <SystemViews views={views} />}</Loaded>;
}

function HistoryPanel({ id }: { id: string }) {
  const history = useQuery(historyQuery(id));
  return (
    <Panel title="History">
      <Loaded query={history}>{({ entries }) => <HistoryTimeline entries={entries} />}</Loaded>
    </Panel>
  );
}

const tabNamed = (name: string | null) => customerTabs.find((tab) => tab === name);

function State({ customer }: { customer: Customer }) {
  const held = customer.values.filter((value) => value.held).length;
  return (
    <>
      <Badge color="slate">{customer.kind === 'person' ? 'Person' : 'Organisation'}</Badge>
      {customer.state === 'retired' && <Badge color="slate">Retired</Badge>}
      {held > 0 && <Badge color="amber">{held === 1 ? '1 value held' : `${held} values held`}</Badge>}
    </>
  );
}
