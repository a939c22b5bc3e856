import type { Conflict } from '@cinch/api-contract';
import { Badge, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { getRouteApi } from '@tanstack/react-router';
import { TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { Time } from '../../components/time.tsx';
import { conflictCauseInWords } from '../../texts.ts';
import { useMay } from '../../api/may.ts';
import { CandidateGrid, CandidateShown } from './candidate-card.tsx';
import { ChoiceForm } from './choice-form.tsx';
import { ClosedConflict } from './closed-conflict.tsx';
import { RevealCandidates } from './reveal-candidates.tsx';
import { PinsForm } from './pins-form.tsx';
import { conflictQuery } from './queries.ts';
import { SameQuestionPanel } from './same-question-panel.tsx';

const route = getRouteApi('/signed-in/conflicts/$id');

export function ConflictPage() {
  const { id } = route.useParams();
  const query = useQuery(conflictQuery(id));
  const conflict = query.data;
  const mayDecide = useMay('POST /api/v1/conflicts/:conflictId/resolution');
  return (
    <PageFrame
      title={conflict ? `${conflict.label} of ${conflict.customer}` : 'Conflict'}
      back={
        <TextLink to="/conflicts" underline="hover">
          Conflicts
        </TextLink>
      }
      aside={conflict && <Badge color={conflict.state === 'open' ? 'amber' : 'slate'}>{conflict.state}</Badge>}
      lead={conflict && <Opened conflict={conflict} />}
    >
      <Loaded query={query}>
        {(shown) => {
          if (shown.state === 'closed') return <ClosedConflict conflict={shown} />;
          if (!mayDecide) return <OpenForReaders conflict={shown} />;
          // A new set of candidates is a new question: nothing stays picked from the one before.
          const question = shown.candidates.map(({ assertionId }) => assertionId).join();
          return (
            <Fragment key={question}>
              <RevealCandidates conflict={shown} />
              {shown.cause === 'pins' ? (
                <PinsForm conflict={shown} />
              ) : (
                <>
                  <ChoiceForm conflict={shown} />
                  <SameQuestionPanel conflict={shown} />
                </>
              )}
            </Fragment>
          );
        }}
      </Loaded>
    </PageFrame>
  );
}

function OpenForReaders({ conflict: { candidates } }: { conflict: Conflict }) {
  return (
    <>
      <CandidateGrid>
        {candidates.map((candidate) => (
          <CandidateShown key={candidate.assertionId} candidate={candidate} chosen={false} />
        ))}
      </CandidateGrid>
      <Text>A steward or an admin says which value is right. Until then every system keeps the value it holds.</Text>
    </>
  );
}

function Opened({ conflict }: { conflict: Conflict }) {
  return (
    <Text span>
      {conflictCauseInWords(conflict.cause)} Opened <Time at={conflict.openedAt} />.{' '}
      <TextLink to="/customers/$id" params={{ id: conflict.customerId }}>
        See the whole customer
      </TextLink>
    </Text>
  );
}
