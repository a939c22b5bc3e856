import { describe, expect, it } from 'vitest';
import { modelAsShipped } from '../customer/model/model.ts';
import { evidenceOf, type Said } from './evidence.ts';
import { Scorer } from './score.ts';
import { gradeOf } from './grade.ts';
import { matchKeysOf } from './match-keys.ts';
import { SharedCount, type SharedValues } from './shared-values.ts';
import { shippedModel } from './shipped-model.ts';

const letters = [...'abcdefghijklmnopqrst'];
const flat = (unit: string) => ({ lines: [`12 Oak Lane Apt ${unit}`], postalCode: '20001' });
/** So many people of different names, who all say this. */
const people = (count: number, said: (letter: string) => object) =>
  letters.slice(0, count).map((letter) => ({ name: [{ given: letter, family: `${letter}umarel` }], ...said(letter) }));

function shared(all: readonly object[]): SharedValues {
  const count = new SharedCount();
  const evidence = all.map((said) => evidenceOf('person', said as Said, 'shop', modelAsShipped));
  for (const one of evidence) count.note(one);
  for (const one of evidence) count.add(one);
  return count.found();
}

describe('values that more people share than one household', () => {
  it.each([
    ['a family of twelve keeps its phone', people(12, () => ({ 'phone.primary': ['+12025550143'] })), {}],
    ['thirteen names at one phone are none', people(13, () => ({ 'phone.primary': ['+12025550143'] })), { phones: 1 }],
    [
      'one person in twenty records is no crowd',
      Array(20).fill(people(1, () => ({ 'email.primary': ['a@b.example'] }))[0]),
      {},
    ],
    ['an office has one mailbox', people(15, () => ({ 'email.primary': ['desk@b.example'] })), { emails: 1 }],
    [
      'a care home is a house of many',
      people(15, () => ({ 'address.primary': [{ lines: ['12 Oak Lane'] }] })),
      { houses: 1 },
    ],
    ['the flats of a house are homes', people(15, (letter) => ({ 'address.primary': [flat(letter)] })), {}],
    ['a date that stands for none', people(15, () => ({ birthDate: ['1985-11-11'] })), { dates: 1 }],
  ])('%s', (_, all, expected) => {
    const sizes = Object.entries(shared(all)).map(([kind, values]) => [kind, Object.keys(values).length]);
    expect(Object.fromEntries(sizes)).toEqual({ phones: 0, emails: 0, houses: 0, dates: 0, ...expected });
  });

  it('a birthday that many of very many have is no placeholder', () => {
    const born = people(14, () => ({ birthDate: ['1985-11-11'] }));
    const others = Array.from({ length: 15_000 }, () => born[0]!).map((one) => ({ ...one, birthDate: ['1970-02-03'] }));
    expect(shared([...born, ...others]).dates).toEqual({});
  });

  it('say nothing by a model that names them: neither weight nor key', () => {
    const said = people(15, () => ({ 'phone.primary': ['+12025550143'], 'address.primary': [flat('4')] }));
    const model = { ...shippedModel, shared: { at: '2026-01-01T00:00:00Z', ...shared(said) } };
    const features = new Scorer(model).features.of(evidenceOf('person', said[0] as Said, 'shop', modelAsShipped));
    expect(features.phones).toEqual([]);
  });

  it('a house that many share brings nobody together, and parts those who live elsewhere all the same', () => {
    const said = people(15, () => ({ 'address.primary': [{ lines: ['12 Oak Lane'], locality: 'Town' }] }));
    const model = { ...shippedModel, shared: { at: '2026-01-01T00:00:00Z', ...shared(said) } };
    const { scorer, of } = { scorer: new Scorer(model), of: (one: object) => evidenceOf('person', one as Said, 'shop', modelAsShipped) }; // prettier-ignore
    const [home, other] = [said[0]!, { ...said[0]!, 'address.primary': [{ lines: ['7 Elm Road'], locality: 'Town' }] }].map((one) => scorer.features.of(of(one))); // prettier-ignore
    const keysOf = (one: typeof home) => new Set(matchKeysOf(one!, () => false, 3).keys);
    const neighbour = scorer.features.of(of(said[1]!));
    expect([...keysOf(home)].filter((key) => keysOf(neighbour).has(key))).toEqual([]);
    const address = scorer.fieldsOf('person').indexOf('address');
    expect(scorer.compare(home!, other!)!.levels[address]).toBe(0);
    // Nobody of another name is carried by it.
    expect(gradeOf(home!, [neighbour], { scorer, model })).toBeNull();
  });
});
