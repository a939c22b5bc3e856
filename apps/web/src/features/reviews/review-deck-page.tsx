import { decisionMade, type MatchReview } from '@cinch/api-contract';
import { Alert, SimpleGrid, Text } from '@mantine/core';
import { write } from '../../api/call.ts';
import { useMay } from '../../api/may.ts';
import { DeckFrame } from '../../components/deck/deck-frame.tsx';
import { useDeck } from '../../components/deck/use-deck.ts';
import { IconAlertTriangle } from '../../components/icons.tsx';
import { ButtonLink, TextLink } from '../../components/link.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageFrame } from '../../components/page-frame.tsx';
import { SystemName } from '../../components/system-name.tsx';
import { usePagedList } from '../../components/table/listed.ts';
import { bitsInWords } from '../../texts.ts';
import { reviewList } from './queries.ts';
import { CustomerComparison } from './record-comparison.tsx';
import { RaisedBy, Telling } from './review-columns.tsx';

const mostTelling = 8;
const keyOf = ({ customers }: MatchReview) =>
  customers
    .map(({ customerId }) => customerId)
    .sort()
    .join();
const titleOf = ({ customers: [one, other] }: MatchReview) =>
  one.display === other.display ? `${one.display}, twice` : `${one.display} and ${other.display}`;

export function ReviewDeckPage() {
  const list = usePagedList(reviewList);
  const deck = useDeck(list, keyOf);
  const { current } = deck;
  const mayAnswer = useMay('POST /api/v1/match-reviews/decision');
  const say = (same: boolean) => {
    if (!current) return;
    const { records } = current.evidence;
    deck.answer({
      said: same ? 'the same' : 'not the same',
      send: async () => (await write('POST', '/match-reviews/decision', { records, same }, decisionMade)).decisionId,
    });
  };
  return (
    <PageFrame
      title="Decide match reviews"
      back={
        <TextLink to="/match-reviews" underline="hover">
          Match reviews
        </TextLink>
      }
      lead="Are the two one customer? One key answers, and the next question comes at once."
    >
      <Loaded query={list.query}>
        {() => (
          <DeckFrame
            mayAnswer={mayAnswer}
            deck={deck}
            more={list.more !== null}
            keyOf={keyOf}
            titleOf={titleOf}
            answers={[
              { key: 'a', label: 'The same', give: () => say(true) },
              { key: 'x', label: 'Not the same', give: () => say(false) },
            ]}
            otherwise={({ evidence: { records } }) => (
              <ButtonLink
                variant="subtle"
                to="/match-reviews/$one/$other"
                params={{ one: String(records[0]), other: String(records[1]) }}
              >
                Open it whole
              </ButtonLink>
            )}
            empty={{
              title: 'No match waits for a review',
              advice:
                'When two customers look alike, but not so much that the hub may link them by itself, it asks here.',
            }}
          >
            {(review) => <Asked review={review} />}
          </DeckFrame>
        )}
      </Loaded>
    </PageFrame>
  );
}

function Asked({ review }: { review: MatchReview }) {
  const { customers, evidence } = review;
  const [one, other] = customers;
  return (
    <>
      {evidence.veto && (
        <Alert color="amber" p="xs" icon={<IconAlertTriangle aria-hidden />}>
          {evidence.veto.label}
        </Alert>
      )}
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        {customers.map((customer) => (
          <Members key={customer.customerId} customer={customer} />
        ))}
      </SimpleGrid>
      <CustomerComparison
        sides={[
          { title: one.display, values: one.values },
          { title: other.display, values: other.values },
        ]}
      />
      <Telling evidence={evidence} most={mostTelling} />
      <Text size="sm">
        Score {bitsInWords(evidence.weight)} bits: by what could be compared, {chanceInWords(evidence.weight)} that they
        are the same. <RaisedBy review={review} />
      </Text>
    </>
  );
}

function Members({ customer: { customerId, display, records } }: { customer: MatchReview['customers'][number] }) {
  return (
    <div>
      <TextLink to="/customers/$id" params={{ id: customerId }} fw={600} underline="hover">
        {display}
      </TextLink>
      {records.map(({ recordId, system, systemName, sourceId }) => (
        <Text key={recordId} size="sm" c="dimmed">
          <SystemName code={system} name={systemName} /> {sourceId}
        </Text>
      ))}
    </div>
  );
}

/** The odds are two to the power of the score. */
function chanceInWords(bits: number): string {
  const chance = 1 / (1 + 2 ** -bits);
  if (chance < 0.01) return 'less than 1 in 100';
  if (chance > 0.99) return 'more than 99 in 100';
  return `${Math.round(chance * 100)} in 100`;
}
