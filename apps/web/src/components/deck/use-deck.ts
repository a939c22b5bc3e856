import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useReducer, useRef } from 'react';
import { write } from '../../api/call.ts';
import type { Listed } from '../table/listed.ts';
import { afterEvent, leftOf, newDeck, type Answered, type Deck, type DeckEvent } from './deck.ts';

/** Fewer questions than these at hand, and the next page of the list is read: so many are counted, and more are told as more. */
const fewLeft = 300;
/** So long after a decision the hub may still be working it out. */
const settledAfterMs = 1_500;

interface Answer {
  /** In words. */
  said: string;
  /** Sends it; the number of the decision that it makes. */
  send: () => Promise<number>;
}

export interface OpenDeck<Card> extends Deck<Card> {
  left: readonly Card[];
  current: Card | undefined;
  /** Why the hub refused the answer to the current question, if it did. */
  refusal: unknown;
  answer: (answer: Answer) => void;
  skip: () => void;
  undo: (key: string) => void;
  undoLast: () => void;
}

/**
 * One question after the other. An answer is sent while the next question is shown; what the hub refuses comes back with its reason, and
 * whatever was answered here can be taken back.
 */
export function useDeck<Card>(list: Listed<Card>, keyOf: (card: Card) => string): OpenDeck<Card> {
  const [deck, tell] = useReducer(afterEvent<Card>, newDeck as Deck<Card>);
  const decisions = useRef(new Map<string, Promise<number>>());
  const left = leftOf(deck, list.rows, keyOf);
  const current = left[0];
  const key = current && keyOf(current);
  const shownAt = useShownAt(key);
  const reread = useReread();

  const load = useEffectEvent(() => list.more?.load());
  const isShort = left.length < fewLeft && list.more !== null && !list.more.isLoading;
  useEffect(() => {
    if (isShort) load();
  }, [isShort]);

  const answer = ({ said, send }: Answer) => {
    if (current === undefined || key === undefined) return;
    tell({ type: 'answered', key, card: current, said, ms: performance.now() - shownAt() });
    const decision = send();
    decisions.current.set(key, decision);
    decision.then(
      () => tell({ type: 'stands', key }),
      async (error: unknown) => {
        await reread();
        tell({ type: 'refused', key, error });
      },
    );
  };
  const undo = (undone: string) => void takeBack(decisions.current.get(undone), undone, { tell, reread });
  const last = deck.answered.findLast(({ state }) => state !== 'undoing');
  return {
    ...deck,
    left,
    current,
    refusal: deck.first.find((one) => one.key === key)?.refusal ?? null,
    answer,
    skip: () => key !== undefined && tell({ type: 'skipped', key }),
    undo,
    undoLast: () => last && undo(last.key),
  };
}

async function takeBack<Card>(
  decision: Promise<number> | undefined,
  key: Answered<Card>['key'],
  { tell, reread }: { tell: (event: DeckEvent<Card>) => void; reread: () => Promise<void> },
): Promise<void> {
  if (!decision) return;
  tell({ type: 'undoing', key });
  let isUndone = false;
  try {
    await write('POST', `/decisions/${await decision}/undo`);
    isUndone = true;
  } catch {
    // An answer that was refused has come back by itself; an undo that was, leaves the answer standing.
  }
  await reread();
  tell({ type: isUndone ? 'undone' : 'stands', key });
}

/** When the question that is shown was first shown. */
function useShownAt(key: string | undefined): () => number {
  const shown = useRef(0);
  useEffect(() => {
    shown.current = performance.now();
  }, [key]);
  return () => shown.current;
}

/**
 * What comes back must be listed again before it is asked: a question that opens anew has a new number, and an answer to the old one would
 * be refused. And whoever leaves finds everything as it is by then.
 */
function useReread(): () => Promise<void> {
  const queryClient = useQueryClient();
  useEffect(() => () => void queryClient.invalidateQueries(), [queryClient]);
  return () => {
    setTimeout(() => void queryClient.invalidateQueries(), settledAfterMs);
    return queryClient.invalidateQueries();
  };
}
