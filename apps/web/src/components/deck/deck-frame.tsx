import { Button, Group, Kbd, Stack, Text, VisuallyHidden } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { countOf } from '../../texts.ts';
import { EmptyView } from '../empty-view.tsx';
import { Panel } from '../panel.tsx';
import { ProblemAlert } from '../problem-alert.tsx';
import classes from './deck-frame.module.css';
import { msLeft } from './deck.ts';
import { useKeys } from './use-keys.ts';
import type { OpenDeck } from './use-deck.ts';

/** One answer that can be given to the question that is shown, and its key. */
interface DeckAnswer {
  key: string;
  label: string;
  give: () => void;
}

interface Props<Card> {
  /** Whoever may not answer is told who may. */
  mayAnswer: boolean;
  deck: OpenDeck<Card>;
  /** The list goes on: there are at least so many. */
  more: boolean;
  keyOf: (card: Card) => string;
  titleOf: (card: Card) => string;
  /** Offered as buttons below the card; what the card itself offers needs only its key here. */
  answers: readonly DeckAnswer[];
  inCard?: readonly DeckAnswer[];
  /** What to do with a question that cannot be answered by a key. */
  otherwise: (card: Card) => ReactNode;
  empty: { title: string; advice: ReactNode };
  children: (card: Card) => ReactNode;
}

const latest = 8;

/** One question a screen, its answers a key each, and what was answered before, to be taken back. */
export function DeckFrame<Card>(props: Props<Card>) {
  const { mayAnswer, deck, more, keyOf, titleOf, answers, inCard = [], otherwise, empty, children } = props;
  const { current } = deck;
  const keys = [...answers, ...inCard].map(({ key, give }) => [key, give] as const);
  useKeys(mayAnswer ? Object.fromEntries([...keys, [' ', deck.skip], ['u', deck.undoLast]]) : {});
  if (!mayAnswer)
    return (
      <Panel>
        <EmptyView title="Not yours to answer">
          A steward or an admin answers these questions, one after the other. The list shows them all.
        </EmptyView>
      </Panel>
    );
  return (
    <Stack gap="md">
      <Progress deck={deck} more={more} />
      {current === undefined ? (
        <Panel>
          <EmptyView title={empty.title}>{empty.advice}</EmptyView>
        </Panel>
      ) : (
        <Question key={keyOf(current)} title={titleOf(current)}>
          {children(current)}
          <ProblemAlert error={deck.refusal} />
          <Group gap="xs" className={classes.answers}>
            {answers.map(({ key, label, give }) => (
              <Button key={key} onClick={give} rightSection={<Kbd>{key}</Kbd>}>
                {label}
              </Button>
            ))}
            <Button variant="default" onClick={deck.skip} rightSection={<Kbd>space</Kbd>}>
              Skip
            </Button>
            {otherwise(current)}
          </Group>
        </Question>
      )}
      <AnsweredBefore deck={deck} titleOf={titleOf} />
    </Stack>
  );
}

/** The focus goes along with the question, so that readers of screens hear the next one. */
function Question({ title, children }: { title: string; children: ReactNode }) {
  const section = useRef<HTMLDivElement>(null);
  useEffect(() => section.current?.focus({ preventScroll: true }), []);
  return (
    <div ref={section} role="group" tabIndex={-1} aria-label={title} className={classes.question}>
      <Panel title={title}>
        <Stack>{children}</Stack>
      </Panel>
    </div>
  );
}

function Progress<Card>({ deck, more }: { deck: OpenDeck<Card>; more: boolean }) {
  const [done, left] = [deck.answered.length, deck.left.length];
  const ms = msLeft(deck, left);
  return (
    <Text size="sm" c="dimmed" role="status">
      {countOf(done, 'question')} answered, {left.toLocaleString('en')}
      {more && '+'} left
      {ms !== null && left > 0 && `, ${minutesInWords(ms)} at your pace`}
    </Text>
  );
}

function minutesInWords(ms: number): string {
  const minutes = Math.ceil(ms / 60_000);
  return minutes <= 1 ? 'about a minute' : `about ${countOf(minutes, 'minute')}`;
}

function AnsweredBefore<Card>({ deck, titleOf }: { deck: OpenDeck<Card>; titleOf: (card: Card) => string }) {
  if (deck.answered.length === 0) return null;
  return (
    <Panel title="Answered just now">
      <ul className={classes.answered}>
        {deck.answered
          .slice(-latest)
          .toReversed()
          .map(({ key, card, said, state }, place) => (
            <li key={key}>
              <span>
                {titleOf(card)}: <strong>{said}</strong>
              </span>
              <Button
                variant="default"
                size="compact-sm"
                disabled={state === 'undoing'}
                onClick={() => deck.undo(key)}
                rightSection={place === 0 && <Kbd size="xs">u</Kbd>}
              >
                Undo<VisuallyHidden>: {titleOf(card)}</VisuallyHidden>
              </Button>
            </li>
          ))}
      </ul>
    </Panel>
  );
}
