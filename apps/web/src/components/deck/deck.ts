/** What became of an answer: it is on its way, it stands, or it is being taken back. */
type AnswerState = 'sending' | 'stands' | 'undoing';

export interface Answered<Card> {
  key: string;
  card: Card;
  /** What was answered, in words. */
  said: string;
  state: AnswerState;
  /** How long it took, in milliseconds. */
  ms: number;
}

/** What a person did with a stack of questions since they opened it. */
export interface Deck<Card> {
  /** What was answered, in its order. */
  answered: readonly Answered<Card>[];
  /** Put back to be asked first: undone, or refused for what the hub said. */
  first: readonly { key: string; refusal: unknown }[];
  /** Put off to the end, in its order. */
  skipped: readonly string[];
}

export const newDeck: Deck<never> = { answered: [], first: [], skipped: [] };

export type DeckEvent<Card> =
  | { type: 'answered'; key: string; card: Card; said: string; ms: number }
  | { type: 'stands' | 'undoing' | 'undone' | 'skipped'; key: string }
  | { type: 'refused'; key: string; error: unknown };

export function afterEvent<Card>(deck: Deck<Card>, event: DeckEvent<Card>): Deck<Card> {
  const { answered, first, skipped } = deck;
  const without = <Of extends { key: string }>(list: readonly Of[]) => list.filter(({ key }) => key !== event.key);
  const inState = (state: AnswerState) => ({
    ...deck,
    answered: answered.map((one) => (one.key === event.key ? { ...one, state } : one)),
  });
  switch (event.type) {
    case 'answered': {
      const { key, card, said, ms } = event;
      return {
        answered: [...without(answered), { key, card, said, ms, state: 'sending' }],
        first: without(first),
        skipped: skipped.filter((one) => one !== key),
      };
    }
    case 'stands':
      return inState('stands');
    case 'undoing':
      return inState('undoing');
    case 'undone':
    case 'refused': {
      const refusal = event.type === 'refused' ? event.error : null;
      return { ...deck, answered: without(answered), first: [{ key: event.key, refusal }, ...without(first)] };
    }
    case 'skipped':
      return {
        ...deck,
        first: without(first),
        skipped: [...skipped.filter((one) => one !== event.key), event.key],
      };
  }
}

/** The questions that are left: those that came back, then those in the list's order, then those that were put off. */
export function leftOf<Card>(deck: Deck<Card>, cards: readonly Card[], keyOf: (card: Card) => string): Card[] {
  const answered = new Set(deck.answered.map(({ key }) => key));
  const rank = (key: string) => {
    const first = deck.first.findIndex((one) => one.key === key);
    if (first !== -1) return first - deck.first.length;
    return deck.skipped.indexOf(key) + 1;
  };
  return cards
    .map((card) => ({ card, key: keyOf(card) }))
    .filter(({ key }) => !answered.has(key))
    .sort((a, b) => rank(a.key) - rank(b.key))
    .map(({ card }) => card);
}

/** So many answers tell the pace; what took longer than this was a pause. */
const [paceOver, pauseMs] = [20, 120_000];

/** Milliseconds that the questions left take at the pace of the latest answers; null before there is one. */
export function msLeft(deck: Deck<unknown>, left: number): number | null {
  const times = deck.answered.slice(-paceOver).map(({ ms }) => Math.min(ms, pauseMs));
  return times.length === 0 ? null : (left * times.reduce((sum, ms) => sum + ms, 0)) / times.length;
}
