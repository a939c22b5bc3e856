import { decisionMade, type Conflict } from '@cinch/api-contract';
import { Text } from '@mantine/core';
import { write } from '../../api/call.ts';
import { useMay } from '../../api/may.ts';
import { DeckFrame } from '../../components/deck/deck-frame.tsx';
import { useDeck } from '../../components/deck/use-deck.ts';
import { ButtonLink, TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { Time } from '../../components/time.tsx';
import { conflictCauseInWords } from '../../texts.ts';
import { CandidateGrid, CandidateKey, CandidateShown } from './candidate-card.tsx';
import { conflictList } from './queries.ts';
import { RevealCandidates } from './reveal-candidates.tsx';

/** There are no more digits; one with more candidates is answered on its own page. */
const mostKeys = 9;
/** A conflict that opens anew for the same value is the same question. */
const keyOf = ({ customerId, attribute }: Conflict) => `${customerId} ${attribute}`;
const titleOf = ({ label, customer }: Conflict) => `${label} of ${customer}`;
/** What pins say, a choice cannot settle. */
const hasKeys = ({ cause, candidates }: Conflict) => cause !== 'pins' && candidates.length <= mostKeys;

export function ConflictDeckPage() {
  const list = usePagedList(conflictList({ state: 'open' }));
  const deck = useDeck(list, keyOf);
  const { current } = deck;
  const mayAnswer = useMay('POST /api/v1/conflicts/:conflictId/resolution');
  const choose = (conflict: Conflict, { assertionId, display }: Conflict['candidates'][number]) =>
    deck.answer({
      said: display || 'Cleared',
      send: async () => {
        const basis = conflict.candidates.map((candidate) => candidate.assertionId);
        const path = `/conflicts/${conflict.conflictId}/resolution`;
        return (await write('POST', path, { chosen: assertionId, basis }, decisionMade)).decisionId;
      },
    });
  const keys = current && hasKeys(current) ? current.candidates : [];
  return (
    <PageFrame
      title="Decide conflicts"
      back={
        <TextLink to="/conflicts" underline="hover">
          Conflicts
        </TextLink>
      }
      lead="Which value is right? Its digit chooses it, and the next question comes at once."
    >
      <Loaded query={list.query}>
        {() => (
          <DeckFrame
            mayAnswer={mayAnswer}
            deck={deck}
            more={list.more !== null}
            keyOf={keyOf}
            titleOf={titleOf}
            answers={[]}
            inCard={keys.map((candidate, place) => ({
              key: String(place + 1),
              label: candidate.display,
              give: () => current && choose(current, candidate),
            }))}
            otherwise={({ conflictId }) => (
              <ButtonLink variant="subtle" to="/conflicts/$id" params={{ id: String(conflictId) }}>
                Open it whole
              </ButtonLink>
            )}
            empty={{ title: 'No conflict is left', advice: 'The systems agree, or the rules could decide.' }}
          >
            {(conflict) => <Asked conflict={conflict} onChoose={(candidate) => choose(conflict, candidate)} />}
          </DeckFrame>
        )}
      </Loaded>
    </PageFrame>
  );
}

function Asked(props: { conflict: Conflict; onChoose: (candidate: Conflict['candidates'][number]) => void }) {
  const { conflict, onChoose } = props;
  const { candidates } = conflict;
  return (
    <>
      <Text size="sm" c="dimmed">
        {conflictCauseInWords(conflict.cause)} Opened <Time at={conflict.openedAt} />.
        {!hasKeys(conflict) && ' Open it whole to answer it.'}
      </Text>
      <RevealCandidates conflict={conflict} />
      <CandidateGrid>
        {candidates.map((candidate, place) =>
          hasKeys(conflict) ? (
            <CandidateKey
              key={candidate.assertionId}
              candidate={candidate}
              place={String(place + 1)}
              other={candidates[place === 0 ? 1 : 0]?.display}
              onChoose={() => onChoose(candidate)}
            />
          ) : (
            <CandidateShown key={candidate.assertionId} candidate={candidate} chosen={false} />
          ),
        )}
      </CandidateGrid>
    </>
  );
}
