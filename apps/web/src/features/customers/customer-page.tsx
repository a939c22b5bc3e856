import type { Customer } from '@cinch/api-contract';
import { Badge, Code, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { Time } from '../../components/time.tsx';
import { DecisionList } from '../decisions/decision-list.tsx';
import { OpenAct } from '../decisions/open-act.tsx';
import { decisionsQuery } from '../decisions/queries.ts';
import { CustomerActs } from './customer-acts.tsx';
import { GoldenValues } from './golden-values.tsx';
import { HistoryTimeline } from './history-timeline.tsx';
import { MemberComparison } from './member-comparison.tsx';
import { customerQuery, historyQuery } from './queries.ts';

const route = getRouteApi('/signed-in/customers/$id');

export function CustomerPage() {
  const { id } = route.useParams();
  const open = route.useSearch();
  const navigate = route.useNavigate();
  const query = useQuery(customerQuery(id));
  const history = useQuery(historyQuery(id));
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
            <Panel title="Golden record" flush>
              <GoldenValues customer={shown} />
            </Panel>
            <Panel title="What each system holds" flush>
              <MemberComparison customer={shown} />
            </Panel>
            <Panel title="Decisions" flush>
              <Loaded query={decisions}>{(made) => <DecisionList decisions={made} customerId={id} />}</Loaded>
            </Panel>
            <Panel title="History">
              <Loaded query={history}>{({ entries }) => <HistoryTimeline entries={entries} />}</Loaded>
            </Panel>
            <OpenAct
              customer={shown}
              decisions={decisions.data ?? []}
              open={open}
              onChange={(search) => void navigate({ search, resetScroll: false })}
            />
          </Stack>
        )}
      </Loaded>
    </PageFrame>
  );
}

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
