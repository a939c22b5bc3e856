import type { MatchPair } from '@cinch/api-contract';
import { Alert, Badge, SimpleGrid, Stack, Text } from '@mantine/core';
import { IconAlertTriangle } from '../../components/icons.tsx';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { EmptyView } from '../../components/empty-view.tsx';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Panel } from '../../components/panel.tsx';
import { pairStateInWords } from '../../texts.ts';
import { ActDialog } from '../../components/act-dialog.tsx';
import { UndoForm } from '../../components/decisions/record-forms.tsx';
import { useMay } from '../../api/may.ts';
import { EvidenceTable } from './evidence-table.tsx';
import { pairQuery } from './queries.ts';
import { RecordComparison, RecordHead } from './record-comparison.tsx';
import { VerdictForm } from './verdict-form.tsx';
import { VerdictList } from './verdict-list.tsx';

const route = getRouteApi('/signed-in/match-reviews/$one/$other');

export function ReviewPage() {
  const { one, other } = route.useParams();
  const query = useQuery(pairQuery(one, other));
  const pair = query.data;
  return (
    <PageFrame
      title={pair ? titleOf(pair) : 'Match review'}
      back={
        <TextLink to="/match-reviews" underline="hover">
          Match reviews
        </TextLink>
      }
      aside={pair && <Badge color={pair.state === 'open' ? 'amber' : 'slate'}>{pairStateInWords(pair.state)}</Badge>}
      lead="Two records that may be of one customer: what each says, what speaks for and against it, and what a person says."
    >
      <Loaded query={query}>{(shown) => <Pair pair={shown} />}</Loaded>
    </PageFrame>
  );
}

function Pair({ pair }: { pair: MatchPair }) {
  const { evidence, records, thresholds, state } = pair;
  const mayDecide = useMay('POST /api/v1/match-reviews/decision');
  return (
    <Stack gap="lg">
      <Panel title="The two records">
        <SimpleGrid cols={{ base: 1, xs: 2 }}>
          {records.map((record) => (
            <RecordHead key={record.recordId} record={record} />
          ))}
        </SimpleGrid>
      </Panel>
      <Panel title="Side by side" flush>
        <RecordComparison records={records} />
      </Panel>
      <Panel title="What speaks for it, and what against" flush>
        {evidence?.veto && (
          <Alert m="md" color="amber" icon={<IconAlertTriangle aria-hidden />} title="Never linked by itself">
            {evidence.veto.label}
          </Alert>
        )}
        {evidence ? (
          <EvidenceTable evidence={evidence} thresholds={thresholds} />
        ) : (
          <EmptyView title="Nothing could be compared">
            A person and an organisation are never one customer, and a record that says nothing is like no other.
          </EmptyView>
        )}
      </Panel>
      {state === 'open' && (
        <Panel title="Decide">
          {mayDecide ? (
            <VerdictForm pair={pair} />
          ) : (
            <Text>A steward or an admin says whether they are the same. Until then they stay two customers.</Text>
          )}
        </Panel>
      )}
      {(state !== 'open' || pair.decisions.length > 0) && (
        <Panel title="What people said">
          <VerdictList pair={pair} />
        </Panel>
      )}
      <Undoing pair={pair} />
    </Stack>
  );
}

function Undoing({ pair }: { pair: MatchPair }) {
  const { undo } = route.useSearch();
  const mayUndo = useMay('POST /api/v1/decisions/:decisionId/undo');
  const navigate = route.useNavigate();
  const decision = pair.decisions.find(({ decisionId, undoneAt }) => decisionId === undo && undoneAt === null);
  if (!decision || !mayUndo) return null;
  const onClose = () => void navigate({ search: {}, resetScroll: false });
  return (
    <ActDialog title="Undo a decision" onClose={onClose}>
      <UndoForm decision={decision} onDone={onClose} />
    </ActDialog>
  );
}

function titleOf({ records: [one, other], state }: MatchPair): string {
  if (state === 'together') return one.customer;
  return one.customer === other.customer ? `${one.customer}, twice` : `${one.customer} and ${other.customer}`;
}
