import { describe, expect, it } from 'vitest';
import { afterEvent, leftOf, msLeft, newDeck, type Deck, type DeckEvent } from './deck.ts';

const cards = ['a', 'b', 'c', 'd'];
const answered = (key: string, ms = 1_000): DeckEvent<string> => ({ type: 'answered', key, card: key, said: 'x', ms });
const after = (...events: DeckEvent<string>[]) => events.reduce<Deck<string>>(afterEvent, newDeck);
const left = (deck: Deck<string>) => leftOf(deck, cards, (card) => card).join('');

describe('a stack of questions', () => {
  it('asks in the order of the list, and what was put off at its end', () => {
    expect(left(after())).toBe('abcd');
    expect(left(after({ type: 'skipped', key: 'a' }, { type: 'skipped', key: 'c' }))).toBe('bdac');
    expect(
      left(after({ type: 'skipped', key: 'a' }, { type: 'skipped', key: 'b' }, { type: 'skipped', key: 'a' })),
    ).toBe('cdba');
  });

  it('goes on before the hub has answered', () => {
    expect(left(after(answered('a')))).toBe('bcd');
  });

  it('asks again first what the hub refused, with its reason', () => {
    const deck = after(answered('a'), answered('b'), { type: 'refused', key: 'a', error: 'moved' });
    expect(left(deck)).toBe('acd');
    expect(deck.first).toEqual([{ key: 'a', refusal: 'moved' }]);
  });

  it('asks again first what was taken back, the latest before those before it, also one that was skipped', () => {
    const events: DeckEvent<string>[] = [{ type: 'skipped', key: 'd' }, answered('d'), answered('b'), answered('a')];
    const deck = after(...events, { type: 'undone', key: 'd' }, { type: 'undone', key: 'b' });
    expect(left(deck)).toBe('bdc');
    expect(deck.answered.map(({ key }) => key)).toEqual(['a']);
  });

  it('counts an answer once, however often the question came back', () => {
    const deck = after(answered('a'), { type: 'undone', key: 'a' }, answered('a'));
    expect(deck.answered).toHaveLength(1);
    expect(deck.first).toHaveLength(0);
  });

  it('tells the time that is left by the latest answers, pauses apart', () => {
    expect(msLeft(after(), 4)).toBeNull();
    expect(msLeft(after(answered('a', 2_000), answered('b', 4_000)), 10)).toBe(30_000);
    expect(msLeft(after(answered('a', 3_600_000)), 1)).toBe(120_000);
  });
});
